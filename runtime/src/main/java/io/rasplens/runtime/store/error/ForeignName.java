package io.rasplens.runtime.store.error;

import io.rasplens.grammar.diagnostic.SafeText;

/** Names out of files, made fit for a message: quoted, without control characters, and not endless. */
public final class ForeignName {
    private static final int LONGEST = 80;
    private static final int LONGEST_SENTENCE = 300;

    private ForeignName() {}

    public static String name(String name) {
        return "'" + shown(name, LONGEST) + "'";
    }

    /** Somebody else's sentence. */
    public static String plain(String text) {
        return shown(text, LONGEST_SENTENCE);
    }

    private static String shown(String text, int most) {
        var out = new StringBuilder();
        text.codePoints().limit(most).forEach(point -> SafeText.append(out, point));
        return text.codePointCount(0, text.length()) > most ? out + "…" : out.toString();
    }
}
