package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.CompiledModel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many heads a formula over selects takes. */
class SelectorCasesTest {
    private static final String AB = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 4\n";

    @Test
    void anyFormulaOverOneKeyAndOneQueryIsOneHead() {
        assertHeads(
                1,
                AB
                        + "x = selector_width((select(tokens, tokens, <) or select(tokens, tokens, ==)) and not select(tokens, tokens, >));");
        assertHeads(1, AB + "x = aggregate(not (select(indices, indices, <) or select(indices, indices, >)), tokens);");
    }

    @Test
    void constantsOnOneSideAreOnePredicate() {
        assertHeads(1, AB + "x = selector_width(select(tokens, \"a\", ==) or select(tokens, \"c\", ==));");
        assertHeads(1, AB + "x = selector_width(select(\"a\", tokens, ==) or select(\"c\", tokens, ==));");
    }

    @Test
    void constantJoinsTheComparisonOfItsKey() {
        assertHeads(1, AB + "x = selector_width(select(indices, 0, ==) or select(indices, indices, >));");
        assertHeads(1, AB + "x = selector_width(select(0, indices, ==) or select(indices, indices, <));");
    }

    @Test
    void whatCanNotBeIsLeftOut() {
        assertHeads(
                2,
                AB
                        + "x = selector_width(select(tokens, tokens, <) or (select(tokens, tokens, ==) and select(indices, indices, <)));");
        assertHeads(0, AB + "x = selector_width(select(tokens, tokens, <) and select(tokens, tokens, ==));");
    }

    @Test
    void hundredAlternativesOfOneKeyAreOneHead() {
        List<String> tokens =
                IntStream.range(0, 100).mapToObj(i -> "\"t" + i + "\"").toList();
        String any = tokens.subList(0, 99).stream()
                .map(t -> "select(tokens, " + t + ", ==)")
                .collect(Collectors.joining(" or "));

        assertHeads(
                1, "#@ vocab [" + String.join(", ", tokens) + "]\n#@ max_length 3\nx = selector_width(" + any + ");");
    }

    @Test
    void exclusiveOrOfThreeNeedsItsFourCases() {
        assertHeads(4, AB + """
                a = select(tokens, tokens, ==);
                b = select(indices, indices, <);
                c = select(tokens, indices, !=) and select(indices % 2, tokens == "a", ==);
                ab = (a and not b) or (b and not a);
                x = selector_width((ab and not c) or (c and not ab));
                """);
    }

    @Test
    void whatDependsOnOneVariableIsOnePredicate() {
        String window =
                "w = select(indices, indices - 1, ==) or select(indices, indices, ==) or select(indices, indices + 1, ==);";
        assertHeads(1, AB + window + "x = aggregate(w, indices);");
        assertHeads(1, AB + window + "x = selector_width(w);");
        assertHeads(
                1,
                AB
                        + "x = selector_width(select(tokens == \"a\", True, ==) or select(tokens, tokens, ==) or select(tokens, tokens == \"b\", ==));");
    }

    @Test
    void thresholdFormulaIsOneHeadWhereOneValueIsSelected() {
        String apart = "a = select(indices, 0, ==); b = select(tokens, tokens, ==); c = select(indices, indices, <);";
        assertHeads(1, AB + apart + "x = selector_width((a and b) or c) > 0;");
        assertHeads(1, AB + apart + "x = selector_width(not (b or (c and not a))) > 0;");
        assertHeads(
                1,
                AB
                        + "x = aggregate(select(indices, indices - 1, ==) or (select(\"a\", tokens, ==) and select(indices, 0, ==)),"
                        + " tokens, \"-\");");
    }

    @Test
    void meanOverAThresholdFormulaNeedsAHeadForEachCase() {
        String apart = "a = select(indices, 0, ==); b = select(tokens, tokens, ==); c = select(indices, indices, <);";
        assertHeads(2, AB + apart + "x = aggregate((a and b) or c, indices);");
    }

    @Test
    void formulaWithoutAThresholdNeedsSeveralHeads() {
        assertHeads(2, AB + """
                a = select(tokens, tokens, ==);
                b = select(indices, indices, <);
                c = select(tokens, indices, !=) and select(indices % 2, tokens == "a", ==);
                x = selector_width((a and b) or (c and not a)) > 0;
                """);
    }

    private static void assertHeads(int heads, String source) {
        CompiledModel model = Optimized.agrees(source);
        assertThat(model.weights().layers().stream()
                        .mapToInt(l -> l.heads().size())
                        .sum())
                .as(source)
                .isEqualTo(heads);
    }
}
