package io.rasplens.runtime.cli.subject;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cli.print.CliCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is compiled, and for which inputs. */
public final class ProgramOptions {
    private static final int MOST_POSITIONS = 1_000_000;

    @Option(
            names = "--sop",
            paramLabel = "NAME",
            description = "The s-op (default: #@ output, else the last one assigned).")
    private @Nullable String sop;

    @Option(
            names = "--vocab",
            paramLabel = "TOKENS",
            description =
                    "Tokens that an input may hold: abc, or '[1, 2, \"x\"]' (default: #@ vocab, else the input's own).")
    private @Nullable String vocabulary;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "The longest input (default: #@ max_length, else the input's length).")
    private @Nullable Integer maxLength;

    @Option(names = "--causal", description = "Nobody sees what comes later, as in a language model.")
    private boolean causal;

    @Option(
            names = "--keep",
            paramLabel = "NAMES|all",
            description = "S-ops that the model must hold, to be read and set, separated by commas; all keeps every one"
                    + " (default: #@ keep).")
    private @Nullable String keep;

    @Option(
            names = "-O",
            paramLabel = "0|1|2",
            description = "-O0: one block per step, as Tracr does it; -O1: legible (default); -O2: smallest.")
    private @Nullable Integer optimization;

    /** What the flags say; nothing where they say nothing. */
    public CompileOptions compileOptions() {
        Level level = level(optimization);
        if (maxLength != null && (maxLength < 1 || maxLength > MOST_POSITIONS)) {
            throw badValue(
                    "--max-length must be from 1 to " + MOST_POSITIONS + ", got " + maxLength,
                    "it counts the tokens of the longest input, BOS aside");
        }
        return new CompileOptions(
                Optional.ofNullable(sop),
                Optional.ofNullable(vocabulary).map(ProgramOptions::tokens),
                maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength),
                causal ? Optional.of(true) : Optional.empty(),
                level,
                Optional.ofNullable(keep).map(ProgramOptions::kept));
    }

    /** The level behind a flag {@code -O}; the default where there is none. */
    public static Level level(@Nullable Integer optimization) {
        return optimization == null
                ? Level.DEFAULT
                : Level.of(optimization)
                        .orElseThrow(() ->
                                badValue("there is no optimisation level " + optimization, "give -O0, -O1 or -O2"));
    }

    /** The flags given, for a message about those that have no effect. */
    public ImmutableList<String> given() {
        var names = ImmutableList.<String>builder();
        if (sop != null) {
            names.add("--sop");
        }
        if (vocabulary != null) {
            names.add("--vocab");
        }
        if (maxLength != null) {
            names.add("--max-length");
        }
        if (causal) {
            names.add("--causal");
        }
        if (keep != null) {
            names.add("--keep");
        }
        return optimization == null ? names.build() : names.add("-O").build();
    }

    /** The flags given, as they would be typed. */
    public ImmutableList<String> arguments() {
        var arguments = ImmutableList.<String>builder();
        if (sop != null) {
            arguments.add("--sop=" + sop);
        }
        if (vocabulary != null) {
            arguments.add("--vocab=" + vocabulary);
        }
        if (maxLength != null) {
            arguments.add("--max-length=" + maxLength);
        }
        if (causal) {
            arguments.add("--causal");
        }
        return optimization == null
                ? arguments.build()
                : arguments.add("-O" + optimization).build();
    }

    private static CompileOptions.Keep kept(String text) {
        if (text.strip().equals("all")) {
            return CompileOptions.Keep.ALL;
        }
        ImmutableList<String> names = Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .splitToStream(text)
                .collect(ImmutableList.toImmutableList());
        if (names.isEmpty()) {
            throw badValue("--keep is empty", "name s-ops, as in --keep length,opposite, or give --keep all");
        }
        return new CompileOptions.Keep(names);
    }

    private static ImmutableList<Value> tokens(String text) {
        ImmutableList<Value> tokens = Inputs.parse("--vocab", text);
        if (tokens.isEmpty()) {
            throw badValue("--vocab is empty", "give at least one token: --vocab abc, or --vocab '[1, 2]'");
        }
        Set<Value> seen = new HashSet<>();
        for (Value token : tokens) {
            if (!seen.add(token)) {
                boolean list = ", ".contains(token.repr().replace("'", ""));
                throw badValue(
                        "--vocab lists the token " + token.repr() + " twice",
                        list && !text.strip().startsWith("[")
                                ? "outside brackets each character is a token; a list stands in them: --vocab '[1, 2, 3]'"
                                : "give each token once");
            }
        }
        return tokens;
    }

    private static DiagnosticException badValue(String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(CliCode.BAD_VALUE, message).help(help)));
    }
}
