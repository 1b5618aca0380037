package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a program's test lines ask for, and what counts as that. */
class TestLinesTest {
    private static final HookedTransformer ECHO = CompiledProgram.text("""
                    #@ vocab ["a", "b"]
                    #@ max_length 3
                    result = tokens;
                    """, 1).transformer();

    private static ImmutableList<Directive> directives(String text) {
        return RaspCompiler.elaborate(SourceFile.of("test.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .orThrow()
                .directives();
    }

    private static Optional<String> about(String text) {
        return new RunTests(Result::success, input -> ECHO)
                .run(directives(text))
                .get(0)
                .about();
    }

    @Test
    void theCommentAboveSaysWhatATestIsAbout() {
        String test = "#@ test \"ab\" == [1, 2]\n";
        assertThat(about("y = indices;\n# The first.\n" + test)).contains("The first.");
        assertThat(about("y = indices;\n  ##   The first.\n" + test)).contains("The first.");
        assertThat(about("y = indices;\n" + test)).isEmpty();
        assertThat(about("y = indices;\n#\n" + test)).isEmpty();
        assertThat(about("y = indices;\n# Far.\n\n" + test)).isEmpty();
        assertThat(about(test + "y = indices;")).isEmpty();
        assertThat(about("y = indices;\n#@ max_length 3\n" + test)).isEmpty();
    }

    private static boolean same(Value expected, Value actual) {
        return TestOutcome.same(expected, actual);
    }

    /** RASP's equality; people write means down with six digits. */
    @Test
    void floatsAreNear() {
        assertThat(same(Value.of(1), Value.of(1.0))).isTrue();
        assertThat(same(Value.of(0.5), Value.of(0.5 + 0.9e-6))).isTrue();
        assertThat(same(Value.of(0.5), Value.of(0.5 - 0.9e-6))).isTrue();
        assertThat(same(Value.of(0.5), Value.of(0.5 + 1.1e-6))).isFalse();
        assertThat(same(Value.of(0), Value.of(1e-6))).isTrue();
        assertThat(same(Value.of(1), Value.of(2))).isFalse();
        assertThat(same(Value.of(0.5), Value.of("a"))).isFalse();
        assertThat(same(Value.of("a"), Value.of(0.5))).isFalse();
        assertThat(same(Value.of("a"), Value.of("a"))).isTrue();
    }

    private static TestOutcome outcome(List<Value> interpreter, List<ImmutableList<Value>> asked) {
        return new RunTests(input -> Result.success(ImmutableList.copyOf(interpreter)), input -> ECHO, input -> {
                    asked.add(input);
                    return Optional.of(new Astray("y", Optional.empty(), new Astray.Failed(0, "no")));
                })
                .run(directives("y = indices;\n#@ test \"ab\" == [\"a\", \"b\"]\n"))
                .get(0);
    }

    /** Both sides have to say what is asked for; only where the program itself does not is it asked where it goes astray. */
    @Test
    void bothSidesAreCompared() {
        List<ImmutableList<Value>> asked = new ArrayList<>();
        TestOutcome right = outcome(letters("ab"), asked);
        assertThat(right.passed()).isTrue();
        assertThat(right.astray()).isEmpty();
        assertThat(asked).isEmpty();
        for (String wrong : List.of("aa", "a", "bb", "abb")) {
            TestOutcome outcome = outcome(letters(wrong), asked);
            assertThat(outcome.passed()).isFalse();
            assertThat(outcome.isExpected(outcome.interpreter())).isFalse();
            assertThat(outcome.isExpected(outcome.transformer())).isTrue();
            assertThat(outcome.astray()).isPresent();
        }
        assertThat(asked).hasSize(4).containsOnly(letters("ab"));
    }

    /** What the model does not take is its answer to that test. */
    @Test
    void aModelThatRefusesFailsTheTest() {
        TestOutcome outcome = new RunTests(Result::success, input -> ECHO)
                .run(directives("y = tokens;\n#@ test \"abab\" == [\"a\", \"b\", \"a\", \"b\"]\n"))
                .get(0);
        assertThat(outcome.isExpected(outcome.interpreter())).isTrue();
        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.transformer()).isInstanceOf(Result.Failure.class);
    }

    private static ImmutableList<Value> letters(String text) {
        return text.chars()
                .<Value>mapToObj(c -> Value.of(String.valueOf((char) c)))
                .collect(ImmutableList.toImmutableList());
    }

    private static Optional<UndefinedInputs> undefined(String text, int maxLength) {
        CompiledProgram program = CompiledProgram.text("#@ vocab [\"a\", \"b\"]\n#@ max_length 4\n" + text, 1);
        return FindUndefinedInputs.find(program.program(), letters("ab"), maxLength);
    }

    /** All inputs are tried where they are few; what fails is told in its smallest form. */
    @Test
    void inputsWithoutAnAnswerAreFound() {
        assertThat(undefined("y = indices;", 4)).isEmpty();
        assertThat(undefined("y = 1 / (length - 3);", 4))
                .contains(new UndefinedInputs(letters("aaa"), 2 + 4 + 8 + 16, 8, true));
        assertThat(undefined("y = 1 / (2 - selector_width(select(tokens, \"b\", ==)));", 3))
                .contains(new UndefinedInputs(letters("bb"), 2 + 4 + 8, 1 + 3, true));
    }

    /** Two thousand inputs at the most, and fewer of a program of much work; long ones only as long as sixteen can be tried. */
    @Test
    void theWorkIsBounded() {
        String longOnes = "y = 1 / (1 if length <= 4 else 0);";
        UndefinedInputs sample = undefined(longOnes, 30).orElseThrow();
        assertThat(sample.tried()).isEqualTo(2000);
        assertThat(sample.failing()).isGreaterThan(900);
        assertThat(sample.exhaustive()).isFalse();
        assertThat(sample.example()).isEqualTo(letters("aaaaa"));

        UndefinedInputs some = undefined(longOnes, 200).orElseThrow();
        assertThat(some.tried()).isBetween(16L, 400L);
        UndefinedInputs few = undefined(longOnes, 4000).orElseThrow();
        assertThat(few.tried()).isBetween(16L, 100L);
        assertThat(few.exhaustive()).isFalse();
    }
}
