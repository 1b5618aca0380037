package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.view.parts.Savings;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program at all levels, side by side.
 *
 * @param compared the level that is compared with the direct layout
 * @param levels the model at each level, or why there is none
 */
public record SizeTable(Level compared, ImmutableMap<Level, Result<CompiledModel>> levels) {

    /**
     * Compiles what is missing.
     *
     * @param program what the model was made from
     * @param made the model at the level that was asked for, with its program; only the others are still to be compiled
     */
    public static SizeTable of(RaspProgram program, CompiledModel made) {
        ProgramSource source = made.program().orElseThrow();
        var target = new CompileTarget(program, source.vocabulary(), source.maxLength());
        var levels = ImmutableMap.<Level, Result<CompiledModel>>builder();
        for (Level level : Level.values()) {
            levels.put(level, level == source.level() ? Result.success(made) : lower(target, level));
        }
        return new SizeTable(source.level() == Level.DIRECT ? Level.DEFAULT : source.level(), levels.buildOrThrow());
    }

    /** The table as text. A level at which the program can't be compiled shows why instead of numbers. */
    public String text() {
        var cells = ImmutableList.<ImmutableList<String>>builder();
        var refusals = new StringBuilder();
        levels.forEach((level, result) -> {
            if (result instanceof Result.Success<CompiledModel> success) {
                cells.add(new ModelSummary(success.value()).column());
            } else {
                cells.add(ImmutableList.of());
                refusals.append("  ")
                        .append(level.flag())
                        .append(" refused: ")
                        .append(reason(result))
                        .append('\n');
            }
        });
        return table(cells.build()) + refusals;
    }

    /** What the level compared saves, where there is something to compare with. */
    public Optional<Savings> savings() {
        return levels.get(Level.DIRECT) instanceof Result.Success<CompiledModel> direct
                        && levels.get(compared) instanceof Result.Success<CompiledModel> optimized
                ? Optional.of(Savings.of(direct.value(), optimized.value()))
                : Optional.empty();
    }

    /** Why there is nothing to compare with; nothing where there is. */
    public Optional<Diagnostic> refusal() {
        return Stream.of(Level.DIRECT, compared)
                .flatMap(level -> error(levels.get(level)).stream())
                .findFirst();
    }

    private static String table(ImmutableList<ImmutableList<String>> columns) {
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(Stream.concat(Stream.of(""), Stream.of(Level.values()).map(Level::flag))
                .collect(ImmutableList.toImmutableList()));
        ImmutableList<String> names = ModelSummary.rowNames();
        for (int i = 0; i < names.size(); i++) {
            var row = ImmutableList.<String>builder().add("  " + names.get(i));
            for (ImmutableList<String> column : columns) {
                row.add(column.isEmpty() ? "-" : column.get(i));
            }
            rows.add(row.build());
        }
        return AnswerText.table(rows.build());
    }

    /** A level that does not fit into memory is one that refuses; the model asked for is written by now. */
    private static Result<CompiledModel> lower(CompileTarget target, Level level) {
        try {
            return RaspCompiler.stages(target, CompileOptions.DEFAULT.level(level))
                    .then(Stages::model);
        } catch (OutOfMemoryError e) {
            return Result.failure(Diagnostic.error(CliCode.OUT_OF_MEMORY, CliCode.OUT_OF_MEMORY.title()));
        }
    }

    private static String reason(Result<?> refused) {
        return error(refused).map(Diagnostic::message).orElse("unknown reason");
    }

    private static Optional<Diagnostic> error(@Nullable Result<?> level) {
        return level instanceof Result.Failure<?> failure
                ? failure.diagnostics().stream().filter(Diagnostic::isError).findFirst()
                : Optional.empty();
    }
}
