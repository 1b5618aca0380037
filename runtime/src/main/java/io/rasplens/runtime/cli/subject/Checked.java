package io.rasplens.runtime.cli.subject;

import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Report;

/** Results at the edge: a value with its warnings shown, or the failure thrown to where it is printed. */
public final class Checked {
    private Checked() {}

    public static <T> T value(Console console, Result<T> result) {
        T value = result.orThrow();
        Report.print(console, result.diagnostics());
        return value;
    }
}
