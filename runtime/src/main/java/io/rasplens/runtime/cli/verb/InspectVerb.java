package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.UndefinedInputs;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.StructureJson;
import io.rasplens.runtime.answer.UndefinedAnswer;
import io.rasplens.runtime.cli.print.CertificateText;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.ModelSummary;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.SizeTable;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.cli.subject.Warnings;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.parts.ModelParts;
import io.rasplens.runtime.view.parts.PartsText;
import io.rasplens.runtime.view.parts.Savings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp inspect FILE|MODEL}: how large a model is, and what its parts do. */
@Command(
        header = "Show a model's size and what each head and neuron computes, in RASP words.",
        description =
                "Hidden units that do the same are counted together; with --units each is listed with what it reads"
                        + " and writes, in the names of the residual stream's directions. Nothing is run.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp inspect examples/reverse.rasp",
            "  rasp inspect examples/hist.rasp --vocab abc --max-length 8 -O0",
            "  rasp inspect examples/sort.rasp --units",
            "  rasp inspect model.safetensors --json"
        })
public final class InspectVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private Warnings warnings = new Warnings();

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description = "Compile for this input, as run does (default: for what the flags and the file say).")
    private @Nullable String input;

    @Option(names = "--units", description = "List hidden units one by one.")
    private boolean units;

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given =
                Optional.ofNullable(input).map(text -> Inputs.nonEmpty(Inputs.parse("--input", text)));
        Subjects subjects = Subjects.open(console, subject);
        ReadyModel shown = given.map(subjects::forInput).orElseGet(subjects::whole);
        Optional<UndefinedInputs> undefined = UndefinedAnswer.find(shown);
        Checked.warned(console, warnings.told(shown, undefined));
        if (json()) {
            JsonObject json = json(subjects, shown);
            json.add("program_fails_on", UndefinedAnswer.json(undefined));
            Report.json(console, json);
        } else {
            console.out().print(text(subjects, shown, undefined.isEmpty()));
        }
        return ExitCode.OK;
    }

    private JsonObject json(Subjects subjects, ReadyModel shown) {
        var json = new JsonObject();
        json.add(
                "sop",
                shown.program()
                        .<JsonElement>map(p -> new JsonPrimitive(p.name()))
                        .orElse(JsonNull.INSTANCE));
        json.add(
                "optimization",
                shown.level()
                        .<JsonElement>map(level -> new JsonPrimitive(level.number()))
                        .orElse(JsonNull.INSTANCE));
        json.add("model", new ModelSummary(shown.model()).json());
        json.add("certificate", Json.certificate(shown.model().certificate()));
        json.addProperty("certificate_as_the_file_says", subjects.isFromFile());
        Optional<SizeTable> levels = bothLevels(shown);
        json.add(
                "saved",
                levels.flatMap(SizeTable::savings)
                        .<JsonElement>map(savings -> JsonOut.list(savings.rows(), InspectVerb::row))
                        .orElse(JsonNull.INSTANCE));
        json.add(
                "refused",
                levels.flatMap(SizeTable::refusal)
                        .<JsonElement>map(InspectVerb::refused)
                        .orElse(JsonNull.INSTANCE));
        StructureJson.add(json, shown.model(), units);
        return json;
    }

    private String text(Subjects subjects, ReadyModel shown, boolean everywhere) {
        String title = shown.program().map(p -> p.name() + " as a transformer").orElseGet(subjects::name);
        String level = shown.level().map(l -> " (" + l.flag() + ")").orElse("");
        var parts = ModelParts.of(shown.model());
        var summary = new ModelSummary(shown.model());
        Optional<SizeTable> levels = bothLevels(shown);
        String sizes = levels.map(SizeTable::text).orElseGet(summary::table);
        String saved = levels.flatMap(SizeTable::savings)
                .map(Savings::text)
                .or(() -> levels.flatMap(SizeTable::refusal).map(InspectVerb::nothingToCompare))
                .orElse("");
        return title + level + "\n" + sizes + summary.perLayer() + saved
                + CertificateText.of(shown.model(), subjects.isFromFile(), everywhere) + "\n"
                + (units ? PartsText.withUnits(parts) : PartsText.grouped(parts));
    }

    private static Optional<SizeTable> bothLevels(ReadyModel shown) {
        return shown.program()
                .filter(program -> shown.model().program().isPresent())
                .map(program -> SizeTable.of(program, shown.model()));
    }

    private static String nothingToCompare(Diagnostic refusal) {
        return "saved: nothing to compare with, as one level refuses the program ("
                + refusal.code().id() + ": " + refusal.code().title() + ")\n";
    }

    /** Why one of the levels has no model. */
    private static JsonObject refused(Diagnostic refusal) {
        var json = new JsonObject();
        json.addProperty("code", refusal.code().id());
        json.addProperty("message", refusal.message());
        return json;
    }

    private static JsonObject row(Savings.SavingsRow row) {
        var json = new JsonObject();
        json.addProperty("optimization", row.words());
        json.addProperty("heads", row.heads());
        json.addProperty("units", row.units());
        json.add("sops", JsonOut.list(row.sops(), JsonPrimitive::new));
        return json;
    }
}
