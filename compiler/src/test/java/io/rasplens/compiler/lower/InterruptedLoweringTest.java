package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.stack.Interrupted;
import org.junit.jupiter.api.Test;

/** Whoever waits for a compilation can stop it: one of seconds, which can't be over before it is told. */
class InterruptedLoweringTest {
    @Test
    void interruptEndsTheLowering() {
        CompileTarget target = Optimized.target(
                "x = selector_width(select(tokens, tokens, ==)); for i in range(50000) { x = x + 1; }",
                CompileOptions.forVocabulary("a", "b").maxLength(3));
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> new OptimizedLowering(Level.SMALLEST).lower(target))
                    .isInstanceOf(Interrupted.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(new OptimizedLowering(Level.SMALLEST)
                        .lower(target)
                        .orThrow()
                        .config()
                        .nLayers())
                .isEqualTo(1);
    }
}
