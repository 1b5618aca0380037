package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.answer.Expected;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.cli.print.Text;
import io.rasplens.runtime.store.JsonOut;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Locale;

/**
 * The answers of {@code rasp patch}.
 *
 * @param position where the answer is looked at, BOS not counted
 * @param tables 0 for the corrupted answer, 1 for the clean one; columns are positions with BOS first, or heads
 */
public record PatchReport(
        ReadyModel model,
        ImmutableList<Value> clean,
        ImmutableList<Value> corrupted,
        int position,
        ImmutableList<LabelledTable> tables) {

    public String text() {
        ImmutableList<Value> before = answer(clean);
        ImmutableList<Value> after = answer(corrupted);
        var out = new StringBuilder();
        out.append("clean      ").append(row(clean, before));
        out.append("corrupted  ").append(row(corrupted, after));
        out.append("measured at position ")
                .append(position)
                .append(": 1 is the clean answer ")
                .append(before.get(position).repr())
                .append(", 0 the corrupted answer ")
                .append(after.get(position).repr())
                .append('\n');
        for (LabelledTable table : tables) {
            out.append('\n').append(table.title()).append(" by ").append(table.rowAxis());
            out.append(" and ")
                    .append(isByPosition(table) ? "position" : table.columnAxis())
                    .append('\n');
            out.append(Text.table(rows(table)));
        }
        return out.toString();
    }

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
        json.add("tables", JsonOut.list(tables, this::json));
        return json;
    }

    private JsonElement json(LabelledTable table) {
        var json = new JsonObject();
        json.addProperty("hook", table.title());
        json.addProperty("row_axis", table.rowAxis());
        json.add("rows", JsonOut.list(table.rows(), JsonPrimitive::new));
        json.addProperty("column_axis", table.columnAxis());
        json.add("columns", JsonOut.list(columns(table), JsonPrimitive::new));
        var values = new JsonArray();
        for (int row = 0; row < table.rows().size(); row++) {
            var numbers = new JsonArray();
            for (int column = 0; column < table.columns().size(); column++) {
                numbers.add(JsonOut.number(table.get(row, column)));
            }
            values.add(numbers);
        }
        json.add("values", values);
        return json;
    }

    private ImmutableList<Value> answer(ImmutableList<Value> input) {
        ImmutableList<Value> output = model.transformer().run(input);
        return model.program()
                .map(program -> Expected.of(program, input))
                .map(expected -> expected instanceof Result.Success<ImmutableList<Value>> known
                        ? Agreement.inTheKindsOf(known.value(), output)
                        : output)
                .orElse(output);
    }

    private static String row(List<Value> input, List<Value> output) {
        return Text.values(input) + " -> " + Text.values(output) + "\n";
    }

    private ImmutableList<ImmutableList<String>> rows(LabelledTable table) {
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(ImmutableList.<String>builder()
                .add("  " + table.rowAxis())
                .addAll(columns(table))
                .build());
        for (int row = 0; row < table.rows().size(); row++) {
            var cells = ImmutableList.<String>builder().add("  " + table.rows().get(row));
            for (int column = 0; column < table.columns().size(); column++) {
                cells.add(cell(table.get(row, column)));
            }
            rows.add(cells.build());
        }
        return rows.build();
    }

    /** Two digits; nothing so small that it would show as minus zero. */
    private static String cell(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.equals("-0.00") ? "0.00" : text;
    }

    private static boolean isByPosition(LabelledTable table) {
        return table.columnAxis().equals("pos");
    }

    /** Positions by their tokens: {@code a}, or {@code a/b} where the corrupted input has another. */
    private ImmutableList<String> columns(LabelledTable table) {
        if (!isByPosition(table)) {
            return table.columns();
        }
        var columns = ImmutableList.<String>builder().add("BOS");
        for (int i = 0; i < clean.size(); i++) {
            String token = SequenceForm.plain(clean.get(i));
            String other = SequenceForm.plain(corrupted.get(i));
            columns.add(token.equals(other) ? token : token + "/" + other);
        }
        return columns.build();
    }
}
