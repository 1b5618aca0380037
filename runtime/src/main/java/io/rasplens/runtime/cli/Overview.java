package io.rasplens.runtime.cli;

import com.google.common.base.Strings;

/** The help of the whole command. */
final class Overview {
    private static final int COLUMN = 13;

    private Overview() {}

    static String text() {
        var out = new StringBuilder("""
                rasp: write a transformer as a program, compile it to weights, look inside it run.

                Usage: rasp VERB FILE [options]

                Verbs:
                """);
        for (Verb verb : Verb.values()) {
            out.append("  ")
                    .append(Strings.padEnd(verb.word(), COLUMN, ' '))
                    .append(verb.summary())
                    .append('\n');
        }
        return out.append("""

                        Start here:
                          rasp run examples/reverse.rasp
                          rasp run examples/hist.rasp --input abca
                          rasp help run

                        Exit codes: 0 fine, 1 program rejected or check failed, 2 usage, 3 files, 70 a fault of rasp,
                        141 a pipe whose reader left.
                        """).toString();
    }
}
