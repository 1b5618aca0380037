package io.rasplens.grammar.diagnostic;

import com.google.common.base.Strings;

/**
 * What a code is called.
 *
 * @param id for example {@code E0203}; warnings begin with {@code W}
 * @param title a few words, the same for every occurrence: {@code unknown name}
 */
public record CodeEntry(String id, String title) {

    /** Of an error with this number. */
    public static CodeEntry error(int number, String title) {
        return new CodeEntry("E" + Strings.padStart(Integer.toString(number), 4, '0'), title);
    }
}
