package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.readout.FoldedSops;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.intervene.Intervention;
import io.rasplens.runtime.store.json.ValueJson;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.RunOptions;
import io.rasplens.runtime.transformer.SetSops;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.List;
import java.util.Optional;

/**
 * What a transformer answers with s-ops set, and its program with them overridden.
 *
 * @param unpatched the transformer's answer without the edits
 * @param output with them
 * @param expected the program's with the same s-ops overridden; empty where it fails, or there is no program
 */
public record SetAnswer(
        List<SopEdit> edits,
        ImmutableList<Value> input,
        ImmutableList<Value> unpatched,
        ImmutableList<Value> output,
        Optional<ImmutableList<Value>> expected) {

    public static SetAnswer of(ReadyModel model, ImmutableList<Value> input, List<SopEdit> edits) {
        ImmutableList<Value> decoded = model.transformer().run(input);
        ImmutableList<Value> unpatched = model.program()
                .flatMap(program -> Attempt.of(
                        () -> new Intervention(model.transformer(), program).expected(input, ImmutableList.of())))
                .map(known -> Agreement.inTheKindsOf(known, decoded))
                .orElse(decoded);
        try {
            ImmutableList<Value> output = output(model, input, edits);
            Optional<ImmutableList<Value>> expected =
                    model.program().flatMap(program -> expected(model, program, input, edits));
            return new SetAnswer(
                    edits,
                    input,
                    unpatched,
                    expected.map(known -> Agreement.inTheKindsOf(known, output)).orElse(output),
                    expected);
        } catch (EngineException e) {
            throw e.code() == EngineCode.UNKNOWN_SOP
                    ? folded(model, edits).or(() -> noSop(model, edits)).orElse(e)
                    : e;
        }
    }

    private static ImmutableList<Value> output(ReadyModel model, ImmutableList<Value> input, List<SopEdit> edits) {
        TokenBatch tokens = model.transformer().encode(input);
        RunOptions options = RunOptions.PLAIN.hooks(SetSops.hooks(model.transformer(), tokens, edits));
        return model.transformer()
                .decode(model.transformer().forward(tokens, options), tokens)
                .get(0);
    }

    private static Optional<ImmutableList<Value>> expected(
            ReadyModel model, RaspProgram program, ImmutableList<Value> input, List<SopEdit> edits) {
        var intervention = new Intervention(model.transformer(), program);
        try {
            Optional<EngineException> outside = intervention.outside(input, edits);
            if (outside.isPresent()) {
                throw outside.get();
            }
            return Optional.of(intervention.expected(input, edits));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** Says of an s-op that can't be set since it was folded away, into what. */
    private static Optional<EngineException> folded(ReadyModel model, List<SopEdit> edits) {
        ImmutableList<FoldedSops.Folded> folded = FoldedSops.of(model.model());
        return edits.stream()
                .flatMap(edit -> folded.stream().filter(f -> f.name().equals(edit.sop())))
                .findFirst()
                .map(f -> new EngineException(
                        EngineCode.UNKNOWN_SOP,
                        "the s-op '" + f.name() + "' stands nowhere in the model: it was folded into "
                                + String.join(", ", f.into()),
                        "compile with --keep " + f.name() + ", and it can be read and set"));
    }

    /** Says of a name that no s-op of the model can have what it is. */
    private static Optional<EngineException> noSop(ReadyModel model, List<SopEdit> edits) {
        return edits.stream()
                .map(SopEdit::sop)
                .flatMap(name -> noSop(model, name).stream())
                .findFirst()
                .map(found -> new EngineException(EngineCode.UNKNOWN_SOP, found.message(), found.help()));
    }

    private record NoSop(String message, String help) {}

    private static Optional<NoSop> noSop(ReadyModel model, String name) {
        if (name.equals("tokens")) {
            return Optional.of(new NoSop("the tokens are the input and cannot be set", "change the input instead"));
        }
        if (name.equals("indices")) {
            return Optional.of(new NoSop(
                    "the indices are where the tokens stand and cannot be set",
                    "set an s-op that is made of them, or change the input"));
        }
        boolean selector = model.program().isPresent()
                && model.program().get().origins().entrySet().stream()
                        .anyMatch(made -> made.getKey() instanceof Selector
                                && made.getValue()
                                        .binding()
                                        .map(NameBinding::name)
                                        .equals(Optional.of(name)));
        return selector
                ? Optional.of(new NoSop(
                        "'" + name + "' is a selector, and only s-ops can be set",
                        "set an s-op that it compares, or one that is aggregated by it"))
                : Optional.empty();
    }

    public boolean matches() {
        return expected.map(known -> Agreement.firstDifference(known, output).isEmpty())
                .orElse(true);
    }

    public JsonObject json() {
        var set = new JsonArray();
        edits.forEach(edit -> {
            var one = new JsonObject();
            one.addProperty("sop", edit.sop());
            one.addProperty("position", edit.position());
            one.add("value", ValueJson.encode(edit.value()));
            set.add(one);
        });
        var json = new JsonObject();
        json.add("set", set);
        json.add("input", Json.values(input));
        json.add("unpatched", Json.values(unpatched));
        json.add("output", Json.values(output));
        json.add("expected", expected.<JsonElement>map(Json::values).orElse(JsonNull.INSTANCE));
        json.add(
                "match",
                expected.<JsonElement>map(known -> new JsonPrimitive(matches())).orElse(JsonNull.INSTANCE));
        return json;
    }
}
