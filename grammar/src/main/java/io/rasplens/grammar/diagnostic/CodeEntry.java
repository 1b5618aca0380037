package io.rasplens.grammar.diagnostic;

/**
 * What a code is called.
 *
 * @param id for example {@code E0203}; warnings begin with {@code W}
 * @param title a few words, the same for every occurrence: {@code unknown name}
 */
public record CodeEntry(String id, String title) {
    private static final int FIRST_OF_FIVE_DIGITS = 10_000;

    /** Of an error with this number. */
    public static CodeEntry error(int number, String title) {
        return new CodeEntry(
                "E" + Integer.toString(FIRST_OF_FIVE_DIGITS + number).substring(1), title);
    }
}
