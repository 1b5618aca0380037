package io.rasplens.examples.lessons;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing to try: how the program changes, and what comes out.
 *
 * @param input as in a {@code #@ test} line
 * @param output as there; empty if it fails
 * @param failure the code of the error; empty if it does not fail
 */
record LessonChange(String program, String input, Optional<String> output, Optional<String> failure) {
    private static final Pattern REPLACED = Pattern.compile("`([^`]+)` by `([^`]+)`");
    private static final Pattern EFFECT =
            Pattern.compile("On `([^`]+)` it (?:gives `([^`]+)`|fails with `(E\\d{4})`)\\.");

    /**
     * Reads an item of the section {@code Change}.
     *
     * @param program the lesson's program, without its tests
     */
    static LessonChange of(String item, String program) {
        Matcher effect = EFFECT.matcher(item);
        if (!effect.find()) {
            throw new IllegalArgumentException("no 'On `input` it gives `output`.' in: " + item);
        }
        String order = item.substring(0, effect.start());
        String changed = program;
        if (order.startsWith("Replace ")) {
            ImmutableList<MatchResult> pairs =
                    REPLACED.matcher(order).results().collect(ImmutableList.toImmutableList());
            for (MatchResult pair : pairs) {
                changed = once(changed, pair.group(1), pair.group(2));
            }
        } else if (order.startsWith("Remove `")) {
            changed = once(changed, order.split("`", -1)[1], "");
        } else if (order.startsWith("Add `")) {
            changed = changed + "\n" + order.split("`", -1)[1] + "\n";
        } else if (!order.isBlank()) {
            throw new IllegalArgumentException("an item begins with Replace, Remove, Add or On: " + item);
        }
        return new LessonChange(
                changed, effect.group(1), Optional.ofNullable(effect.group(2)), Optional.ofNullable(effect.group(3)));
    }

    /** The changed program with what should come out as its only test; what fails is tested against anything. */
    String tested() {
        return program + "\n#@ test " + input + " == " + output.orElse(input) + "\n";
    }

    private static String once(String text, String old, String replacement) {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new IllegalArgumentException("'" + old + "' does not stand exactly once in\n" + text);
        }
        return text.substring(0, at) + replacement + text.substring(at + old.length());
    }
}
