package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstExactTest {
    private final Lowering smallest = new OptimizedLowering(Level.SMALLEST);
    private final Lowering legible = new OptimizedLowering(Level.LEGIBLE);
    private final CompileTarget target =
            Optimized.target("#@ vocab [1]\n#@ max_length 2\nx = tokens;\n", CompileOptions.DEFAULT);
    private final List<LoweringWay> tried = new ArrayList<>();

    /** Where there is no circuit harder scores make none: each level writes its plain way, or its careful one, once. */
    @Test
    void whatIsRefusedIsNotWrittenAgainButHarder() {
        Result<Stages> refused = FirstExact.of(
                ImmutableList.of(
                        way(smallest, 100, false),
                        way(smallest, 200, false),
                        way(smallest, 100, true),
                        way(smallest, 200, true),
                        way(legible, 100, false),
                        way(legible, 200, false),
                        way(legible, 100, true),
                        way(legible, 200, true)),
                target,
                this::refused);

        assertThat(tried).containsExactly(way(smallest, 100, false), way(smallest, 100, true), way(legible, 100, true));
        assertThat(((Result.Failure<Stages>) refused).diagnostics().get(0).message())
                .isEqualTo("the first");
    }

    private static LoweringWay way(Lowering level, double hardness, boolean careful) {
        return new LoweringWay(level, hardness, careful, LoweringWay.ListedAnswer.NEAREST);
    }

    private Result<Stages> refused(LoweringWay way) {
        tried.add(way);
        return Result.failure(Diagnostic.error(
                CompileCode.TOO_MANY_UNITS,
                tried.size() == 1 ? "the first" : "another",
                new Span(SourceFile.of("x.rasp", ""), 0, 0)));
    }
}
