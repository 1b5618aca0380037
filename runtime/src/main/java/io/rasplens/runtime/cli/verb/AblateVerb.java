package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.patch.Ablation;
import io.rasplens.runtime.analysis.patch.AblationMethod;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Progress;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.StopSignal;
import io.rasplens.runtime.cli.subject.SampledInputs;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp ablate FILE|MODEL}: what the answers lose without each part. */
@Command(
        header = "Take each head, MLP and s-op away and count the answers that stay.",
        description = "zero puts nothing in the place of what the part writes, mean its mean over the inputs of one"
                + " length, resample what it writes on another input. Agreement is the share of positions whose answer"
                + " stays the whole model's.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp ablate examples/sort.rasp",
            "  rasp ablate examples/hist.rasp --method resample --budget 500 --json"
        })
public final class AblateVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Option(
            names = "--method",
            paramLabel = "zero|mean|resample",
            description = "What takes the part's place (default: ${DEFAULT-VALUE}).")
    private String method = "zero";

    @Mixin
    private SampledInputs sample = new SampledInputs();

    @Override
    public int run(Console console) {
        AblationMethod chosen = method();
        int budget = sample.budget();
        Subjects subjects = Subjects.open(console, subject);
        ReadyModel whole = subjects.whole();
        ImmutableList<ImmutableList<Value>> inputs = sample.of(whole.model());
        try (StopSignal stop = StopSignal.open()) {
            List<Ablation.AblationResult> results = watched(console, whole, inputs, chosen, stop);
            if (json()) {
                var json = new JsonObject();
                json.add("components", JsonOut.list(results, AblateVerb::json));
                if (stop.isGiven()) {
                    json.addProperty("interrupted", true);
                }
                Report.json(console, json);
            } else {
                console.out().print(text(results, chosen, Math.min(budget, inputs.size())));
                if (stop.isGiven()) {
                    console.out().print("\ninterrupted: these parts were taken away by then\n");
                }
            }
            console.out().flush();
            return ExitCode.OK;
        }
    }

    private List<Ablation.AblationResult> watched(
            Console console,
            ReadyModel whole,
            ImmutableList<ImmutableList<Value>> inputs,
            AblationMethod chosen,
            StopSignal stop) {
        try (Progress progress = Progress.counting(console, done -> AnswerText.counted(done, "part") + " taken away")) {
            return Ablation.all(whole.transformer(), inputs, chosen, sample.seed(), done -> {
                progress.at(done);
                return !stop.isGiven();
            });
        }
    }

    private AblationMethod method() {
        ImmutableMap<String, AblationMethod> known =
                Maps.uniqueIndex(Arrays.asList(AblationMethod.values()), value -> Ascii.toLowerCase(value.name()));
        AblationMethod found = known.get(method);
        if (found == null) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            CliCode.BAD_VALUE, "there is no --method " + method)
                    .help(NearNames.question(method, known.keySet())
                            .orElse("there are " + String.join(", ", known.keySet())))));
        }
        return found;
    }

    private static JsonElement json(Ablation.AblationResult result) {
        var json = new JsonObject();
        json.addProperty("id", result.id());
        json.addProperty("kind", result.kind());
        json.add("agreement", JsonOut.number(result.agreement()));
        return json;
    }

    private static String text(List<Ablation.AblationResult> results, AblationMethod method, int inputs) {
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(ImmutableList.of("without", "kind", "answers that stay"));
        results.forEach(result -> rows.add(
                ImmutableList.of(result.id(), result.kind(), String.format(Locale.ROOT, "%.3f", result.agreement()))));
        return Ascii.toLowerCase(method.name()) + " ablation on " + AnswerText.counted(inputs, "input") + "\n"
                + AnswerText.table(rows.build());
    }
}
