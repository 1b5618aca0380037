package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.PatchAnswer;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.TableText;
import java.util.List;

/** The answers of {@code rasp patch --corrupted} for people and spreadsheets. */
record PatchReport(PatchAnswer answer) {

    String text() {
        int position = answer.position();
        ImmutableList<Value> before = answer.answer(answer.clean());
        ImmutableList<Value> after = answer.answer(answer.corrupted());
        var out = new StringBuilder();
        out.append("clean      ").append(row(answer.clean(), before));
        out.append("corrupted  ").append(row(answer.corrupted(), after));
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

    /** A heading and the table, for each; positions by their numbers. */
    String csv() {
        var out = new StringBuilder();
        answer.tables().forEach(table -> out.append(out.isEmpty() ? "" : "\n").append(table.csv()));
        return out.toString();
    }

    /** Positions by their tokens. */
    ImmutableList<TableText> shown() {
        return answer.shown().stream().map(TableText::new).collect(ImmutableList.toImmutableList());
    }

    private static String row(List<Value> input, List<Value> output) {
        return AnswerText.values(input) + " -> " + AnswerText.values(output) + "\n";
    }
}
