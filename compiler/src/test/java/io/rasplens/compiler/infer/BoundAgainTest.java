package io.rasplens.compiler.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One name for several s-ops: a message says which of them it means. */
class BoundAgainTest {
    @Test
    void anEarlierBindingIsNamedByItsLine() {
        assertThat(names("""
                        output = indices + 1;
                        output = output * 2;
                        output = output - 3;
                        """)).contains("'output' of line 1", "'output' of line 2", "'output'");
    }

    @Test
    void theBindingsOfALoopAreCounted() {
        assertThat(names("""
                        x = indices;
                        for i in [1, 2, 3] { x = x * 10 + i; }
                        y = x + 1;
                        """)).contains("'x' of line 2 (1 of 3)", "'x' of line 2 (2 of 3)", "'x'", "'y'");
    }

    @Test
    void whatIsBoundOnceIsCalledByItsName() {
        assertThat(names("a = indices + 1;\nb = a * 2;\n"))
                .contains("'a'", "'b'")
                .noneMatch(n -> n.contains("line"));
    }

    private static List<String> names(String text) {
        RaspProgram program = RaspCompiler.elaborate(SourceFile.of("p.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .then(elaboration -> RaspCompiler.chooseProgram(elaboration, CompileOptions.DEFAULT))
                .orThrow();
        return NeededNodes.of(List.of(program.output())).stream()
                .map(node -> DescribeNode.name(program, node))
                .toList();
    }
}
