package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.store.json.JsonOut;

/**
 * What came back when activations of a clean run were put into a corrupted one.
 *
 * @param position where the answer is looked at, BOS not counted
 * @param tables 0 for the corrupted answer, 1 for the clean one; columns are positions with BOS first, or heads
 */
public record PatchAnswer(
        ReadyModel model,
        ImmutableList<Value> clean,
        ImmutableList<Value> corrupted,
        int position,
        ImmutableList<LabelledTable> tables) {
    private static final ImmutableSet<String> AXES_OF_POSITIONS = ImmutableSet.of("pos", "query", "key");

    /** What is absent from a table is null. */
    public JsonObject json() {
        var json = new JsonObject();
        json.add(
                "sop",
                model.program()
                        .<JsonElement>map(p -> new JsonPrimitive(p.name()))
                        .orElse(JsonNull.INSTANCE));
        json.add("clean", Json.values(clean));
        json.add("corrupted", Json.values(corrupted));
        json.add("clean_output", Json.values(answer(clean)));
        json.add("corrupted_output", Json.values(answer(corrupted)));
        json.addProperty("position", position);
        json.add("tables", JsonOut.list(shown(), PatchAnswer::json));
        return json;
    }

    private static JsonElement json(LabelledTable table) {
        var json = new JsonObject();
        json.addProperty("hook", table.title());
        json.addProperty("row_axis", table.rowAxis());
        json.add("rows", JsonOut.list(table.rows(), JsonPrimitive::new));
        json.addProperty("column_axis", table.columnAxis());
        json.add("columns", JsonOut.list(table.columns(), JsonPrimitive::new));
        var values = new JsonArray();
        for (int row = 0; row < table.rows().size(); row++) {
            var numbers = new JsonArray();
            for (int column = 0; column < table.columns().size(); column++) {
                double value = table.get(row, column);
                numbers.add(Double.isNaN(value) ? JsonNull.INSTANCE : JsonOut.number(value));
            }
            values.add(numbers);
        }
        json.add("values", values);
        return json;
    }

    /** What the model answers to one of the inputs, in the kinds that the program gives. */
    public ImmutableList<Value> answer(ImmutableList<Value> input) {
        ImmutableList<Value> output = model.transformer().run(input);
        return model.program()
                .map(program -> Expected.of(program, input))
                .map(expected -> expected instanceof Result.Success<ImmutableList<Value>> known
                        ? Agreement.inTheKindsOf(known.value(), output)
                        : output)
                .orElse(output);
    }

    /** The tables with positions named by their tokens: {@code a}, or {@code a/b} where the corrupted input has another. */
    public ImmutableList<LabelledTable> shown() {
        return tables.stream()
                .map(table -> new LabelledTable(
                        table.title(),
                        table.rowAxis(),
                        labels(table.rowAxis(), table.rows()),
                        table.columnAxis(),
                        labels(table.columnAxis(), table.columns()),
                        table.values()))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<String> labels(String axis, ImmutableList<String> plain) {
        return AXES_OF_POSITIONS.contains(axis) ? PatchSweep.labels(clean, corrupted) : plain;
    }
}
