package io.rasplens.runtime.view;

import com.google.common.base.CharMatcher;

/** Folds what is wider than a terminal. */
public final class FoldLine {
    private FoldLine() {}

    /**
     * The line in pieces of at most {@code width} characters, broken where {@code between} stands, of which the spaces go; a word that is
     * wider keeps a piece of its own.
     *
     * @param hang what the second and all further pieces begin with
     * @return the pieces, each ended by a line feed
     */
    public static String fold(String line, int width, String hang, String between) {
        String stays = between.stripTrailing();
        var out = new StringBuilder();
        String rest = line;
        int start = CharMatcher.isNot(' ').indexIn(line);
        while (rest.length() > width) {
            int cut = rest.lastIndexOf(between, width - stays.length());
            if (cut <= start) {
                cut = rest.indexOf(between, start + 1);
            }
            if (cut <= start) {
                break;
            }
            out.append(rest, 0, cut + stays.length()).append('\n');
            rest = hang + rest.substring(cut + between.length());
            start = hang.length();
        }
        return out.append(rest).append('\n').toString();
    }
}
