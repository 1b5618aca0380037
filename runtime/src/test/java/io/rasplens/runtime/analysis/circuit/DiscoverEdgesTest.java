package io.rasplens.runtime.analysis.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.Via;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DiscoverEdgesTest {
    @TestFactory
    Stream<DynamicTest> whatIsFoundByExperimentIsInTheWeights() throws IOException {
        return CompiledProgram.examples().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> check(CompiledProgram.example(name, 1))));
    }

    private static void check(CompiledProgram compiled) {
        ImmutableSet<Edge> truth =
                CircuitGraph.of(compiled.transformer().model()).edges();
        List<ImmutableList<Value>> inputs = compiled.inputs(60);
        ImmutableSet<Edge> found = DiscoverEdges.discover(compiled.transformer(), inputs, 1);
        long lengths = inputs.stream().map(List::size).distinct().count();
        boolean alike =
                inputs.stream().map(compiled.transformer()::run).distinct().count() == lengths;

        assertThat(truth).containsAll(found);
        assertThat(found.stream().anyMatch(edge -> edge.via() == Via.LOGITS))
                .as("something is needed unless inputs of one length have one answer")
                .isEqualTo(!alike);
    }
}
