package io.rasplens.runtime.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * Settles what belongs to {@code --plot}: the next word only if it names a picture, so that
 * {@code rasp cache --plot reverse.rasp} draws in the terminal. A picture of another kind than SVG is left to the verb to refuse.
 */
final class SeparateValues {
    private static final String PLOT = "--plot";
    private static final ImmutableSet<String> PICTURES = ImmutableSet.of(
            "svg", "svgz", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "pdf", "ps", "eps", "html",
            "dot");

    private SeparateValues() {}

    static ImmutableList<String> of(String... arguments) {
        var words = ImmutableList.<String>builder();
        for (int i = 0; i < arguments.length; i++) {
            boolean alone = arguments[i].equals(PLOT) && (i + 1 == arguments.length || !isPicture(arguments[i + 1]));
            words.add(alone ? PLOT + "=" : arguments[i]);
        }
        return words.build();
    }

    private static boolean isPicture(String word) {
        return PICTURES.contains(Ascii.toLowerCase(word.substring(word.lastIndexOf('.') + 1))) && word.contains(".");
    }
}
