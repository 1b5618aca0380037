package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.answer.SetAnswer;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.transformer.SopEdit;

/** {@code rasp patch --set} for people. */
record SetReport(SetAnswer answer) {
    String text() {
        var out = new StringBuilder();
        out.append("input      ").append(AnswerText.values(answer.input())).append('\n');
        answer.edits()
                .forEach(edit -> out.append("set        ")
                        .append(edit.sop())
                        .append('[')
                        .append(edit.position())
                        .append("] = ")
                        .append(edit.value().repr())
                        .append('\n'));
        out.append("unpatched  ").append(AnswerText.values(answer.unpatched())).append('\n');
        out.append("output     ").append(AnswerText.values(answer.output())).append('\n');
        answer.expected()
                .ifPresent(known -> out.append("expected   ")
                        .append(AnswerText.values(known))
                        .append(
                                answer.matches()
                                        ? "   the program with the same values agrees\n"
                                        : "   the program differs\n"));
        return out.toString();
    }

    /** What to do where the two differ: the s-op is read around. */
    DiagnosticException difference() {
        String names = answer.edits().stream()
                .map(SopEdit::sop)
                .distinct()
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return new DiagnosticException(ImmutableList.of(Diagnostic.error(
                        EngineCode.OUTSIDE_COMBINATIONS,
                        "the transformer answers " + AnswerText.values(answer.output()) + ", the program "
                                + answer.expected().map(AnswerText::values).orElse("nothing"))
                .help("something reads around the s-op: compile with --keep " + names)));
    }
}
