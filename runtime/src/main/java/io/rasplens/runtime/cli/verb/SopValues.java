package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.readout.FoldedSops;
import io.rasplens.runtime.answer.SopValuesAnswer;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.subject.Answer;

/** {@code rasp cache --sop-values} for people. */
record SopValues(SopValuesAnswer answer) {
    Answer whole() {
        return Answer.of(answer.json(), text(), line(), answer.matches());
    }

    private String text() {
        var table = ImmutableList.<ImmutableList<String>>builder();
        table.add(ImmutableList.of("s-op", "read at", "values"));
        answer.rows()
                .forEach(row -> table.add(ImmutableList.of(
                        row.readout().sop(),
                        row.hook(),
                        AnswerText.values(row.values())
                                + (row.matches()
                                        ? ""
                                        : "   the program says "
                                                + row.expected()
                                                        .map(AnswerText::values)
                                                        .orElse("")))));
        var out = new StringBuilder(
                "input  " + AnswerText.values(answer.input()) + "\n\n" + AnswerText.table(table.build()));
        ImmutableList<FoldedSops.Folded> folded = answer.folded();
        if (!folded.isEmpty()) {
            out.append("\nfolded away:\n");
            folded.forEach(one -> out.append("  ")
                    .append(one.name())
                    .append(" into ")
                    .append(String.join(", ", one.into()))
                    .append('\n'));
        }
        return out.toString();
    }

    private String line() {
        return answer.rows().stream()
                .map(row -> row.readout().sop() + "=" + AnswerText.values(row.values()))
                .reduce((a, b) -> a + "  " + b)
                .orElse("");
    }
}
