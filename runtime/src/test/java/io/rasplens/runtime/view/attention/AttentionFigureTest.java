package io.rasplens.runtime.view.attention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.view.svg.SvgText;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class AttentionFigureTest {
    private static final CompileOptions OPTIONS =
            CompileOptions.forVocabulary("a", "b", "c").maxLength(4);

    /** The masks of all heads of a program on an input, layer by layer, each row as a word of 0 and 1. */
    private static ImmutableList<String> masks(String text, String input, Level level) {
        return ImmutableList.copyOf(Iterables.transform(
                panels(text, input, level),
                panel -> panel.selected().map(AttentionFigureTest::rows).orElse("unknown")));
    }

    private static String rows(KeyMask mask) {
        var rows = new StringBuilder();
        for (int query = 0; query < mask.size(); query++) {
            for (int key = 0; key < mask.size(); key++) {
                rows.append(mask.selects(query, key) ? '1' : '0');
            }
            rows.append(query < mask.size() - 1 ? " " : "");
        }
        return rows.toString();
    }

    private static ImmutableList<AttentionPanel> panels(String text, String input, Level level) {
        CompiledModel compiled = RaspCompiler.compile(SourceFile.of("p.rasp", text), OPTIONS.level(level))
                .orThrow();
        ImmutableList<Value> values = input.chars()
                .mapToObj(letter -> Value.of(Character.toString(letter)))
                .collect(ImmutableList.toImmutableList());
        HookedTransformer model = HookedTransformer.load(compiled);
        var cache = model.runWithCache(model.encode(values)).cache();
        var keys = FindSelectedKeys.in(cache);
        var panels = ImmutableList.<AttentionPanel>builder();
        for (int layer = 0; layer < compiled.config().nLayers(); layer++) {
            int heads = compiled.weights().layers().get(layer).heads().size();
            for (int head = 0; head < heads; head++) {
                Tensor matrix = cache.get("pattern", layer).slice("batch", 0).slice("head", head);
                var pattern = AttentionPattern.of(values.size() + 1, true, matrix::get);
                panels.add(new AttentionPanel("head " + head, "", pattern, keys.of(layer, head)));
            }
        }
        return panels.build();
    }

    @Test
    void whatIsNoNumberIsShownAsSuch() {
        var pattern = AttentionPattern.of(3, true, (query, key) -> query == 1 ? Double.NaN : 1.0 / 3);
        KeyMask none = KeyMask.of(2, (query, key) -> false);
        for (Optional<KeyMask> selected : ImmutableList.of(Optional.of(none), Optional.<KeyMask>empty())) {
            var panel = new AttentionPanel("head 0", "", pattern, selected);
            var figure = new AttentionFigure("pattern", "", ImmutableList.of("a", "b"), true, ImmutableList.of(panel));

            assertThat(AttentionText.panel(figure, panel, 80).lines().skip(1).findFirst())
                    .hasValueSatisfying(row -> assertThat(row).containsPattern("NaN +NaN +. +NaN"));
            assertThat(AttentionSvg.draw(figure)).contains(">NaN<", ">NaN %<").doesNotContain("=\"NaN");
        }
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void aCountersKeysAreThoseItCountsThoughBosHoldsNearlyAll(Level level) {
        String hist = "hist = selector_width(select(tokens, tokens, ==));";
        assertThat(masks(hist, "aba", level)).containsExactly("101 010 101");
        AttentionPanel panel = panels(hist, "aba", level).get(0);
        assertThat(panel.share(0, 0)).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(panel.share(0, 1)).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void aHeadThatFindsNothingDrawsNothing(Level level) {
        String program = "y = aggregate(select(tokens, \"c\", ==), indices, -1);";
        assertThat(masks(program, "aba", level)).containsExactly("000 000 000");
        assertThat(masks(program, "abc", level)).containsExactly("001 001 001");
    }

    /** The keys up to here get more than the later ones; but what is selected is also below zero, and nothing is. */
    @Test
    void aPartOfAConjunctionIsNotTakenForTheWhole() {
        String program = """
                up = select(indices, indices, <=);
                depth = selector_width(up and select(tokens, "a", ==)) - selector_width(up and select(tokens, "b", ==));
                bad = selector_width(up and select(depth < 0, True, ==));
                y = bad > 0;
                """;
        assertThat(masks(program, "ab", Level.DEFAULT)).last().isEqualTo("00 00");
        assertThat(masks(program, "ba", Level.DEFAULT)).last().isEqualTo("10 10");
    }

    @Test
    void theHeadsOfOneSelectorShowTheirParts() {
        String program = """
                same_before = select(tokens, tokens, ==) and select(indices, indices, <);
                place = selector_width(select(tokens, tokens, <) or same_before);
                y = aggregate(select(place, indices, ==), tokens);
                """;
        assertThat(masks(program, "ba", Level.SMALLEST))
                .contains("01 00", "00 00")
                .last()
                .isEqualTo("01 10");
    }

    @Test
    void lookupsAndTheLength() {
        assertThat(masks("y = aggregate(select(indices, length - indices - 1, ==), tokens);", "abc", Level.DEFAULT))
                .hasSize(2)
                .last()
                .isEqualTo("001 010 100");
        assertThat(masks(
                        "y = aggregate(select(indices, indices, <=), indicator(tokens == \"a\"));",
                        "aba",
                        Level.DEFAULT))
                .containsExactly("100 110 111");
    }

    @Test
    void theTerminalShowsSharesAndBosApart() {
        AttentionPanel panel = panels("y = aggregate(select(tokens, \"c\", ==), indices, -1);", "cac", Level.DEFAULT)
                .get(0);
        var figure =
                new AttentionFigure("pattern", "input", ImmutableList.of("c", "a", "c"), true, ImmutableList.of(panel));
        assertThat(AttentionText.draw(figure, 60)).isEqualTo("""
                pattern
                input

                head 0
                      0: c 1: a 2: c |  BOS
                0: c    50    .   50 |   <1
                1: a    50    .   50 |   <1
                2: c    50    .   50 |   <1

                rows: queries; columns: keys; a cell: the key's share of the
                  attention on selected keys, in %; BOS: its share of all
                  attention
                """);
    }

    @Test
    void withoutTheProgramThePatternIsShownAsItIs() {
        AttentionPattern pattern =
                AttentionPattern.of(3, true, (query, key) -> key == 0 ? 0.6 : key == 1 ? 0.395 : 0.005);
        var panel = new AttentionPanel("head 0", "", pattern, Optional.empty());
        assertThat(panel.share(0, 0)).isEqualTo(0.395);
        assertThat(panel.isDrawn(0, 1)).isFalse();
        var figure = new AttentionFigure("p", "", ImmutableList.of("x", "y"), true, ImmutableList.of(panel));
        assertThat(AttentionText.draw(figure, 80)).contains("isn't known", "0: x    40    . |   60");
    }

    @Test
    void theDrawingIsXmlAndLegible() throws Exception {
        ImmutableList<String> tokens =
                IntStream.range(0, 30).mapToObj(i -> "<&\u0001" + i).collect(ImmutableList.toImmutableList());
        AttentionPattern pattern = AttentionPattern.of(31, true, (query, key) -> 1 / 31.0);
        var mask = KeyMask.of(30, (query, key) -> key <= query);
        var figure = new AttentionFigure(
                "a \u2028 <b>",
                "",
                tokens,
                true,
                ImmutableList.of(new AttentionPanel("head 0", "x".repeat(300), pattern, Optional.of(mask))));
        String svg = AttentionSvg.draw(figure);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(Pattern.compile("font-size=\"(\\d+)").matcher(svg).results())
                .isNotEmpty()
                .allSatisfy(
                        size -> assertThat(Integer.parseInt(size.group(1))).isGreaterThanOrEqualTo(SvgText.LEAST_SIZE));
        assertThat(AttentionText.draw(figure, 80).lines())
                .allMatch(line -> line.length() <= 80 || line.contains("xxx"));
    }
}
