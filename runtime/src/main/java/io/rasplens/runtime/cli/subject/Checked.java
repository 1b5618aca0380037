package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
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

    /** Shows warnings; with an error among them, all are thrown. */
    public static void warned(Console console, ImmutableList<Diagnostic> diagnostics) {
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            throw new DiagnosticException(diagnostics);
        }
        Report.print(console, diagnostics);
    }
}
