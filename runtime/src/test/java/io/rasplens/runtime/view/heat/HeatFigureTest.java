package io.rasplens.runtime.view.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.runtime.view.heat.HeatText.Style;
import io.rasplens.runtime.view.svg.SvgText;
import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HeatFigureTest {
    private static final ImmutableList<AxisLabel> COLUMNS =
            ImmutableList.of(new AxisLabel("reverse", "1"), new AxisLabel("reverse", "2"), new AxisLabel("length", ""));

    private static HeatFigure residual() {
        var panel = HeatPanel.of(
                "", AxisLabel.plain("BOS", "1", "2"), COLUMNS, (row, column) -> row == column ? 1 : 0.25 * row);
        return HeatFigure.of("blocks.1.hook_resid_post", "position", "dimension", panel)
                .subtitle("input [1, 2]");
    }

    private static HeatFigure signed() {
        var panel = HeatPanel.of("head 0", AxisLabel.numbers(1), AxisLabel.numbers(3), (row, column) -> column - 1.0);
        return HeatFigure.of("signed", "position", "unit", panel);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void asciiPictureGroupsColumnsBySop() {
        assertThat(HeatText.draw(residual(), Style.ASCII, 80)).isEqualTo("""
                        blocks.1.hook_resid_post
                        input [1, 2]

                            | reverse | length
                            |  1  2   |
                        BOS |  @      |
                        1   |  :  @   |  :
                        2   |  +  +   |  @

                        legend: '.' up to 0.2, ':' up to 0.4, '+' up to 0.6, '#' up to 0.8, '@' up to 1
                        less than a hundredth is blank
                        """);
    }

    @Test
    void eachSopHasAScaleOfItsOwnAndAnswersAreMarked() throws Exception {
        ImmutableList<AxisLabel> columns =
                ImmutableList.of(new AxisLabel("big", ""), new AxisLabel("y", "1"), new AxisLabel("y", "2"));
        double[][] cells = {{900, 0.5, -1e-9}, {1, 0.004, 1}};
        var panel = HeatPanel.of("", AxisLabel.plain("0", "1"), columns, (row, column) -> cells[row][column])
                .answers(row -> row == 1 ? 2 : -1);
        HeatFigure figure =
                HeatFigure.of("stream", "position", "dimension", panel).scaling(HeatFigure.Scaling.BY_GROUP);
        assertThat(HeatText.draw(figure, Style.ASCII, 80)).isEqualTo("""
                stream

                    | big | y
                    |     |  1  2
                max | 900 | 1
                0   |  @  |  +
                1   |     |    *@

                legend: '.' up to 20%, ':' up to 40%, '+' up to 60%, '#' up to 80%, '@' up to 100% of the max
                less than a hundredth is blank; '*': read as the answer
                """);
        String svg = HeatSvg.draw(figure);
        assertThat(svg).contains("0 to 900", "0 to 1", "read as the answer");
        assertThat(parse(svg).getElementsByTagName("rect").getLength()).isGreaterThan(6);
        assertThat(HeatText.draw(figure, Style.COLOR, 80)).contains("\u001b[97;48;2;8;48;107m* \u001b[0m");
    }

    @Test
    void nothingIsWrittenSmallerThanCanBeRead() {
        assertThat(Pattern.compile("font-size[=:]\"?(\\d+)")
                        .matcher(HeatSvg.draw(residual()))
                        .results())
                .isNotEmpty()
                .allSatisfy(
                        size -> assertThat(Integer.parseInt(size.group(1))).isGreaterThanOrEqualTo(SvgText.LEAST_SIZE));
    }

    @Test
    void negativeCellsCarryTheirSign() {
        assertThat(HeatText.draw(signed(), Style.ASCII, 80))
                .contains("0 | -@     @")
                .contains("'-' before it: negative");
    }

    @Test
    void wideMatricesAreBrokenIntoBandsOfTheGivenWidth() {
        var panel = HeatPanel.of("", AxisLabel.numbers(2), AxisLabel.numbers(100), (row, column) -> column);
        String text = HeatText.draw(HeatFigure.of("wide", "position", "unit", panel), Style.ASCII, 60);
        assertThat(text.lines().filter(l -> !l.startsWith("legend"))).allMatch(line -> line.length() <= 60);
        assertThat(text).contains("99");
    }

    @Test
    void colouredPictureUsesTheScalesColours() {
        assertThat(HeatText.draw(residual(), Style.COLOR, 80)).contains("\u001b[97;48;2;8;48;107m");
        assertThat(HeatText.draw(residual(), Style.BLOCKS, 80)).contains("██").doesNotContain("\u001b");
    }

    @Test
    void svgHasOneCellPerValueAndAllLabels() throws Exception {
        Document svg = parse(HeatSvg.draw(residual()));
        var titles = svg.getElementsByTagName("title");
        assertThat(titles.getLength()).isEqualTo(9);
        assertThat(titles.item(4).getTextContent()).isEqualTo("1, reverse=2: 1.0");
        assertThat(svg.getDocumentElement().getTextContent()).contains("reverse=1", "length", "input [1, 2]", "BOS");
    }

    @Test
    void svgSurvivesLabelsThatAreMarkupOrControlCharacters() throws Exception {
        var panel = HeatPanel.of("<&", AxisLabel.plain("\"<a>&\u0001"), AxisLabel.plain("x".repeat(99)), (r, c) -> 1);
        Document svg = parse(HeatSvg.draw(HeatFigure.of("t", "r", "c", panel)));
        assertThat(svg.getDocumentElement().getTextContent()).contains("\"<a>&\u25a1", "xxx\u2026");
    }

    @Test
    void scaleIsSequentialWithoutNegativesAndSymmetricWithThem() {
        assertThat(residual().scale()).isEqualTo(new ColorScale(1, false));
        assertThat(signed().scale()).isEqualTo(new ColorScale(1, true));
        assertThat(signed().scale().hex(0)).isEqualTo("#ffffff");
        assertThat(signed().scale().hex(-1)).isEqualTo("#67000d");
        assertThat(signed().scale().hex(1)).isEqualTo("#08306b");
    }

    @Test
    void maskedAndAllZeroPanelsCanBeDrawn() throws Exception {
        var masked = HeatPanel.of(
                "", AxisLabel.numbers(1), AxisLabel.numbers(2), (r, c) -> c == 0 ? Double.NEGATIVE_INFINITY : 0);
        var figure = HeatFigure.of("m", "query", "key", masked);
        assertThat(figure.scale().limit()).isEqualTo(1);
        parse(HeatSvg.draw(figure));
        assertThat(HeatText.draw(figure, Style.ASCII, 80)).contains("'x' masked");
    }

    @Test
    void cellsMustFillThePanel() {
        assertThatThrownBy(() -> new HeatPanel(
                        "",
                        AxisLabel.numbers(2),
                        AxisLabel.numbers(2),
                        ImmutableDoubleArray.of(1, 2, 3),
                        ImmutableSet.of()))
                .hasMessageContaining("3 cells for 2 rows and 2 columns");
    }

    @Test
    void briefNumbers() {
        assertThat(ImmutableList.of(1.0, 1 / 3.0, -2.5, 0.0, 1.23456e-9, 1e20))
                .extracting(NumberText::brief)
                .containsExactly("1", "0.333", "-2.5", "0", "1.23E-9", "1E+20");
    }
}
