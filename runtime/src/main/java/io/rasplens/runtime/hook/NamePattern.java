package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;

/**
 * A pattern over names: {@code *} is any run of characters, {@code ?} any one, {@code {a,b}} either.
 *
 * <p>Each part takes the set of places where a match may have come to, to the set of those where it may go on; a set is the
 * bits of a {@code long}, as no name is longer than that. So the time is bounded by the pattern's length times the name's,
 * which a backtracking regular expression cannot promise.
 */
final class NamePattern {
    private static final int DEPTH = 20;

    private final PatternPart whole;

    private NamePattern(PatternPart whole) {
        this.whole = whole;
    }

    static NamePattern parse(String text) {
        return new NamePattern(new Parser(text).whole());
    }

    /** Whether the text has a character that means something else than itself. */
    static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?{}".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    boolean matches(String name) {
        if (name.length() >= Long.SIZE) {
            throw new IllegalArgumentException("no hook point has so long a name: " + name);
        }
        return (whole.after(1, name) >>> name.length() & 1) == 1;
    }

    /** One part of a pattern. */
    @FunctionalInterface
    private interface PatternPart {
        /** The places in the name just behind this part, if it begins at one of {@code starts}. */
        long after(long starts, String name);
    }

    private static long literal(String wanted, long starts, String name) {
        long ends = 0;
        for (long left = starts; left != 0; left &= left - 1) {
            int at = Long.numberOfTrailingZeros(left);
            if (name.startsWith(wanted, at)) {
                ends |= 1L << (at + wanted.length());
            }
        }
        return ends;
    }

    private static long anyOne(long starts, String name) {
        return starts << 1 & upTo(name);
    }

    private static long anyRun(long starts, String name) {
        return starts == 0 ? 0 : -Long.lowestOneBit(starts) & upTo(name);
    }

    /** All places of a name, its end among them. */
    private static long upTo(String name) {
        return -1L >>> (Long.SIZE - 1 - name.length());
    }

    private static long sequence(ImmutableList<PatternPart> parts, long starts, String name) {
        long places = starts;
        for (PatternPart part : parts) {
            places = part.after(places, name);
        }
        return places;
    }

    private static long either(ImmutableList<PatternPart> options, long starts, String name) {
        long ends = 0;
        for (PatternPart option : options) {
            ends |= option.after(starts, name);
        }
        return ends;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        PatternPart whole() {
            PatternPart part = sequence(0);
            if (at < text.length()) {
                throw error("unbalanced braces");
            }
            return part;
        }

        /** Up to what cannot belong to it: the end, a brace that closes, or, within braces, a comma. */
        private PatternPart sequence(int depth) {
            var parts = ImmutableList.<PatternPart>builder();
            while (at < text.length() && !ends(depth)) {
                char c = text.charAt(at);
                switch (c) {
                    case '*' -> parts.add(NamePattern::anyRun);
                    case '?' -> parts.add(NamePattern::anyOne);
                    case '{' -> {
                        at++;
                        parts.add(either(depth + 1));
                        continue;
                    }
                    default -> {
                        parts.add(literal(depth));
                        continue;
                    }
                }
                at++;
            }
            ImmutableList<PatternPart> all = parts.build();
            return (starts, name) -> NamePattern.sequence(all, starts, name);
        }

        private boolean ends(int depth) {
            return text.charAt(at) == '}' || (depth > 0 && text.charAt(at) == ',');
        }

        private PatternPart literal(int depth) {
            int from = at;
            while (at < text.length() && !ends(depth) && "*?{".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String wanted = text.substring(from, at);
            return (starts, name) -> NamePattern.literal(wanted, starts, name);
        }

        private PatternPart either(int depth) {
            if (depth > DEPTH) {
                throw error("too deeply nested braces");
            }
            var options = ImmutableList.<PatternPart>builder();
            options.add(sequence(depth));
            while (at < text.length() && text.charAt(at) == ',') {
                at++;
                options.add(sequence(depth));
            }
            if (at == text.length()) {
                throw error("unbalanced braces");
            }
            at++;
            ImmutableList<PatternPart> all = options.build();
            return (starts, name) -> NamePattern.either(all, starts, name);
        }

        private EngineException error(String what) {
            return new EngineException(
                    EngineCode.UNKNOWN_HOOK, what + " in the hook pattern '" + HookFilter.shown(text) + "'");
        }
    }
}
