package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.diagnostic.Severity;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.cli.print.CliCode;

/** Inputs as they are typed. */
public final class Inputs {
    private Inputs() {}

    /** The value of an option; a malformed one is a mistake in the usage, and the parser's own words say which. */
    public static ImmutableList<Value> parse(String option, String text) {
        Result<ImmutableList<Value>> parsed = InputParser.parse(option, text);
        if (parsed instanceof Result.Success<ImmutableList<Value>> success) {
            return success.value();
        }
        throw new DiagnosticException(parsed.diagnostics().stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(d -> d.under(CliCode.BAD_VALUE))
                .collect(ImmutableList.toImmutableList()));
    }

    /** An input must have a token. */
    public static ImmutableList<Value> nonEmpty(ImmutableList<Value> input) {
        if (input.isEmpty()) {
            throw new DiagnosticException(
                    ImmutableList.of(Diagnostic.error(EngineCode.EMPTY_INPUT, "the input is empty")
                            .help("give at least one token: --input abc, or --input '[1, 2, 3]'")));
        }
        return input;
    }
}
