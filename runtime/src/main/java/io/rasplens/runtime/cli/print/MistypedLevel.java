package io.rasplens.runtime.cli.print;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An optimization level typed with a zero for the letter, a small letter, or a dash too many. */
public final class MistypedLevel {
    private static final Pattern FORM = Pattern.compile("(?:-0|--[oO0])([0-2])");

    private MistypedLevel() {}

    /** The question whether a level was meant; nothing for any other word. */
    public static Optional<String> question(String word) {
        Matcher form = FORM.matcher(word);
        return form.matches() ? Optional.of("did you mean -O" + form.group(1) + "?") : Optional.empty();
    }
}
