package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An int is an int and a float a float, whatever the transformer's number looks like, at every length. */
class NumberKindsTest {
    /** More positions than values are listed for. */
    private static final int MANY = 70_000;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aggregate(select(indices, indices, <=), tokens_int)      | [2, 2, 4]",
                "aggregate(select(indices, indices, ==), tokens_int)      | [2, 2, 4]",
                "aggregate(select(indices, indices, <), tokens_float, -1) | [2, 3, 4]",
                "tokens_float * -0.0                                      | [2.0, -2.0, 4.0]",
                "-tokens_float if indices > 0 else 0                      | [0.0, 0.0, 2.0]",
                "tokens_int / 2                                           | [2, 3, 4]",
                "round(tokens_int / 2)                                    | [2, 3, 5]",
                "tokens_int if indices == 1 else tokens_float             | [1, 1, 1]",
                "selector_width(select(tokens, tokens, ==)) * 1.0         | [1, 1, 3]"
            })
    void runPrintsWhatEvalPrints(String expression, String input) throws IOException {
        Path file = folder.resolve("p.rasp");
        Files.writeString(file, "y = " + expression + ";\n");
        CommandRun eval = CommandRun.of("eval", file.toString(), "--input", input, "--json");
        assertThat(eval.exit()).as(eval.err()).isZero();
        for (String level : new String[] {"-O1", "-O2"}) {
            CommandRun run = CommandRun.of("run", file.toString(), "--input", input, "--json", level);
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().get("output"))
                    .hasToString(eval.json().get("output").toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w                                       | 1, 2, 2",
                "3 * w - indices                         | 3, 5, 4",
                "-w if tokens == \"a\" else w + (w == 2) | -1, 3, 3"
            })
    void anIntStaysAnIntWhereNumbersAreTooManyToList(String expression, String answer) throws IOException {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of(
                                "p.rasp", "w = selector_width(select(tokens, tokens, ==));\ny = " + expression + ";"),
                        CompileOptions.forVocabulary("a", "b").maxLength(MANY))
                .orThrow();
        ImmutableList<Value> expected = java.util.Arrays.stream(answer.split(", "))
                .map(Long::parseLong)
                .map(n -> Value.of((long) n))
                .collect(ImmutableList.toImmutableList());
        assertThat(HookedTransformer.load(model).run(ImmutableList.of("a", "b", "b")))
                .isEqualTo(expected);
    }

    @Test
    void anIntStaysAnIntInAFile() {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of("p.rasp", "y = selector_width(select(tokens, tokens, ==));"),
                        CompileOptions.forVocabulary("a", "b").maxLength(MANY))
                .orThrow();
        Path file = folder.resolve("m.safetensors");
        ModelStore.save(model, file, Dtype.F64).orThrow();
        assertThat(HookedTransformer.load(ModelStore.load(file).orThrow()).run(ImmutableList.of("b", "b")))
                .containsExactly(Value.of(2), Value.of(2));
    }
}
