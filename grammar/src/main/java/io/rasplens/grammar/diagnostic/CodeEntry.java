package io.rasplens.grammar.diagnostic;

import java.util.Locale;

/**
 * What a code is called.
 *
 * @param id for example {@code E0203}; warnings begin with {@code W}
 * @param title a few words, the same for every occurrence: {@code unknown name}
 */
public record CodeEntry(String id, String title) {

    /** Of an error with this number. */
    public static CodeEntry error(int number, String title) {
        return new CodeEntry(String.format(Locale.ROOT, "E%04d", number), title);
    }
}
