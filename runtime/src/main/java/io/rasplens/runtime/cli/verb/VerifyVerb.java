package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Verification;
import io.rasplens.runtime.analysis.Verification.Divergence;
import io.rasplens.runtime.analysis.Verification.Mismatch;
import io.rasplens.runtime.analysis.Verifier;
import io.rasplens.runtime.analysis.VerifyOptions;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.UndefinedAnswer;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CertificateText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Progress;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.StopSignal;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.cli.subject.Warnings;
import io.rasplens.runtime.store.ModelSize;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp verify FILE}: the transformer against the interpreter, on all inputs or on a sample. */
@Command(
        header = "Compare the transformer with the interpreter on every input up to the longest, or on a sample.",
        description = "Runs on all inputs if there are no more than the budget, else on a seeded sample."
                + " Exit code 1 if the two differ anywhere.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp verify examples/hist.rasp --vocab abc --max-length 5",
            "  rasp verify examples/hist.rasp -O0 --budget 500 --seed 7 --json"
        })
public final class VerifyVerb extends VerbCommand {
    private static final int MOST_SHOWN = 5;

    /** Pairs of positions, roughly, that are looked at in all inputs together. */
    private static final double MOST_WORK = 2e8;

    /** Weights multiplied while the interpreter looks at one pair. */
    private static final int WEIGHTS_AT_ONCE = 20;

    private static final int FEWEST = 10;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private Warnings warnings = new Warnings();

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "Inputs to compare on, at most (default: 10000, or fewer where each is much work).")
    private @Nullable Integer budget;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses the sample; the same seed gives the same one (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public int run(Console console) {
        if (budget != null && budget < 1) {
            throw failure(
                    CliCode.BAD_VALUE, "--budget must be at least 1, got " + budget, "it counts the inputs compared");
        }
        Subjects subjects = Subjects.open(console, subject);
        ReadyModel whole = subjects.whole();
        ProgramSource source = whole.model()
                .program()
                .orElseThrow(() -> failure(
                        CliCode.NO_PROGRAM,
                        "the model does not carry its program, so there is nothing to compare it with",
                        "give the .rasp file, or a model that rasp compiled"));
        int most = budget == null ? affordable(whole.model(), source.maxLength()) : budget;
        var options = new VerifyOptions(source.vocabulary(), source.maxLength(), most, seed);
        try (StopSignal stop = StopSignal.open()) {
            Verification result = watched(console, whole, options, stop);
            if (json()) {
                JsonObject json = json(result);
                if (stop.isGiven()) {
                    json.addProperty("interrupted", true);
                } else {
                    json.add("certificate", Json.certificate(subjects.certificate()));
                    if (subjects.isFromFile()) {
                        json.addProperty(
                                "certificate_as_in_file",
                                subjects.certificate().equals(whole.model().certificate()));
                    }
                }
                Report.json(console, json);
            } else {
                String end = stop.isGiven()
                        ? "interrupted: this is what was compared by then\n"
                        : certificate(subjects, whole.model());
                console.out().print(text(result, source) + end);
            }
            ImmutableList<Diagnostic> told = warnings.told(whole, result.undefined());
            Report.print(console, told);
            console.flush();
            boolean good = result.agrees() && told.stream().noneMatch(Diagnostic::isError);
            return good ? ExitCode.OK : ExitCode.REJECTED;
        }
    }

    private static Verification watched(Console console, ReadyModel whole, VerifyOptions options, StopSignal stop) {
        try (Progress progress = Progress.counting(
                console,
                done -> AnswerText.count(done) + " of at most " + AnswerText.count(options.budget())
                        + " inputs compared")) {
            return Verifier.verify(whole.transformer(), whole.program().orElseThrow(), options, checked -> {
                progress.at(checked);
                return !stop.isGiven();
            });
        }
    }

    /** As many inputs as usual, but no more than some tens of seconds take: the work of one grows with the model and its length. */
    private static int affordable(CompiledModel model, int maxLength) {
        long positions = maxLength + 1L;
        long heads = model.weights().layers().stream()
                .mapToLong(layer -> layer.heads().size())
                .sum();
        double each = (double) positions * ModelSize.of(model).nonZeros() / WEIGHTS_AT_ONCE
                + (double) (heads + 1) * positions * positions;
        return (int) Math.max(FEWEST, Math.min(VerifyOptions.DEFAULT_BUDGET, MOST_WORK / each));
    }

    private static JsonObject json(Verification result) {
        var json = new JsonObject();
        json.addProperty("sop", result.sop());
        json.addProperty("checked", result.checked());
        json.addProperty("exhaustive", result.exhaustive());
        json.add("mismatches", JsonOut.list(result.mismatches(), VerifyVerb::mismatch));
        json.addProperty("program_errors", result.programErrors());
        json.add("program_fails_on", UndefinedAnswer.json(result.undefined()));
        json.add("max_error", JsonOut.number(result.maxError()));
        json.add(
                "min_margin",
                result.minMargin().isPresent()
                        ? JsonOut.number(result.minMargin().getAsDouble())
                        : JsonNull.INSTANCE);
        return json;
    }

    private static JsonElement mismatch(Mismatch mismatch) {
        var json = new JsonObject();
        json.add("input", Json.values(mismatch.input()));
        json.add("expected", Json.values(mismatch.expected()));
        json.add("output", Json.values(mismatch.output()));
        json.add("position", new JsonPrimitive(mismatch.position()));
        return json;
    }

    private static String text(Verification result, ProgramSource source) {
        var out = new StringBuilder();
        out.append(result.sop()).append(" (").append(source.level().flag()).append(")\n");
        out.append("checked      ")
                .append(AnswerText.count(result.checked()))
                .append(result.exhaustive() ? " inputs, all there are" : " inputs, a sample")
                .append(" up to length ")
                .append(source.maxLength())
                .append('\n');
        out.append("mismatches   ")
                .append(AnswerText.count(result.mismatchCount()))
                .append('\n');
        if (result.programErrors() > 0) {
            out.append("not compared ")
                    .append(AnswerText.count(result.programErrors()))
                    .append(" inputs, on which the program itself fails\n");
        }
        out.append("max error    ").append(number(result.maxError())).append('\n');
        result.minMargin()
                .ifPresent(m -> out.append("min margin   ").append(number(m)).append('\n'));
        result.mismatches().stream()
                .limit(MOST_SHOWN)
                .forEach(m -> out.append('\n')
                        .append("input        ")
                        .append(AnswerText.values(m.input()))
                        .append("\ntransformer  ")
                        .append(AnswerText.values(m.output()))
                        .append("\ninterpreter  ")
                        .append(AnswerText.values(m.expected()))
                        .append('\n'));
        return out.append(divergence(result.divergence())).toString();
    }

    /**
     * Of a file, whether its weights are what its program compiles to, and whether what it promises is what the compiler promises of them:
     * the numbers that it carries prove nothing.
     */
    private static String certificate(Subjects subjects, CompiledModel model) {
        if (!subjects.isFromFile()) {
            return "";
        }
        Optional<Certificate> computed = subjects.certificate();
        if (computed.isEmpty()) {
            return "certificate  none: the weights are not those that the stored program compiles to\n";
        }
        return computed.equals(model.certificate())
                ? "certificate  holds: the weights are those that the stored program compiles to\n"
                : "certificate  not as the file says: the weights are those that the stored program compiles to, and of these it holds that\n"
                        + CertificateText.bounds(computed.get());
    }

    private static String number(double value) {
        return Value.of(value).repr();
    }

    private static String divergence(Optional<Divergence> divergence) {
        return divergence
                .map(d -> "\nThe first of these goes wrong in " + d.sop() + " at position " + d.position() + ": "
                        + d.hook() + " holds " + d.actual().repr() + ", not "
                        + d.expected().repr() + ".\n")
                .orElse("");
    }

    private static DiagnosticException failure(CliCode code, String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(code, message).help(help)));
    }
}
