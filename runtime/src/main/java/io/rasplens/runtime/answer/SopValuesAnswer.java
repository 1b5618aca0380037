package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.readout.FoldedSops;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.StreamHooks;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every s-op that can be read, with the interpreter's value beside it. */
public final class SopValuesAnswer {
    private final ReadyModel model;
    private final ImmutableList<Value> input;
    private final List<SopValuesRow> rows = new ArrayList<>();

    /**
     * An s-op's values.
     *
     * @param hook where it is read
     * @param expected the interpreter's; empty without a program, or where it fails
     */
    public record SopValuesRow(
            SopReadout readout, String hook, ImmutableList<Value> values, Optional<ImmutableList<Value>> expected) {
        public boolean matches() {
            return expected.map(
                            known -> Agreement.firstDifference(known, values).isEmpty())
                    .orElse(true);
        }
    }

    private SopValuesAnswer(ReadyModel model, ImmutableList<Value> input) {
        this.model = model;
        this.input = input;
    }

    public static SopValuesAnswer of(ReadyModel model, ImmutableList<Value> input) {
        var values = new SopValuesAnswer(model, input);
        values.read();
        return values;
    }

    public ImmutableList<Value> input() {
        return input;
    }

    /** The s-ops that can be read, in the order of the program. */
    public ImmutableList<SopValuesRow> rows() {
        return ImmutableList.copyOf(rows);
    }

    /** Whether every s-op is what the program says. */
    public boolean matches() {
        return rows.stream().allMatch(SopValuesRow::matches);
    }

    private void read() {
        TokenBatch tokens = model.transformer().encode(input);
        ActivationCache cache = model.transformer().runWithCache(tokens).cache();
        Optional<Trace> trace = model.program().flatMap(this::trace);
        Map<String, SOp> nodes = new HashMap<>();
        model.program().ifPresent(program -> {
            program.origins().keySet().forEach(node -> {
                if (node instanceof SOp sop) {
                    program.nameOf(sop).ifPresent(name -> nodes.put(name, sop));
                }
            });
            nodes.put(program.name(), program.output());
        });
        for (SopReadout readout : model.model().readouts()) {
            Optional<ImmutableList<Value>> expected = trace.flatMap(
                    known -> Optional.ofNullable(nodes.get(readout.sop())).flatMap(known::values));
            ImmutableList<Value> read = cache.sop(readout, 0);
            String hook =
                    StreamHooks.name(readout.point(), model.model().config()).text();
            rows.add(new SopValuesRow(
                    readout,
                    hook,
                    expected.map(known -> Agreement.inTheKindsOf(known, read)).orElse(read),
                    expected));
        }
    }

    private Optional<Trace> trace(RaspProgram program) {
        try {
            return Optional.of(Interpreter.trace(ImmutableList.of(program.output()), input, program.causal()));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** The s-ops that stand nowhere in the model. */
    public ImmutableList<FoldedSops.Folded> folded() {
        return FoldedSops.of(model.model());
    }

    public JsonObject json() {
        var sops = new JsonArray();
        for (SopValuesRow row : rows) {
            var json = new JsonObject();
            json.addProperty("name", row.readout().sop());
            json.add("line", SopJson.line(row.readout()));
            json.addProperty("hook", row.hook());
            json.add("values", Json.values(row.values()));
            json.add("expected", row.expected().<JsonElement>map(Json::values).orElse(JsonNull.INSTANCE));
            json.add(
                    "match",
                    row.expected()
                            .<JsonElement>map(known -> new JsonPrimitive(row.matches()))
                            .orElse(JsonNull.INSTANCE));
            sops.add(json);
        }
        var json = new JsonObject();
        json.add("sops", sops);
        json.add("folded", JsonOut.list(folded(), folded -> {
            var one = new JsonObject();
            one.addProperty("name", folded.name());
            one.addProperty("into", String.join(", ", folded.into()));
            return one;
        }));
        return json;
    }
}
