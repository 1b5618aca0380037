package io.rasplens.compiler.infer.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValuesBySituationTest {
    private static final int SITUATIONS = 40;

    @Test
    void eachSituationHasWhatWasAddedToIt() {
        var random = new Random(8);
        for (int run = 0; run < 200; run++) {
            var values = new ValuesBySituation(SITUATIONS);
            List<Set<Value>> expected =
                    Stream.<Set<Value>>generate(HashSet::new).limit(SITUATIONS).toList();
            for (int step = 0; step < 12; step++) {
                Value value = step % 2 == 0 ? Value.of(random.nextInt(3)) : Value.of((double) random.nextInt(3));
                var situations = new BitSet();
                for (int s = 0; s < SITUATIONS; s++) {
                    if (random.nextInt(3) == 0) {
                        situations.set(s);
                        expected.get(s).add(value);
                    }
                }
                values.add(value, situations);
            }
            for (int s = 0; s < SITUATIONS; s++) {
                assertThat(values.in(s)).isEqualTo(expected.get(s));
                assertThat(values.ofKind(values.kind(s))).isEqualTo(expected.get(s));
                assertThat(values.kind(s)).isLessThan(values.kinds());
            }
        }
    }

    @Test
    void situationsOfOneKindShareIt() {
        var values = new ValuesBySituation(3);
        var first = new BitSet();
        first.set(0, 2);
        var all = new BitSet();
        all.set(0, 3);

        values.add(Value.of("a"), first);
        values.add(Value.of("b"), all);
        values.add(Value.of("a"), first);

        assertThat(values.kind(0)).isEqualTo(values.kind(1)).isNotEqualTo(values.kind(2));
    }
}
