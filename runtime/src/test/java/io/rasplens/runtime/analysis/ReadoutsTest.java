package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.ActivationCache;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a model can be read for is what the interpreter says it is. */
class ReadoutsTest {
    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        Stream<DynamicTest> direct = CompiledProgram.examples().stream()
                .flatMap(name -> CompiledProgram.possible(name, 0).stream())
                .map(compiled -> DynamicTest.dynamicTest(compiled.name() + " at -O0", () -> check(compiled)));
        Stream<DynamicTest> legible = CompiledProgram.examples().stream()
                .map(name -> DynamicTest.dynamicTest(name + " at -O1", () -> check(CompiledProgram.example(name, 1))));
        return Stream.concat(direct, legible);
    }

    private static void check(CompiledProgram compiled) throws EvaluationException {
        Map<String, SOp> named = new HashMap<>();
        compiled.program().origins().keySet().forEach(node -> {
            if (node instanceof SOp sop) {
                compiled.program().nameOf(sop).ifPresent(name -> named.put(name, sop));
            }
        });
        ImmutableList<SopReadout> readouts = compiled.transformer().model().readouts();
        assertThat(readouts.stream().map(SopReadout::sop))
                .contains(compiled.program().name())
                .doesNotHaveDuplicates();
        for (ImmutableList<Value> input : compiled.inputs(60)) {
            ActivationCache cache = compiled.transformer().runWithCache(input).cache();
            Trace trace = Interpreter.trace(
                    List.of(compiled.program().output()),
                    input,
                    compiled.program().causal());
            for (SopReadout readout : readouts) {
                Optional<ImmutableList<Value>> expected =
                        trace.values(java.util.Objects.requireNonNull(named.get(readout.sop())));
                if (expected.isPresent()
                        && trace.values(compiled.program().output()).isPresent()) {
                    assertThat(Agreement.firstDifference(expected.get(), cache.sop(readout, 0)))
                            .as(readout.sop() + " on " + input + ": " + expected.get() + ", read "
                                    + cache.sop(readout, 0))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aNameIsItsLastBindingAndAnotherGoesByItsLine() {
        CompiledProgram compiled = CompiledProgram.example("detect_pattern", 1);
        ActivationCache cache =
                compiled.transformer().runWithCache(List.of("a", "b", "c")).cache();

        assertThat(cache.sop("here")).isEqualTo(bools(false, false, true));
        assertThat(cache.sop("here@21#1")).isEqualTo(bools(true, false, false));
        assertThat(cache.sop("detect_pattern")).isEqualTo(bools(false, false, true));
        assertThatThrownBy(() -> cache.sop("here@21"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("any of several");
        assertThatThrownBy(() -> cache.sop("here@7")).isInstanceOf(EngineException.class);
    }

    @Test
    void whatIsAffineInTheStreamIsReadable() {
        CompiledProgram compiled = CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                hist = selector_width(select(tokens, tokens, ==));
                less = 2 * hist - 1;
                first = aggregate(select(indices, 0, ==), less);
                #@ keep hist
                """, 1);
        ActivationCache cache =
                compiled.transformer().runWithCache(List.of("a", "b", "a")).cache();
        SopReadout less = compiled.transformer().model().readouts().stream()
                .filter(readout -> readout.sop().equals("less"))
                .findFirst()
                .orElseThrow();

        assertThat(cache.sop("less")).isEqualTo(List.of(Value.of(3), Value.of(1), Value.of(3)));
        assertThat(less.name().line()).isEqualTo(OptionalInt.of(4));
        assertThat(less.encodings()).as("it is only a combination").isEmpty();
        assertThat(cache.sop("hist@3")).isEqualTo(cache.sop("hist"));
    }

    private static List<Value> bools(boolean... values) {
        var out = ImmutableList.<Value>builder();
        for (boolean value : values) {
            out.add(Value.of(value));
        }
        return out.build();
    }
}
