package io.rasplens.bench;

import io.rasplens.grammar.source.SourceFile;
import java.util.Locale;
import java.util.Random;

/**
 * A large program that nobody would write by hand: 28 times in a row a position computes from what it has where to look next,
 * and reads what stands there. Between two looks lie 108 elementwise s-ops. All values stay among seven numbers.
 */
final class GeneratedProgram {
    static final int SELECTS = 28;

    /** Each of four s-ops. */
    private static final int STEPS_PER_SELECT = 27;

    /** With the aggregates and the two base s-ops, and without constants. */
    static final int SOPS = SELECTS * (4 * STEPS_PER_SELECT + 1) + 2;

    /** Steps of the chain, some three s-ops each. */
    private static final int CHAIN = 1_000;

    private GeneratedProgram() {}

    static SourceFile source() {
        var random = new Random(1);
        var text = new StringBuilder("""
                #@ vocab [0, 1, 2, 3, 4, 5, 6]
                #@ max_length 20
                #@ output x
                tokens = tokens_int;
                x = tokens;
                """);
        for (int i = 0; i < SELECTS; i++) {
            for (int step = 0; step < STEPS_PER_SELECT; step++) {
                text.append(step(random));
            }
            text.append("x = aggregate(select(indices, x, ==), x);\n");
        }
        return SourceFile.of("generated.rasp", text.toString());
    }

    /** A loop of elementwise functions over one width, each with cases of its own. */
    static SourceFile chain() {
        return SourceFile.of("chain.rasp", String.format(Locale.ROOT, """
                #@ vocab [1, 2]
                #@ max_length 3
                x = tokens_int;
                h = selector_width(select(tokens, tokens, ==));
                for i in range(%d) {
                    x = (x + h) if x < i %% 7 else (x - indices) %% 5;
                }
                """, CHAIN));
    }

    private static String step(Random random) {
        int a = 2 + random.nextInt(5);
        int b = 1 + random.nextInt(5);
        return random.nextBoolean()
                ? String.format(Locale.ROOT, "x = (x * %d + tokens + %d) %% 7;\n", a, b)
                : String.format(Locale.ROOT, "x = (%d - x if x > %d else x) %% 7;\n", a + 5, b);
    }
}
