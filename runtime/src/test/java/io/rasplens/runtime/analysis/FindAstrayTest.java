package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first thing that a program and a reference name alike and make otherwise. */
class FindAstrayTest {
    private static final String RIGHT = """
            s = select(indices, indices, ==);
            z = indices;
            y = aggregate(s, indices);
            """;

    private static Elaboration elaborated(String text) {
        return RaspCompiler.elaborate(SourceFile.of("test.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .orThrow();
    }

    private static Optional<Astray> astray(String text, String right) {
        return new FindAstray(elaborated(text), elaborated(right), false).on(List.of(Value.of("a"), Value.of("b")));
    }

    private static ImmutableList<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    private static void assertAstray(String text, String name, int line, Astray.Difference difference) {
        Astray found = astray(text, RIGHT).orElseThrow();
        assertThat(found.name()).isEqualTo(name);
        assertThat(found.place().orElseThrow().line()).isEqualTo(line);
        assertThat(found.place().orElseThrow().text()).isEqualTo(name);
        assertThat(found.difference()).isEqualTo(difference);
    }

    @Test
    void whatIsRightIsNotAstray() {
        assertThat(astray(RIGHT, RIGHT)).isEmpty();
        assertThat(astray("other = indices + 1;", RIGHT)).isEmpty();
        // A selector of one name with an s-op is another thing.
        assertThat(astray("s = indices + 1;\ny = aggregate(select(indices, indices, ==), indices);", RIGHT))
                .isEmpty();
    }

    @Test
    void aSelectorSelectsOtherKeys() {
        assertAstray(
                "\ns = select(indices, indices + 1, ==);\ny = aggregate(s, indices);",
                "s",
                2,
                new Astray.KeysDiffer(0, ImmutableList.of(1), ImmutableList.of(0)));
    }

    /** One without a name is told of by the s-op that looks through it. */
    @Test
    void anSopLooksAtOtherKeys() {
        assertAstray(
                "\ny = aggregate(select(indices, 0, ==), indices);",
                "y",
                2,
                new Astray.KeysDiffer(1, ImmutableList.of(0), ImmutableList.of(1)));
    }

    @Test
    void anSopHasOtherValues() {
        assertAstray(
                "z = indices;\ny = aggregate(select(indices, indices, ==), z + 1);",
                "y",
                2,
                new Astray.ValuesDiffer(0, ints(1, 2), ints(0, 1)));
        assertAstray("z = indices * indices * 2;", "z", 1, new Astray.ValuesDiffer(1, ints(0, 2), ints(0, 1)));
    }

    /** What is made first is told, whatever comes first by name. */
    @Test
    void theFirstOfSeveralIsTold() {
        Astray found = astray("b = indices + 1;\na = b * 2;", "a = indices * 2;\nb = indices;")
                .orElseThrow();
        assertThat(found.name()).isEqualTo("b");
        // A name that is bound late may be of what was made early.
        Astray alias = astray("h = indices + 1;\ny = h * 2;\nx = h;", "y = indices * 2;\nx = indices;")
                .orElseThrow();
        assertThat(alias.name()).isEqualTo("x");
    }

    @Test
    void anSopFails() {
        Astray found = astray("y = 1 / (indices - 1);", RIGHT).orElseThrow();
        assertThat(found.name()).isEqualTo("y");
        assertThat(found.difference()).isInstanceOfSatisfying(Astray.Failed.class, failed -> {
            assertThat(failed.position()).isEqualTo(1);
            assertThat(failed.message()).isNotEmpty();
        });
        // Where the reference fails too there is nothing to go by.
        assertThat(astray("y = indices + 5;", "y = 1 / indices;")).isEmpty();
    }

    /** What is bound to two names is told where it is made. */
    @Test
    void aNameThatIsBoundAgainIsToldWhereItIsMade() {
        Astray found = astray("x = indices + 1;\n\ny = x;", "x = indices;").orElseThrow();
        assertThat(found.name()).isEqualTo("x");
        assertThat(found.place().orElseThrow().line()).isEqualTo(1);
    }

    /** Later keys are hidden from both. */
    @Test
    void causalProgramsLookBack() {
        String ahead = "s = select(indices, indices + 1, ==);";
        String nothing = "s = select(indices, indices + 2, ==);";
        assertThat(astray(ahead, nothing)).isPresent();
        assertThat(new FindAstray(elaborated(ahead), elaborated(nothing), true)
                        .on(List.of(Value.of("a"), Value.of("b"))))
                .isEmpty();
    }
}
