package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;

/** Patterns separated by commas, of which those within braces belong to the pattern. */
public final class NameList {
    private NameList() {}

    /** {@code a,b{c,d}} is {@code a} and {@code b{c,d}}. */
    public static ImmutableList<String> split(String text) {
        var names = ImmutableList.<String>builder();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                names.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        return names.add(text.substring(start).strip()).build();
    }
}
