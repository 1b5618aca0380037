package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
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
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.TableText;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;

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
        shown().forEach(table -> out.append('\n').append(table.text()));
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
        json.add("tables", JsonOut.list(shown(), TableText::json));
        return json;
    }

    /** A heading and the table, for each. */
    public String csv() {
        var out = new StringBuilder();
        tables.forEach(table -> out.append(out.isEmpty() ? "" : "\n").append(table.csv()));
        return out.toString();
    }

    public ImmutableList<TableText> shown() {
        return tables.stream()
                .map(table -> new TableText(table, this::labels))
                .collect(ImmutableList.toImmutableList());
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
        return AnswerText.values(input) + " -> " + AnswerText.values(output) + "\n";
    }

    /** Positions by their tokens: {@code a}, or {@code a/b} where the corrupted input has another. */
    private TableText.AxisLabels labels(TableText.AxisLabels axis) {
        boolean ofPositions = axis.name().equals("pos")
                || axis.name().equals("query")
                || axis.name().equals("key");
        if (!ofPositions) {
            return axis;
        }
        var labels = ImmutableList.<String>builder().add("BOS");
        for (int i = 0; i < clean.size(); i++) {
            String token = SequenceForm.plain(clean.get(i));
            String other = SequenceForm.plain(corrupted.get(i));
            labels.add(token.equals(other) ? token : token + "/" + other);
        }
        return new TableText.AxisLabels(axis.name(), labels.build());
    }
}
