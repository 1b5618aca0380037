package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.BitSet;

/**
 * A pattern over names: {@code *} is any run of characters, {@code ?} any one, {@code {a,b}} either.
 *
 * <p>Each part takes the set of places where a match may have come to, to the set of those where it may go on. So the time is
 * bounded by the pattern's length times the square of the name's, which a backtracking regular expression cannot promise.
 */
final class NamePattern {
    private static final int DEPTH = 20;

    private final Part whole;

    private NamePattern(Part whole) {
        this.whole = whole;
    }

    static NamePattern parse(String text) {
        return new NamePattern(new Parser(text).whole());
    }

    boolean matches(String name) {
        var start = new BitSet();
        start.set(0);
        return whole.after(start, name).get(name.length());
    }

    /** One part of a pattern. */
    @FunctionalInterface
    private interface Part {
        /** The places in the name just behind this part, if it begins at one of {@code starts}. */
        BitSet after(BitSet starts, String name);
    }

    private static BitSet literal(char wanted, BitSet starts, String name) {
        var ends = new BitSet();
        starts.stream()
                .filter(at -> at < name.length() && name.charAt(at) == wanted)
                .forEach(at -> ends.set(at + 1));
        return ends;
    }

    private static BitSet anyOne(BitSet starts, String name) {
        var ends = new BitSet();
        starts.stream().filter(at -> at < name.length()).forEach(at -> ends.set(at + 1));
        return ends;
    }

    private static BitSet anyRun(BitSet starts, String name) {
        var ends = new BitSet();
        if (!starts.isEmpty()) {
            ends.set(starts.nextSetBit(0), name.length() + 1);
        }
        return ends;
    }

    private static BitSet sequence(ImmutableList<Part> parts, BitSet starts, String name) {
        BitSet places = starts;
        for (Part part : parts) {
            places = part.after(places, name);
        }
        return places;
    }

    private static BitSet either(ImmutableList<Part> options, BitSet starts, String name) {
        var ends = new BitSet();
        options.forEach(option -> ends.or(option.after(starts, name)));
        return ends;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Part whole() {
            Part part = sequence(0);
            if (at < text.length()) {
                throw error("unbalanced braces");
            }
            return part;
        }

        /** Up to what cannot belong to it: the end, a brace that closes, or, within braces, a comma. */
        private Part sequence(int depth) {
            var parts = ImmutableList.<Part>builder();
            while (at < text.length() && text.charAt(at) != '}' && !(depth > 0 && text.charAt(at) == ',')) {
                char c = text.charAt(at++);
                switch (c) {
                    case '*' -> parts.add(NamePattern::anyRun);
                    case '?' -> parts.add(NamePattern::anyOne);
                    case '{' -> parts.add(either(depth + 1));
                    default -> parts.add((starts, name) -> literal(c, starts, name));
                }
            }
            ImmutableList<Part> all = parts.build();
            return (starts, name) -> NamePattern.sequence(all, starts, name);
        }

        private Part either(int depth) {
            if (depth > DEPTH) {
                throw error("too deeply nested braces");
            }
            var options = ImmutableList.<Part>builder();
            options.add(sequence(depth));
            while (at < text.length() && text.charAt(at) == ',') {
                at++;
                options.add(sequence(depth));
            }
            if (at == text.length()) {
                throw error("unbalanced braces");
            }
            at++;
            ImmutableList<Part> all = options.build();
            return (starts, name) -> NamePattern.either(all, starts, name);
        }

        private EngineException error(String what) {
            return new EngineException(
                    EngineCode.UNKNOWN_HOOK, what + " in the hook pattern '" + HookFilter.shown(text) + "'");
        }
    }
}
