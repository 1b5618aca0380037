package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cli.print.CliCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to run on. */
public final class InputOptions {
    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description =
                    "One input: abc is three tokens, '[1, 2, \"x\"]' a list of atoms (default: #@ example); of a model"
                            + " without codec.json, token ids.")
    private @Nullable String input;

    @Option(
            names = "--inputs",
            paramLabel = "FILE|-",
            description = "Many inputs, one per line of a file or of stdin (-), answered in order as they come."
                    + " With --json what is said of the model comes with the first answer alone.")
    private @Nullable String inputs;

    public Optional<ImmutableList<Value>> input() {
        if (input != null && inputs != null) {
            throw new DiagnosticException(ImmutableList.of(
                    Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--input and --inputs exclude each other")
                            .help("give one of them")));
        }
        return Optional.ofNullable(input).map(text -> Inputs.nonEmpty(Inputs.parse("--input", text)));
    }

    public Optional<String> inputs() {
        return Optional.ofNullable(inputs);
    }
}
