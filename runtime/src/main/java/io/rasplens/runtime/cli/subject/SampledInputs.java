package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.analysis.VerifyOptions;
import io.rasplens.runtime.cli.print.CliCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say on how many inputs something is tried, and on which. */
public final class SampledInputs {
    /** Of a model that doesn't say how long its inputs are meant to be. */
    private static final int LONGEST_OF_IMPORTED = 10;

    private static final int DEFAULT_BUDGET = 200;

    /** All are held at once, and those of one length run together. */
    private static final int MOST_HELD = 100_000;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "Inputs to try, at most (default: " + DEFAULT_BUDGET + ").")
    private @Nullable Integer budget;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses them; the same seed gives the same ones (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    /** Whether somebody asked for so many. */
    public boolean budgetIsGiven() {
        return budget != null;
    }

    public int budget() {
        if (budget == null) {
            return DEFAULT_BUDGET;
        }
        if (budget < 1) {
            throw new DiagnosticException(
                    ImmutableList.of(Diagnostic.error(CliCode.BAD_VALUE, "--budget must be at least 1, got " + budget)
                            .help("it counts the inputs that are tried")));
        }
        if (budget > MOST_HELD) {
            throw new DiagnosticException(
                    ImmutableList.of(
                            Diagnostic.error(
                                            CliCode.BAD_VALUE,
                                            "--budget must be at most " + MOST_HELD + ", got " + budget)
                                    .help(
                                            "these inputs are held in memory all at once; 'rasp verify' compares on as many as you like")));
        }
        return budget;
    }

    public long seed() {
        return seed;
    }

    /** Inputs over the model's vocabulary, as long as it is made for. */
    public ImmutableList<ImmutableList<Value>> of(CompiledModel model) {
        TokenEncoder encoder = model.encoder()
                .filter(known -> model.decoder().isPresent())
                .orElseThrow(() -> new DiagnosticException(ImmutableList.of(
                        Diagnostic.error(EngineCode.NO_CODEC, "the model knows neither tokens nor answers, only ids")
                                .help("give --codec with what they mean"))));
        int length = model.program()
                .map(ProgramSource::maxLength)
                .orElse(Math.min(LONGEST_OF_IMPORTED, model.config().nCtx() - 1));
        return VerifyOptions.of(encoder.tokens(), Math.max(1, length))
                .budget(budget())
                .seed(seed)
                .inputs();
    }
}
