package io.rasplens.runtime.view.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.circuit.CircuitGraph;
import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CircuitSvgTest {
    private static final Pattern BOX =
            Pattern.compile("<rect x=\"(\\d+)\" y=\"(\\d+)\" width=\"200\" height=\"44\" rx=\"4\"/>");

    /** The straight part of a way around. */
    private static final Pattern LANE = Pattern.compile(" (\\d+) (\\d+) L(\\d+) (\\d+) ");

    private static final String SORT = CircuitSvg.draw(
            CircuitGraph.of(CompiledProgram.example("sort", 1).transformer().model()));

    @Test
    void whatIsReadOverRowsBetweenGoesRoundTheirBoxes() {
        List<MatchResult> lanes = LANE.matcher(SORT).results().toList();

        assertThat(lanes).as("head 1.0 reads the embedding").hasSizeGreaterThanOrEqualTo(3);
        assertThat(lanes.stream().map(lane -> lane.group(1))).doesNotHaveDuplicates();
        for (MatchResult lane : lanes) {
            int x = Integer.parseInt(lane.group(3));
            assertThat(lane.group(1)).as("straight down").isEqualTo(lane.group(3));
            assertThat(BOX.matcher(SORT).results().map(box -> Integer.parseInt(box.group(1))))
                    .hasSize(7)
                    .allMatch(left -> x < left || x > left + 200);
        }
    }

    @Test
    void coloursHaveALegendAndEmbeddingsSayWhatTheyEmbed() throws Exception {
        assertThat(SORT).contains(">q</text>", ">k</text>", ">v</text>", ">mlp</text>", ">logits</text>");
        assertThat(SORT).contains(">tokens</text>", ">positions</text>", ">place</text>");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(SORT)));
    }
}
