package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;

/**
 * Settles what belongs to {@code --plot}: the next word only if it names an SVG, so that
 * {@code rasp cache --plot reverse.rasp} draws in the terminal.
 */
final class SeparateValues {
    private static final String PLOT = "--plot";

    private SeparateValues() {}

    static ImmutableList<String> of(String... arguments) {
        var words = ImmutableList.<String>builder();
        for (int i = 0; i < arguments.length; i++) {
            boolean alone =
                    arguments[i].equals(PLOT) && (i + 1 == arguments.length || !arguments[i + 1].endsWith(".svg"));
            words.add(alone ? PLOT + "=" : arguments[i]);
        }
        return words.build();
    }
}
