package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains of overriding cases, {@code x = a if c1 else x; x = b if c2 else x}, over more than could be written out as a table. */
class DecisionListTest {
    private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    /** Neighbours by attention, a number, counts and marks: what conditions are about. */
    private static final String FINDINGS = """
            #@ vocab ["a", "b", "c", "d", "e", "f", "g", "h"]
            #@ max_length 12
            prev = shift(tokens, 1, "#");
            next = shift(tokens, -1, "#");
            first = tokens[0];
            seen = selector_width(select(tokens, tokens, ==) and select(indices, indices, <));
            share = aggregate(select(tokens, prev, ==), indicator(tokens == "a"));
            """;

    private static CompileTarget target(String source) {
        return RaspCompiler.elaborate(SourceFile.of("cascade.rasp", source), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
    }

    private static CompiledModel agrees(String source, Level level, int inputs) {
        CompileTarget target = target(source);
        CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
        assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, inputs, 5)))
                .as(source)
                .isEmpty();
        return model;
    }

    private static String word(Random random) {
        return '"' + WORDS.get(random.nextInt(WORDS.size())) + '"';
    }

    private static String test(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> "prev == " + word(random);
            case 2, 3 -> "next == " + word(random);
            case 4 -> "tokens in [" + word(random) + ", " + word(random) + "]";
            case 5 -> "first == " + word(random);
            case 6 -> "seen > " + random.nextInt(3);
            default -> "share > 0";
        };
    }

    private static String condition(Random random) {
        String condition = "(" + test(random) + ")";
        for (int more = random.nextInt(3); more > 0; more--) {
            String operator = random.nextInt(3) == 0 ? " or " : " and ";
            String negated = random.nextInt(4) == 0 ? "not (" + test(random) + ")" : "(" + test(random) + ")";
            condition = "(" + condition + operator + "(" + negated + "))";
        }
        return condition;
    }

    private static String value(Random random, boolean numbers) {
        if (numbers) {
            return random.nextInt(4) == 0 ? "seen" : String.valueOf(random.nextInt(9) - 2);
        }
        return switch (random.nextInt(5)) {
            case 0 -> "prev";
            case 1 -> "next + \"!\"";
            default -> "\"case " + random.nextInt(6) + "\"";
        };
    }

    private static String cascade(long seed, int cases, boolean numbers) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        var source = new StringBuilder(FINDINGS);
        source.append("x = ").append(numbers ? "0" : "\"none\"").append(";\n");
        for (int c = 0; c < cases; c++) {
            source.append("x = ")
                    .append(value(random, numbers))
                    .append(" if ")
                    .append(condition(random))
                    .append(" else x;\n");
        }
        return source.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void randomCascadesAgreeWithTheInterpreter(Level level) {
        for (long seed = 0; seed < 12; seed++) {
            agrees(cascade(seed, 2 + (int) seed, seed % 3 == 0), level, 60);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void manyOverridingCasesTakeNoTableOfAllCombinations(Level level) {
        CompiledModel model = agrees(cascade(99, 40, false), level, 60);

        assertThat(model.config().nLayers()).isLessThanOrEqualTo(3);
    }

    /** One layer finds the neighbours, its hidden layer and that of the next say which rules hold, and the last which is the first. */
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void howeverManyRulesThereAreTheyTakeAsManyLayersAsOne(Level level) {
        assertThat(agrees(cascade(60, 60, false), level, 40).config().nLayers()).isLessThanOrEqualTo(3);
        assertThat(agrees(cascade(61, 60, true), level, 40).config().nLayers()).isLessThanOrEqualTo(3);
        assertThat(agrees(cascade(100, 100, false), level, 40).config().nLayers())
                .isLessThanOrEqualTo(3);
    }

    /** One more case of a chain that has begun: it overrides, or holds where none before it did, or asks what the chain says so far. */
    private static String overriding(Random random) {
        String value = value(random, false);
        String condition = condition(random);
        return switch (random.nextInt(5)) {
            case 0 -> "x = x if not " + condition + " else " + value + ";\n";
            case 1 -> "x = " + value + " if x == \"none\" and " + condition + " else x;\n";
            case 2 -> "x = " + value + " if x == \"case " + random.nextInt(6) + "\" and " + condition + " else x;\n";
            case 3 ->
                "x = (" + value + " if " + test(random) + " else " + value(random, false) + ") if " + condition
                        + " else x;\n";
            default -> "x = " + value + " if " + condition + " else x;\n";
        };
    }

    private static String interleaved(long seed, int cases) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        var source = new StringBuilder(FINDINGS + "x = \"none\";\n");
        for (int c = 0; c < cases; c++) {
            source.append(overriding(random));
        }
        return source.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void casesThatAskWhatTheChainSaysSoFarAgreeWithTheInterpreter(Level level) {
        for (long seed = 0; seed < 8; seed++) {
            agrees(interleaved(seed, 3 + 2 * (int) seed), level, 60);
        }
    }

    /** Means compared with each other, and a number that the chain chooses. */
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void numbersInConditionsAndInValues(Level level) {
        agrees(FINDINGS + """
                before = aggregate(select(indices, indices, <), indicator(tokens == "b"));
                x = 0;
                x = 1 if share > before else x;
                x = seen if seen > 1 and not (prev == "a") else x;
                x = x + 2 if next == "c" and x > 0 else x;
                x = 0 - x if x >= 2 and first == tokens else x;
                x = 9 if before == 0.5 else x;
                """, level, 200);
    }

    @Test
    void aConjunctionOfAnyNumberOfFindingsIsOneLayer() {
        CompiledModel model = agrees(FINDINGS + """
                nobody = aggregate(select(tokens, next, ==), indicator(tokens == "b")) > 0;
                x = prev == "a" and next == "b" and first == "c" and not (share > 0) and nobody;
                """, Level.LEGIBLE, 100);

        assertThat(model.config().nLayers()).isEqualTo(2);
    }

    @Test
    void aDisjunctionOfMeansIsTestedForAtLeastOneByItsReader() {
        CompiledModel model = agrees("""
                #@ vocab ["a", "b", "c", "d"]
                #@ max_length 16
                def some(word) { return aggregate(select(indices, indices, <), indicator(tokens == word)) > 0; }
                x = "yes" if some("a") or some("b") or some("c") and tokens == "d" else "no";
                """, Level.LEGIBLE, 100);

        assertThat(model.config().nLayers()).isEqualTo(1);
    }

    @Test
    void aChoiceBetweenLongListsIsNoProduct() {
        agrees("""
                #@ vocab [1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 70, 200]
                #@ max_length 8
                left = aggregate(select(indices, indices, <), tokens_int);
                right = aggregate(select(indices, indices, >), tokens_int);
                chosen = left if tokens_int > 4 else right;
                x = "low" if chosen < 5 else "high";
                """, Level.LEGIBLE, 60);
    }
}
