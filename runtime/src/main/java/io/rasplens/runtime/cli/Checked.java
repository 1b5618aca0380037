package io.rasplens.runtime.cli;

import io.rasplens.grammar.diagnostic.Result;

/** Results at the edge: a value with its warnings shown, or the failure thrown to where it is printed. */
final class Checked {
    private Checked() {}

    static <T> T value(Console console, Result<T> result) {
        T value = result.orThrow();
        Report.print(console, result.diagnostics());
        return value;
    }
}
