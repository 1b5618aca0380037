package io.rasplens.runtime.view.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.svg.SvgText;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FlowDrawingTest {
    @Test
    void drawsEveryBoxWithItsValues() throws Exception {
        Document svg = parse(FlowSvg.draw(flow(FlowPrograms.sort(), "dacab")));
        var texts = svg.getElementsByTagName("text");
        var found = new StringBuilder();
        for (int i = 0; i < texts.getLength(); i++) {
            found.append(texts.item(i).getTextContent()).append('\n');
        }
        assertThat(found.toString())
                .contains("in_order   on   d a c a b   (2 attention layers)")
                .contains("equal_and_earlier\nselect(tokens, tokens, ==) and select(indices, indices, <)\n")
                .contains("place\nselector_width(①)\n4\n0\n3\n1\n2\n")
                .contains("in_order\naggregate(②, tokens)\na\na\nb\nc\nd\n");
    }

    @Test
    void wordsOfTheInputAreKeptApartInTheTitle() {
        Flow flow = FlowTrace.trace(FlowPrograms.sort(), List.of(Value.of("a b"), Value.of(2)))
                .orThrow();
        assertThat(FlowSvg.draw(flow)).contains("in_order   on   [a b, 2]   (2 attention layers)");
    }

    @Test
    void sameFlowGivesTheSamePicture() {
        assertThat(FlowSvg.draw(flow(FlowPrograms.dyck2(), "({)}")))
                .isEqualTo(FlowSvg.draw(flow(FlowPrograms.dyck2(), "({)}")));
        assertThat(FlowDot.draw(flow(FlowPrograms.dyck2(), "({)}")))
                .isEqualTo(FlowDot.draw(flow(FlowPrograms.dyck2(), "({)}")));
    }

    @Test
    void hostileTokensStayText() throws Exception {
        List<Value> input = List.of(
                Value.of("</text><script>"), Value.of("\u0000\"&"), Value.of("\ud800"), Value.of("😀"), Value.of(""));
        Flow flow = FlowTrace.trace(FlowPrograms.sort(), input).orThrow();
        Document svg = parse(FlowSvg.draw(flow));
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(FlowDot.draw(flow)).doesNotContain("<script");
    }

    @Test
    void boxesDontOverlap() {
        for (RaspProgram program : List.of(FlowPrograms.sort(), FlowPrograms.dyck2())) {
            FlowLayout layout = LayFlowOut.layOut(flow(program, "({)}({)}"));
            for (FlowLayout.PlacedBox a : layout.boxes()) {
                assertThat(a.x()).isGreaterThanOrEqualTo(LayFlowOut.MARGIN);
                assertThat(a.x() + a.shape().width()).isLessThanOrEqualTo(layout.width());
                for (FlowLayout.PlacedBox b : layout.boxes()) {
                    boolean apart = a.x() + a.shape().width() <= b.x()
                            || b.x() + b.shape().width() <= a.x()
                            || a.y() + a.shape().height() <= b.y()
                            || b.y() + b.shape().height() <= a.y();
                    assertThat(apart || a.equals(b)).isTrue();
                }
            }
        }
    }

    @Test
    void readersStandBelowWhatTheyRead() {
        Flow flow = flow(FlowPrograms.dyck2(), "({)}");
        FlowLayout layout = LayFlowOut.layOut(flow);
        for (FlowArrow arrow : flow.arrows()) {
            FlowLayout.PlacedBox from = layout.boxes().get(arrow.from());
            assertThat(from.y() + from.shape().height())
                    .isLessThan(layout.boxes().get(arrow.to()).y());
        }
    }

    @Test
    void toTheRightReadersStandRightOfWhatTheyRead() {
        Flow flow = flow(FlowPrograms.dyck2(), "({)}");
        FlowLayout layout = LayFlowOut.layOut(flow, FlowDirection.RIGHT);
        for (FlowArrow arrow : flow.arrows()) {
            FlowLayout.PlacedBox from = layout.boxes().get(arrow.from());
            assertThat(from.x() + from.shape().width())
                    .isLessThan(layout.boxes().get(arrow.to()).x());
        }
        assertThat(layout.boxes()).allSatisfy(box -> {
            assertThat(box.x() + box.shape().width()).isLessThan(layout.width());
            assertThat(box.y() + box.shape().height()).isLessThan(layout.height());
        });
        assertThat(layout.width()).isGreaterThan(layout.height());
    }

    @Test
    void aLongFlowIsCutIntoRowsThatFitASlide() throws Exception {
        Flow flow = flow(FlowPrograms.dyck2(), "({)}({)}");
        ImmutableList<FlowRow> rows = FoldFlow.rows(flow);
        ImmutableList<FlowRow> whole = ImmutableList.of(FlowRow.of(FlowPart.whole(flow), FlowDirection.RIGHT));
        assertThat(rows).hasSizeGreaterThan(1);
        assertThat(FoldFlow.scale(rows)).isGreaterThan(1.3 * FoldFlow.scale(whole));
        parse(FlowSvg.draw(flow, FlowDirection.RIGHT));
        List<String> own = rows.stream()
                .flatMap(row -> row.part().flow().boxes().stream()
                        .filter(box -> !row.part().carried().contains(box.id())))
                .map(FlowBox::title)
                .toList();
        assertThat(own)
                .containsExactlyInAnyOrderElementsOf(
                        flow.boxes().stream().map(FlowBox::title).toList());
        assertThat(rows.stream().flatMap(row -> told(row.part().flow())).toList())
                .containsExactlyInAnyOrderElementsOf(told(flow).toList());
    }

    @Test
    void aRowBeginsWithWhatItReadsOfTheRowsBefore() {
        Flow flow = flow(FlowPrograms.dyck2(), "({)}({)}");
        Set<String> above = new HashSet<>();
        for (FlowRow row : FoldFlow.rows(flow)) {
            FlowPart part = row.part();
            for (FlowBox box : part.flow().boxes()) {
                boolean carried = part.carried().contains(box.id());
                assertThat(above.contains(box.title())).as(box.title()).isEqualTo(carried);
                if (carried) {
                    assertThat(part.flow().arrows()).noneMatch(arrow -> arrow.to() == box.id());
                    assertThat(part.bandName(box.layer())).isEqualTo("from above");
                }
            }
            part.flow().boxes().forEach(box -> above.add(box.title()));
        }
    }

    @Test
    void whatFitsIsNotCut() {
        assertThat(FoldFlow.rows(flow(FlowPrograms.sort(), "dacab"))).hasSize(1);
    }

    private static Stream<String> told(Flow flow) {
        return flow.arrows().stream()
                .map(arrow -> flow.boxes().get(arrow.from()).title() + " "
                        + flow.boxes().get(arrow.to()).title() + " " + arrow.role());
    }

    @Test
    void layersCountFromZeroAndNothingIsWrittenTooSmall() throws Exception {
        for (FlowDirection direction : FlowDirection.values()) {
            String svg = FlowSvg.draw(flow(FlowPrograms.sort(), "dacab"), direction);
            parse(svg);
            assertThat(svg)
                    .contains(">input</text>", ">layer 0</text>", ">layer 1</text>")
                    .doesNotContain(">layer 2</text>");
            assertThat(Pattern.compile("font-size:(\\d+)px").matcher(svg).results())
                    .isNotEmpty()
                    .allSatisfy(size ->
                            assertThat(Integer.parseInt(size.group(1))).isGreaterThanOrEqualTo(SvgText.LEAST_SIZE));
        }
        assertThat(FlowDot.draw(flow(FlowPrograms.sort(), "dacab")))
                .contains("\"layer 1\"")
                .doesNotContain("\"layer 2\"");
    }

    @Test
    void aLayerAloneHasWhatItReads() {
        ImmutableList<Flow> layers = flow(FlowPrograms.sort(), "dacab").byLayer();
        assertThat(layers).hasSize(2);
        assertThat(layers.get(0).boxes())
                .extracting(FlowBox::title)
                .containsExactly("tokens", "indices", "smaller", "equal_and_earlier", "\u2460", "place");
        assertThat(layers.get(1).boxes())
                .extracting(FlowBox::title)
                .containsExactly("tokens", "indices", "place", "\u2461", "in_order");
        assertThat(layers.get(1).arrows())
                .containsExactly(
                        new FlowArrow(1, 3, FlowArrow.ArrowRole.QUERY),
                        new FlowArrow(2, 3, FlowArrow.ArrowRole.KEY),
                        new FlowArrow(0, 4, FlowArrow.ArrowRole.VALUE),
                        new FlowArrow(3, 4, FlowArrow.ArrowRole.SELECTOR));
        assertThat(FlowSvg.draw(layers.get(1))).contains("layer 1 alone");
    }

    @Test
    void wideRowsAreCut() {
        var p = new FlowPrograms();
        var x = p.indices;
        for (int i = 1; i <= 40; i++) {
            x = p.binary(
                    io.rasplens.compiler.program.Operator.BinaryKind.PLUS,
                    x,
                    p.named("name" + i, p.minus(p.indices, p.constant(i))));
        }
        FlowLayout layout = LayFlowOut.layOut(flow(p.program("sum", x), "abcdefgh"));
        assertThat(layout.width()).isLessThan(2200);
    }

    @Test
    void dotNamesEveryBoxAndArrow() {
        Flow flow = flow(FlowPrograms.sort(), "dacab");
        String dot = FlowDot.draw(flow);
        assertThat(dot)
                .startsWith("digraph flow {")
                .contains("subgraph cluster_2")
                .contains("n6 -> n7");
        assertThat(dot.lines().filter(line -> line.contains("->")).count())
                .isEqualTo(flow.arrows().size());
    }

    @Test
    void dotKeepsItsGridsSquareUnderALongText() {
        String dot = FlowDot.draw(flow(FlowPrograms.sort(), "dacab"));
        // Six columns of one letter, six rows.
        assertThat(dot).contains("fixedsize=\"true\" width=\"120\" height=\"144\"><tr><td width=\"20\"></td>");
        assertThat(dot.lines().filter(line -> line.contains("[label=<<table")))
                .allMatch(line -> line.contains("fixedsize=\"true\""));
    }

    private static Flow flow(RaspProgram program, String input) {
        ImmutableList<Value> values = FlowPrograms.input(input);
        return FlowTrace.trace(program, values).orThrow();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
