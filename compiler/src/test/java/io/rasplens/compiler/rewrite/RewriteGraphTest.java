package io.rasplens.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule by itself: where it applies, and that answers stay. */
class RewriteGraphTest {
    private static final String HEADER = "#@ vocab [\"0\", \"1\"]\n#@ max_length 4\n";

    private static final String COUNTS = HEADER
            + "def count_so_far(k) { return selector_width(select(indices, indices, <=) and select(tokens, k, ==)); }\n"
            + "a = count_so_far(\"0\"); b = count_so_far(\"1\"); c = selector_width(select(tokens, tokens, ==));\n";

    @Test
    void aWidthComparedWithZeroIsAskedOfOneHead() {
        CompileTarget target = Targets.source(HEADER + "x = selector_width(select(tokens, \"1\", ==)) > 0;");
        CompileTarget rewritten = applied(new WidthAsFocus(), target);

        assertThat(count(target, SOp.SelectorWidth.class)).isEqualTo(1);
        assertThat(count(rewritten, SOp.SelectorWidth.class)).isZero();
        assertThat(count(rewritten, SOp.Aggregate.class)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x = selector_width(select(tokens, tokens, ==)) > 1",
                "w = selector_width(select(tokens, '1', ==)), x = (w > 0) and (w < 3)",
                "x = selector_width(select(tokens, '1', ==))"
            })
    void aWidthOfWhichMoreIsAskedIsCounted(String program) {
        String text = HEADER + program.replace("'", "\"").replace(", x", "; x") + ";";
        assertThat(new WidthAsFocus().apply(Targets.source(text))).isEmpty();
    }

    @Test
    void aMeanOverAMarkIsAFunctionOfAWidth() {
        applied(
                new MarkedMeanAsWidth(),
                Targets.source(
                        HEADER
                                + "x = aggregate(select(tokens, tokens, ==) or select(indices, 0, ==), indicator(indices == 0));"));
    }

    @Test
    void aRoundedMeanTimesItsWidthIsATotal() {
        applied(
                new RoundedMeanAsTotal(),
                Targets.source(
                        HEADER + "x = round((indices + 1) * aggregate(select(indices, indices, <=), tokens_int));"));
    }

    @Test
    void aSumIsComparedAsAnIntWhereRoundingMatters() {
        String text = "#@ vocab [0, 1]\n#@ max_length 49\nx = length * average(tokens_int) ";
        CompileTarget rewritten = applied(new TotalComparedWithInt(), Targets.source(text + ">= indices;"));
        assertThat(count(rewritten, SOp.Elementwise.class))
                .isGreaterThan(count(Targets.source(text + ">= indices;"), SOp.Elementwise.class));
        applied(new TotalComparedWithInt(), Targets.source(text + "== 1;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length * average(tokens_int) > indices",
                "length * average(tokens_float / 2) >= indices",
                "length * average(tokens_int) >= indices / 2",
                "length * average(tokens_int) >= length * average(tokens_int == 1)",
                "indices * aggregate(select(indices, indices, <), tokens_int) == 1",
                "(indices + 1) * average(tokens_int) >= indices"
            })
    void whereRoundingDoesNotMatterOrIsNotKnownItStays(String comparison) {
        assertThat(new TotalComparedWithInt()
                        .apply(Targets.source("#@ vocab [0, 1]\n#@ max_length 12\nx = " + comparison + ";")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(tokens, tokens, ==), indicator(indices == 0))",
                "aggregate(select(tokens, tokens, ==) or select(indices, 1, ==), indicator(indices == 0))",
                "aggregate(select(tokens, tokens, ==) or select(indices, 0, ==), indicator(indices == 1))",
                "aggregate(select(tokens, tokens, ==) or select(indices, 0, ==), tokens_int)",
                "aggregate(select(tokens, tokens, ==) and select(indices, 0, ==), indicator(indices == 0))"
            })
    void aMeanOfAnythingElseIsNoWidth(String mean) {
        assertThat(new MarkedMeanAsWidth().apply(Targets.source(HEADER + "x = " + mean + ";")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(indices + 1) * aggregate(select(indices, indices, <=), tokens_int)",
                "round(indices * aggregate(select(indices, indices, <=), tokens_int))",
                "round((indices + 1) * aggregate(select(indices, indices, <), tokens_int))",
                "round((indices + 1) * aggregate(select(indices, indices, <=), tokens_int / 2))"
            })
    void whatIsNoRoundedTotalStays(String product) {
        assertThat(new RoundedMeanAsTotal().apply(Targets.source(HEADER + "x = " + product + ";")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort(tokens, length * average(tokens_int))",
                "selector_width(select(average(tokens_int), average(tokens_int), ==) and select(tokens, tokens, !=))",
                "selector_width(select(length, length, <) or select(tokens, \"1\", ==))",
                "selector_width(not select(count(tokens, \"1\"), count(tokens, \"1\"), >))"
            })
    void whatIsEqualEverywhereIsNotComparedWithItself(String text) {
        CompileTarget rewritten = applied(new ComparedWithItself(false), Targets.source(HEADER + "x = " + text + ";"));

        assertThat(NeededNodes.of(ImmutableList.of(rewritten.program().output())).stream()
                        .filter(SOp.Aggregate.class::isInstance)
                        .map(mean -> ((SOp.Aggregate) mean).sequence()))
                .noneMatch(sequence ->
                        sequence instanceof SOp.Tokens tokens && tokens.conversion() == TokenConversion.INT);
    }

    /** Orders that need not exist, what differs from place to place, and causal queries, each of which sees other keys. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = selector_width(select(length, length, <=))",
                "x = selector_width(select(tokens, tokens, ==))",
                "x = selector_width(select(length + indices, length + indices, <))",
                "x = selector_width(select(length, length + 1, <))",
                "m = aggregate(select(indices, indices, <=), tokens_int); x = selector_width(select(m, m, ==))",
                "#@ causal\nm = average(tokens_int); x = selector_width(select(m, m, ==))"
            })
    void whatMayDifferIsCompared(String program) {
        for (boolean withZeros : new boolean[] {false, true}) {
            assertThat(new ComparedWithItself(withZeros).apply(Targets.source(HEADER + program + ";")))
                    .isEmpty();
        }
    }

    /** 0 times an int is 0, of which the rule for all programs knows nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"0 * indices", "0 * tokens_int", "(indices * length) * 0"})
    void zeroTimesAnIntChangesNothing(String zero) {
        CompileTarget target = Targets.source(HEADER + "m = length + " + zero
                + "; x = selector_width(select(m, m, ==) and select(tokens, tokens, <));");

        assertThat(new ComparedWithItself(true).apply(target)).isPresent();
        assertThat(new ComparedWithItself(false).apply(target)).isEmpty();
    }

    /** Of floats 0 may be -0.0 or no number, of tokens a string. */
    @ParameterizedTest
    @ValueSource(strings = {"0 * tokens_float", "0.0 * indices", "1 * indices", "0 * (indices / 2)", "0 + indices"})
    void whatIsNotZeroTimesAnIntMayDiffer(String other) {
        assertThat(new ComparedWithItself(true)
                        .apply(Targets.source(
                                HEADER + "m = length + " + other + "; x = selector_width(select(m, m, ==));")))
                .isEmpty();
    }

    /** What arithmetic makes of a choice between bools and others is the same with 0 and 1 for the bools; nothing else sees them so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((length > 2) if indices == 1 else length) / (1 + indices)",
                "2 * (True if indices == 1 else (tokens_bool if length > 2 else 0.5)) - (not tokens_bool if indices < 2 else 3)"
            })
    void boolsInArithmeticAreMadeNumbers(String text) {
        CompileTarget target = Targets.source(HEADER + "x = " + text + ";");
        CompileTarget rewritten = applied(new BoolsInArithmetic(), target);

        Operator indicator = new Operator.Unary(Operator.UnaryKind.INDICATOR);
        assertThat(count(rewritten, SOp.Elementwise.class)).isGreaterThan(count(target, SOp.Elementwise.class));
        assertThat(NeededNodes.of(ImmutableList.of(rewritten.program().output())).stream()
                        .filter(node -> node instanceof SOp.Elementwise step
                                && step.operator().equals(indicator)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(True if indices == 1 else 1) == 1",
                "True if indices == 1 else length",
                "(length > 2) + indices",
                "(2 if indices == 1 else length) / (1 + indices)"
            })
    void otherBoolsStayBools(String text) {
        assertThat(new BoolsInArithmetic().apply(Targets.source(HEADER + "x = " + text + ";")))
                .isEmpty();
    }

    @Test
    void keysOfWhichAnyOfSeveralTestsHoldsAreSelectedByAnOr() {
        CompileTarget rewritten = applied(
                new WidthOfJunction(),
                Targets.source(COUNTS + "x = contains(a == 1 or False or b == 2 or c < 2, True);"));

        assertThat(count(rewritten, Selector.Or.class)).isEqualTo(2);
    }

    @Test
    void keysOfWhichAllTestsHoldAreSelectedByAnAnd() {
        CompileTarget target =
                Targets.source(COUNTS + "x = selector_width(select(a == 1 and (b < 2 and not c == 1), True, ==));");
        CompileTarget rewritten = applied(new WidthOfJunction(), target);

        assertThat(count(rewritten, Selector.And.class)).isEqualTo(count(target, Selector.And.class) + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, length - 1, ==), a == 1 and b < c)",
                "aggregate(select(indices, 2, ==), a == 1 or b == 1 or c > 0, False)"
            })
    void aCopyOfAJunctionIsAJunctionOfCopies(String copy) {
        CompileTarget rewritten = applied(new CopyOfJunction(), Targets.source(COUNTS + "x = " + copy + ";"));

        assertThat(count(rewritten, SOp.Aggregate.class)).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, 2, ==), a == 1 or b == 1 or c > 0)",
                "aggregate(select(indices, length - 1, ==), a == 1 and b == 1)",
                "aggregate(select(indices, length - 1, ==), a == b and b == c and a + b + c == 2)",
                "aggregate(select(indices, length - 1, ==), a + b + c)",
                "contains(a == 1 and b == 1, True)",
                "contains(a == 1 or b == 1 or c > 0, False)",
                "selector_width(select(a == 1 or b == 1 or c > 0, tokens == \"0\", ==))"
            })
    void whatReadsFewCountsOrIsNoJunctionStays(String program) {
        CompileTarget target = Targets.source(COUNTS + "x = " + program + ";");

        assertThat(new CopyOfJunction().apply(target)).isEmpty();
        assertThat(new WidthOfJunction().apply(target)).isEmpty();
    }

    @Test
    void aRuleThatBreaksTheGraphIsNamed() {
        CompileTarget target = Targets.source(HEADER + "x = indices;");
        GraphRule breaking = new GraphRule() {
            @Override
            public Optional<CompileTarget> apply(CompileTarget before) {
                RaspProgram program = before.program();
                SOp stranger = new Graph().constant(Value.of(1));
                return Optional.of(new CompileTarget(
                        new RaspProgram(new Graph(), stranger, program.name(), ImmutableMap.of(), false),
                        before.vocabulary(),
                        before.maxLength()));
            }

            @Override
            public String name() {
                return "Breaking";
            }
        };

        assertThatThrownBy(() -> RewriteGraph.rewrite(target, List.of(breaking)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Breaking made a graph that can't be: ");
    }

    /** What the rule makes; it has the same answers and the rule finds nothing more to do. */
    private static CompileTarget applied(GraphRule rule, CompileTarget target) {
        CompileTarget rewritten = rule.apply(target).orElseThrow();
        for (List<Value> input : Differential.inputs(target, 60, 1)) {
            assertThat(Differential.expected(rewritten, input)).isEqualTo(Differential.expected(target, input));
        }
        assertThat(rule.apply(rewritten)).isEmpty();
        assertThat(RewriteGraph.rewrite(target, List.of(rule)).program().output())
                .isInstanceOf(rewritten.program().output().getClass());
        return rewritten;
    }

    private static long count(CompileTarget target, Class<? extends ProgramNode> kind) {
        return NeededNodes.of(ImmutableList.of(target.program().output())).stream()
                .filter(kind::isInstance)
                .count();
    }
}
