package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.view.parts.Savings;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A program at both levels of optimisation, side by side.
 *
 * @param levels the model at each level, or why there is none
 */
public record SizeTable(ImmutableList<Result<CompiledModel>> levels) {
    private static final int LEVELS = 2;

    /**
     * Compiles what is missing.
     *
     * @param program what the model was made from
     * @param made the model at the level that was asked for, with its program; only the other one is still to be compiled
     */
    public static SizeTable of(RaspProgram program, CompiledModel made) {
        ProgramSource source = made.program().orElseThrow();
        var target = new CompileTarget(program, source.vocabulary(), source.maxLength());
        return new SizeTable(IntStream.range(0, LEVELS)
                .mapToObj(level -> level == source.optimization() ? Result.success(made) : lower(target, level))
                .collect(ImmutableList.toImmutableList()));
    }

    /** The table as text. A level at which the program can't be compiled shows why instead of numbers. */
    public String text() {
        var cells = ImmutableList.<ImmutableList<String>>builder();
        var refusals = new StringBuilder();
        for (int level = 0; level < LEVELS; level++) {
            if (levels.get(level) instanceof Result.Success<CompiledModel> success) {
                cells.add(new ModelSummary(success.value()).column());
            } else {
                cells.add(ImmutableList.of());
                refusals.append("  -O")
                        .append(level)
                        .append(" refused: ")
                        .append(reason(levels.get(level)))
                        .append('\n');
            }
        }
        return table(cells.build()) + refusals;
    }

    /** What -O1 saves, where there is something to compare with. */
    public Optional<Savings> savings() {
        return levels.get(0) instanceof Result.Success<CompiledModel> direct
                        && levels.get(1) instanceof Result.Success<CompiledModel> optimized
                ? Optional.of(Savings.of(direct.value(), optimized.value()))
                : Optional.empty();
    }

    /** Why there is nothing to compare with; nothing where there is. */
    public Optional<Diagnostic> refusal() {
        return levels.stream().flatMap(level -> error(level).stream()).findFirst();
    }

    private static String table(ImmutableList<ImmutableList<String>> columns) {
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(ImmutableList.of("", "-O0", "-O1"));
        ImmutableList<String> names = ModelSummary.rowNames();
        for (int i = 0; i < names.size(); i++) {
            var row = ImmutableList.<String>builder().add("  " + names.get(i));
            for (ImmutableList<String> column : columns) {
                row.add(column.isEmpty() ? "-" : column.get(i));
            }
            rows.add(row.build());
        }
        return Text.table(rows.build());
    }

    /** A level that does not fit into memory is one that refuses; the model asked for is written by now. */
    private static Result<CompiledModel> lower(CompileTarget target, int level) {
        try {
            return RaspCompiler.lower(target, CompileOptions.DEFAULT.optimization(level));
        } catch (OutOfMemoryError e) {
            return Result.failure(Diagnostic.error(CliCode.OUT_OF_MEMORY, CliCode.OUT_OF_MEMORY.title()));
        }
    }

    private static String reason(Result<?> refused) {
        return error(refused).map(Diagnostic::message).orElse("unknown reason");
    }

    private static Optional<Diagnostic> error(Result<?> level) {
        return level instanceof Result.Failure<?> failure
                ? failure.diagnostics().stream().filter(Diagnostic::isError).findFirst()
                : Optional.empty();
    }
}
