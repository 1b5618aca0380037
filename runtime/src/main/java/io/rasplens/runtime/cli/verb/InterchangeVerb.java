package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.analysis.intervene.Interchange;
import io.rasplens.runtime.analysis.intervene.InterchangeOptions;
import io.rasplens.runtime.analysis.intervene.InterchangeReport;
import io.rasplens.runtime.answer.InterchangeJson;
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
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rasp interchange FILE}: s-ops set in the transformer against s-ops overridden in the interpreter. */
@Command(
        header = "Set s-ops in the transformer, override them in the interpreter, and compare the answers.",
        description =
                "For each s-op that can be set, pairs of inputs: the value that it has on the one is put into the run"
                        + " on the other. Exit code 1 if the answers ever differ.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp interchange examples/reverse.rasp -O0",
            "  rasp interchange examples/double_hist.rasp --budget 1000 --json"
        })
public final class InterchangeVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private SampledInputs sample = new SampledInputs();

    @Override
    public int run(Console console) {
        int budget = sample.budget();
        Subjects subjects = Subjects.open(console, subject);
        ReadyModel whole = subjects.whole();
        ProgramSource source = whole.model()
                .program()
                .orElseThrow(() -> new DiagnosticException(ImmutableList.of(Diagnostic.error(
                                CliCode.NO_PROGRAM,
                                "the model does not carry its program, so that nothing predicts its answers")
                        .help("give the .rasp file, or a model that rasp compiled"))));
        InterchangeOptions all = InterchangeOptions.of(source.vocabulary(), source.maxLength())
                .budget(budget)
                .seed(sample.seed());
        // Who says how many pairs there are to be gets as many.
        InterchangeOptions options = sample.budgetIsGiven() ? all.work(Double.POSITIVE_INFINITY) : all;
        try (StopSignal stop = StopSignal.open()) {
            InterchangeReport report = watched(console, whole, options, stop);
            if (json()) {
                JsonObject json = InterchangeJson.of(report);
                if (stop.isGiven()) {
                    json.addProperty("interrupted", true);
                }
                Report.json(console, json);
            } else {
                console.out().print(text(report));
                if (stop.isGiven()) {
                    console.out().print("\ninterrupted: this is what was tried by then\n");
                } else if (!report.isComplete()) {
                    console.out()
                            .print("\nEach edit is much work here, so that a sample was tried; with --budget " + budget
                                    + " all are.\n");
                }
            }
            return report.accuracy() == 1 ? ExitCode.OK : ExitCode.REJECTED;
        }
    }

    private static InterchangeReport watched(
            Console console, ReadyModel whole, InterchangeOptions options, StopSignal stop) {
        try (Progress progress = Progress.counting(console, done -> AnswerText.count(done) + " interventions tried")) {
            return Interchange.measure(whole.transformer(), whole.program().orElseThrow(), options, done -> {
                progress.at(done);
                return !stop.isGiven();
            });
        }
    }

    private static String text(InterchangeReport report) {
        if (report.sops().isEmpty()) {
            return "no s-op of this model can be set; compile with --keep all\n";
        }
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(ImmutableList.of("s-op", "line", "tried", "as predicted"));
        var examples = new StringBuilder();
        for (InterchangeReport.Sop sop : report.sops()) {
            rows.add(ImmutableList.of(
                    sop.readout().sop(),
                    sop.readout().name().line().isPresent()
                            ? Integer.toString(sop.readout().name().line().getAsInt())
                            : "",
                    tried(sop),
                    sop.tried() == 0
                            ? "nothing to compare"
                            : String.format(Locale.ROOT, "%.2f %%", 100 * sop.accuracy())));
            sop.counterexample()
                    .ifPresent(found -> examples.append('\n')
                            .append(sop.readout().sop())
                            .append('[')
                            .append(found.position())
                            .append("] = ")
                            .append(found.value().repr())
                            .append(" on ")
                            .append(AnswerText.values(found.input()))
                            .append("\n  program      ")
                            .append(AnswerText.values(found.expected()))
                            .append("\n  transformer  ")
                            .append(AnswerText.values(found.output()))
                            .append('\n'));
        }
        return AnswerText.table(rows.build()) + examples + readAround(report);
    }

    /** What to do about s-ops of which users read something else: what they are computed from, or what is stored of them elsewhere. */
    private static String readAround(InterchangeReport report) {
        String names = report.sops().stream()
                .filter(sop -> sop.accuracy() < 1 && !sop.readout().kept())
                .map(sop -> sop.readout().sop())
                .distinct()
                .collect(Collectors.joining(","));
        return names.isEmpty()
                ? ""
                : "\nWhere nothing is set the model answers as the program does. Something that uses " + names
                        + " reads around what is set:\ncompile with --keep " + names + "\n";
    }

    private static String tried(InterchangeReport.Sop sop) {
        return sop.isComplete()
                ? AnswerText.count(sop.tried())
                : AnswerText.count(sop.tried()) + " of " + AnswerText.count(sop.planned());
    }
}
