package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;

class AttemptTest {
    @Test
    void whatSucceedsComesOut() {
        assertThat(Attempt.of(() -> Operators.compare(Comparison.LESS, Value.of(1), Value.of(2))))
                .contains(true);
    }

    @Test
    void whatFailsIsNothing() {
        assertThat(Attempt.of(() -> Operators.compare(Comparison.LESS, Value.of("a"), Value.of(2))))
                .isEmpty();
    }

    @Test
    void aMistakeOfOursIsNotSwallowed() {
        assertThatThrownBy(() -> Attempt.of(() -> {
                    throw new IllegalStateException("ours");
                }))
                .hasMessage("ours");
    }
}
