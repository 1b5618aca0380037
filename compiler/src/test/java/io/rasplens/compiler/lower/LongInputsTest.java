package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples at lengths and vocabularies far beyond those they are written for, on random inputs. */
class LongInputsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @CsvSource({
        "reverse, 160, 26",
        "reverse, 2000, 3",
        "hist, 300, 4",
        "sort, 64, 64",
        "shift, 100, 26",
        "most_freq, 40, 8",
        "double_hist, 60, 6",
    })
    void letters(String example, int length, int letters) throws IOException {
        String[] vocabulary = IntStream.range(0, letters).mapToObj(i -> "t" + i).toArray(String[]::new);
        check(example, CompileOptions.forVocabulary(vocabulary).maxLength(length));
    }

    @ParameterizedTest
    @CsvSource({"dyck1_ptf, 100", "dyck2_ptf, 40"})
    void brackets(String example, int length) throws IOException {
        check(example, CompileOptions.DEFAULT.maxLength(length));
    }

    @Test
    void lengthOfAThousand() {
        CompileTarget target = Optimized.target(
                "x = length;", CompileOptions.forVocabulary("a", "b").maxLength(1000));
        Optimized.agrees(target, longInputs(target), "length");
    }

    private static void check(String example, CompileOptions options) throws IOException {
        SourceFile source = SourceFile.of(EXAMPLES.resolve(example + ".rasp"));
        CompileTarget target = RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .orThrow();
        CompiledModel model = Optimized.agrees(target, longInputs(target), example);
        assertThat(model.config().nCtx()).isEqualTo(target.maxLength() + 1);
    }

    /** The last of them the longest there are; a run of one token, which nearly all selectors see as a tie, among them. */
    private static List<List<Value>> longInputs(CompileTarget target) {
        return Differential.inputs(target, 8 + 2 * target.vocabulary().size(), 5).stream()
                .sorted(java.util.Comparator.comparing(List::size))
                .skip(2L * target.vocabulary().size())
                .toList();
    }
}
