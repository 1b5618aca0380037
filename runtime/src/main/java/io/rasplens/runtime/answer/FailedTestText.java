package io.rasplens.runtime.answer;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Astray;
import io.rasplens.runtime.analysis.TestOutcome;
import java.util.List;
import java.util.stream.Collectors;

/** What is told of a failed test: the input, what was expected, what came out, and the first thing that went astray. */
final class FailedTestText {
    private static final int LABEL = 13;
    private static final int MOST_KEYS = 8;

    private final StringBuilder out = new StringBuilder();

    private FailedTestText() {}

    /** @param file the file that is tested; the test may stand in another */
    static String of(TestOutcome outcome, String file) {
        var text = new FailedTestText();
        String source = outcome.test().span().source().name();
        text.out
                .append("        line ")
                .append(outcome.test().span().line())
                .append(source.equals(file) ? "" : " of " + source)
                .append(": ")
                .append(ValuesText.of(outcome.test().input()))
                .append('\n');
        outcome.about()
                .ifPresent(about -> text.out.append("          ").append(about).append('\n'));
        text.line("expected", ValuesText.of(outcome.test().expected()));
        text.side("interpreter", outcome, outcome.interpreter());
        text.side("transformer", outcome, outcome.transformer());
        outcome.astray().ifPresent(astray -> text.astray(astray, outcome));
        return text.out.toString();
    }

    private void side(String name, TestOutcome outcome, Result<ImmutableList<Value>> answer) {
        String told = answer instanceof Result.Success<ImmutableList<Value>> success
                ? ValuesText.of(success.value())
                : Json.brief(answer.diagnostics());
        line(name, told + (outcome.isExpected(answer) ? "" : "   <- differs"));
    }

    private void astray(Astray astray, TestOutcome outcome) {
        String where = astray.name()
                + astray.place().map(place -> " (line " + place.line() + ")").orElse("");
        if (astray.difference() instanceof Astray.KeysDiffer keys) {
            line("goes astray", where + ": position " + keys.position() + " looks at " + keys(keys.actual()));
            line("reference", "position " + keys.position() + " looks at " + keys(keys.expected()));
        } else if (astray.difference() instanceof Astray.ValuesDiffer values) {
            if (outcome.isExpected(Result.success(values.expected()))) {
                line("goes astray", where + "; what comes before it is right");
                return;
            }
            line("goes astray", where + ": " + ValuesText.of(values.actual()));
            line("reference", ValuesText.of(values.expected()));
        } else {
            line("goes astray", where + " fails: " + ((Astray.Failed) astray.difference()).message());
        }
    }

    private void line(String label, String text) {
        out.append("          ")
                .append(Strings.padEnd(label, LABEL, ' '))
                .append(text)
                .append('\n');
    }

    private static String keys(List<Integer> keys) {
        if (keys.isEmpty()) {
            return "no key";
        }
        String shown = keys.stream().limit(MOST_KEYS).map(String::valueOf).collect(Collectors.joining(", "));
        return shown + (keys.size() > MOST_KEYS ? " and " + (keys.size() - MOST_KEYS) + " more" : "");
    }
}
