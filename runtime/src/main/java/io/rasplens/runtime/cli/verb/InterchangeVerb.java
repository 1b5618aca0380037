package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
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
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.SampledInputs;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import java.util.Locale;
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
        InterchangeReport report = Interchange.measure(
                whole.transformer(),
                whole.program().orElseThrow(),
                InterchangeOptions.of(source.vocabulary(), source.maxLength())
                        .budget(budget)
                        .seed(sample.seed()));
        if (json()) {
            Report.json(console, InterchangeJson.of(report));
        } else {
            console.out().print(text(report));
        }
        return report.accuracy() == 1 ? ExitCode.OK : ExitCode.REJECTED;
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
                    AnswerText.count(sop.tried()),
                    String.format(Locale.ROOT, "%.2f %%", 100 * sop.accuracy())));
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
        return AnswerText.table(rows.build()) + examples;
    }
}
