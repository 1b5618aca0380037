package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Json;
import io.rasplens.runtime.cli.print.ModelSummary;
import io.rasplens.runtime.cli.print.Text;
import io.rasplens.runtime.cli.subject.Answer;
import io.rasplens.runtime.cli.subject.AnswerInputs;
import io.rasplens.runtime.cli.subject.Expected;
import io.rasplens.runtime.cli.subject.InputOptions;
import io.rasplens.runtime.cli.subject.ReadyModel;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.cli.subject.Timings;
import io.rasplens.runtime.store.JsonOut;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rasp run FILE|MODEL}: compile, run the transformer, decode, compare with the interpreter. */
@Command(
        header = "Compile a program (or load a model), run the transformer on an input, decode its answer.",
        description = "Says whether the interpreter gives the same answer; exit code 1 if it does not.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp run examples/reverse.rasp",
            "  rasp run examples/hist.rasp --input abca",
            "  rasp run examples/reverse.rasp --input '[3, 1, 2]' -O0 --json",
            "  printf 'ab%%nabc%%n' | rasp run examples/hist.rasp --inputs -",
            "  rasp run model.safetensors --input abca"
        })
public final class RunVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = inputs.input();
        Subjects subjects = Subjects.open(console, subject);
        var answers = new AnswerInputs(console, json(), input -> answer(subjects.forInput(input), input));
        return inputs.inputs().isPresent() ? answers.lines(inputs.inputs().get()) : answers.one(subjects.input(given));
    }

    private static Answer answer(ReadyModel subject, ImmutableList<Value> input) {
        TokenBatch tokens = subject.transformer().encode(input);
        Tensor logits = subject.timings()
                .measure(Timings.FORWARD, () -> subject.transformer().forward(tokens));
        ImmutableList<Value> decoded =
                subject.transformer().decode(logits, tokens).get(0);
        Optional<ImmutableList<Value>> expected =
                subject.program().map(p -> Expected.of(p, seen(subject, tokens)).orThrow());
        ImmutableList<Value> output =
                expected.map(e -> Agreement.inTheKindsOf(e, decoded)).orElse(decoded);
        Optional<OptionalInt> difference = expected.map(e -> Agreement.firstDifference(e, output));
        boolean ok = difference.map(OptionalInt::isEmpty).orElse(true);
        var summary = new ModelSummary(subject.model());
        var json = new JsonObject();
        json.add(
                "sop",
                subject.program()
                        .<JsonElement>map(p -> new JsonPrimitive(p.name()))
                        .orElse(JsonNull.INSTANCE));
        json.add("input", Json.values(input));
        json.add("token_ids", Json.ints(tokens.row(0).asList()));
        json.add("output", Json.values(output));
        json.add("expected", expected.<JsonElement>map(Json::values).orElse(JsonNull.INSTANCE));
        json.add(
                "match",
                difference.<JsonElement>map(d -> new JsonPrimitive(d.isEmpty())).orElse(JsonNull.INSTANCE));
        json.add(
                "optimization",
                subject.level()
                        .<JsonElement>map(level -> new JsonPrimitive(level.number()))
                        .orElse(JsonNull.INSTANCE));
        json.add("model", summary.json());
        json.add(
                "max_error",
                expected.map(e -> JsonOut.number(maxError(subject, logits, output, e)))
                        .orElse(JsonNull.INSTANCE));
        json.add("timing_ms", subject.timings().json());
        return new Answer(json, text(subject, input, output, expected, difference, summary), Text.values(output), ok);
    }

    /**
     * The input as the model has it: a token may be given as any value that is equal to it, {@code True} for 1, and the model
     * can only answer for its own.
     */
    private static ImmutableList<Value> seen(ReadyModel subject, TokenBatch tokens) {
        var vocabulary = subject.model().encoder().orElseThrow().vocabulary();
        return tokens.row(0).asList().stream().skip(1).map(vocabulary::get).collect(ImmutableList.toImmutableList());
    }

    /** How far the numbers are from what they should be; of a numerical output before it is rounded to a value. */
    private static double maxError(
            ReadyModel subject, Tensor logits, ImmutableList<Value> output, ImmutableList<Value> expected) {
        boolean numerical = subject.model()
                .decoder()
                .filter(OutputDecoder.Numerical.class::isInstance)
                .isPresent();
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            Value wanted = expected.get(i);
            boolean raw = numerical && wanted.isNumeric();
            worst = Math.max(
                    worst,
                    raw
                            ? Math.abs(Values.toDouble(wanted) - logits.get(0, i + 1, 0))
                            : Agreement.error(wanted, output.get(i)));
        }
        return worst;
    }

    private static String text(
            ReadyModel subject,
            ImmutableList<Value> input,
            ImmutableList<Value> output,
            Optional<ImmutableList<Value>> expected,
            Optional<OptionalInt> difference,
            ModelSummary summary) {
        var out = new StringBuilder();
        out.append("input        ").append(Text.values(input)).append('\n');
        out.append("output       ").append(Text.values(output)).append('\n');
        if (difference.isEmpty()) {
            out.append("interpreter  the model has no program to compare with\n");
        } else if (difference.get().isEmpty()) {
            out.append("interpreter  agrees\n");
        } else {
            out.append("interpreter  DIFFERS from position ")
                    .append(difference.get().getAsInt())
                    .append(" on: ")
                    .append(Text.values(expected.orElseThrow()))
                    .append('\n');
        }
        String title = subject.program().map(p -> p.name()).orElse("the model");
        String level = subject.level().map(l -> " (" + l.flag() + ")").orElse("");
        return out.append("\n")
                .append(title)
                .append(" as a transformer")
                .append(level)
                .append('\n')
                .append(summary.table())
                .toString();
    }
}
