package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Report;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says of inputs that the interpreter takes, whatever they are, that they go beyond the vocabulary or the length that an option
 * names: the transformer would refuse them. Of many inputs each thing is said once.
 */
public final class BeyondOptions {
    private static final int MOST_TOLD = 20;

    private final Console console;
    private final CompileOptions options;
    private final Set<String> told = new HashSet<>();

    public BeyondOptions(Console console, CompileOptions options) {
        this.console = console;
        this.options = options;
    }

    /** Is called by several threads at once. */
    public synchronized void warn(ImmutableList<Value> input) {
        beyond(input)
                .filter(warning -> told.size() < MOST_TOLD && told.add(warning.message()))
                .ifPresent(warning -> Report.print(console, ImmutableList.of(warning)));
    }

    private Optional<Diagnostic> beyond(ImmutableList<Value> input) {
        if (options.maxLength().isPresent()
                && input.size() > options.maxLength().getAsInt()) {
            return Optional.of(Diagnostic.error(
                            EngineCode.INPUT_TOO_LONG,
                            "the input has " + input.size() + " tokens, and --max-length is "
                                    + options.maxLength().getAsInt())
                    .help("the interpreter answers all the same; 'rasp run' refuses it")
                    .asWarning());
        }
        return options.vocabulary()
                .flatMap(known -> input.stream()
                        .filter(token -> known.stream().noneMatch(token::raspEquals))
                        .findFirst()
                        .map(token -> Diagnostic.error(
                                        EngineCode.UNKNOWN_TOKEN,
                                        "the token " + token.repr() + " is not in the vocabulary of --vocab")
                                .help("the interpreter answers all the same; 'rasp run' refuses it")
                                .asWarning()));
    }
}
