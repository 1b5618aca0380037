package io.rasplens.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorTest {
    @ParameterizedTest
    @EnumSource(BinaryKind.class)
    void exchangingTheSidesTwiceIsNothing(BinaryKind kind) {
        assertThat(kind.mirrored().mirrored()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(BinaryKind.class)
    void aMirroredComparisonSaysTheSameOfExchangedSides(BinaryKind kind) {
        if (!kind.isComparison()) {
            assertThat(kind.mirrored()).isEqualTo(kind);
            return;
        }
        for (int left = 0; left < 3; left++) {
            Value a = Value.of(left);
            Value b = Value.of(1);
            assertThat(Attempt.of(() -> Operators.apply(new Operator.Binary(kind.mirrored()), ImmutableList.of(b, a))))
                    .isPresent()
                    .isEqualTo(Attempt.of(() -> Operators.apply(new Operator.Binary(kind), ImmutableList.of(a, b))));
        }
    }
}
