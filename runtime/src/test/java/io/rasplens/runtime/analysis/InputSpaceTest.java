package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputSpaceTest {
    private static final ImmutableList<Value> AB = ImmutableList.of(Value.of("a"), Value.of("b"));

    @Test
    void allInputsWithinTheBudget() {
        var space = new InputSpace(VerifyOptions.of(AB, 3).budget(14));

        List<ImmutableList<Value>> inputs = collect(space);

        assertThat(space.exhaustive()).isTrue();
        assertThat(inputs).hasSize(2 + 4 + 8).doesNotHaveDuplicates();
        assertThat(inputs.get(0)).containsExactly(AB.get(0));
        assertThat(inputs.get(13)).containsExactly(AB.get(1), AB.get(1), AB.get(1));
    }

    @Test
    void beyondTheBudgetTheShortOnesAndASample() {
        var space = new InputSpace(VerifyOptions.of(AB, 9).budget(100));

        List<ImmutableList<Value>> inputs = collect(space);

        assertThat(space.exhaustive()).isFalse();
        assertThat(inputs).hasSize(100);
        assertThat(new HashSet<>(inputs.subList(0, 30)))
                .as("2 + 4 + 8 + 16 short ones")
                .hasSize(30);
        assertThat(inputs.subList(30, 100)).allMatch(input -> input.size() >= 5 && input.size() <= 9);
        assertThat(inputs.subList(30, 100).stream().filter(input -> input.size() == 9))
                .as("half are as long as they get")
                .hasSizeGreaterThan(25);
    }

    /** Half of the budget goes to short inputs as long as all of one length fit in. */
    @Test
    void halfOfTheBudgetIsForTheShortOnes() {
        List<ImmutableList<Value>> inputs =
                collect(new InputSpace(VerifyOptions.of(AB, 9).budget(60)));
        assertThat(new HashSet<>(inputs.subList(0, 30))).hasSize(30).allMatch(input -> input.size() <= 4);
        assertThat(inputs.subList(30, 60)).allMatch(input -> input.size() >= 5);
        List<ImmutableList<Value>> less =
                collect(new InputSpace(VerifyOptions.of(AB, 9).budget(59)));
        assertThat(new HashSet<>(less.subList(0, 14))).hasSize(14).allMatch(input -> input.size() <= 3);
        assertThat(less.subList(14, 59)).allMatch(input -> input.size() >= 4);
    }

    @Test
    void theSampleDependsOnTheSeedAlone() {
        var options = VerifyOptions.of(AB, 40).budget(50);

        assertThat(collect(new InputSpace(options))).isEqualTo(collect(new InputSpace(options)));
        assertThat(collect(new InputSpace(options))).isNotEqualTo(collect(new InputSpace(options.seed(2))));
    }

    @Test
    void moreInputsThanALongCountsAreSampled() {
        ImmutableList<Value> many =
                IntStream.range(0, 1000).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
        var space = new InputSpace(VerifyOptions.of(many, 1000).budget(10));

        assertThat(space.exhaustive()).isFalse();
        assertThat(collect(space)).hasSize(10);
    }

    private static List<ImmutableList<Value>> collect(InputSpace space) {
        List<ImmutableList<Value>> inputs = new ArrayList<>();
        space.forEach(inputs::add);
        return inputs;
    }
}
