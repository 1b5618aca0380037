package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a model answers to an input, and whether the interpreter gives the same answer.
 *
 * @param expected the interpreter's answer; empty for a model without its program
 * @param difference the first position where they differ, if any
 * @param maxError how far the numbers are from what they should be
 * @param timings of the model, and of this run through it
 */
public record RunAnswer(
        ReadyModel subject,
        ImmutableList<Value> input,
        TokenBatch tokens,
        ImmutableList<Value> output,
        Optional<ImmutableList<Value>> expected,
        Optional<OptionalInt> difference,
        Optional<Double> maxError,
        Timings timings) {

    /**
     * Runs both.
     *
     * @throws io.rasplens.grammar.diagnostic.DiagnosticException if the program fails on the input
     */
    public static RunAnswer of(ReadyModel subject, ImmutableList<Value> input) {
        TokenBatch tokens = subject.encode(input);
        long start = System.nanoTime();
        Tensor logits = subject.transformer().forward(tokens);
        Timings timings = subject.timings().with(Timings.FORWARD, System.nanoTime() - start);
        ImmutableList<Value> decoded = subject.decode(logits, tokens);
        Optional<ImmutableList<Value>> expected = subject.comparable()
                .map(p -> Expected.of(p, seen(subject, tokens)).orThrow());
        ImmutableList<Value> output =
                expected.map(e -> Agreement.inTheKindsOf(e, decoded)).orElse(decoded);
        return new RunAnswer(
                subject,
                input,
                tokens,
                output,
                expected,
                expected.map(e -> Agreement.firstDifference(e, output)),
                expected.map(e -> maxError(subject, logits, output, e)),
                timings);
    }

    /** Whether nothing speaks against the answer. */
    public boolean agrees() {
        return difference.map(OptionalInt::isEmpty).orElse(true);
    }

    /** The run and the model. */
    public JsonObject json() {
        return json(Optional.of(Json.model(subject.model())));
    }

    /** The run alone, for who knows the model. */
    public JsonObject jsonOfRun() {
        return json(Optional.empty());
    }

    private JsonObject json(Optional<JsonObject> model) {
        var json = new JsonObject();
        json.add("sop", Json.text(subject.program().map(p -> p.name())));
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
        model.ifPresent(facts -> json.add("model", facts));
        json.add("max_error", maxError.map(JsonOut::number).orElse(JsonNull.INSTANCE));
        json.add("timing_ms", timings.json());
        return json;
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
}
