package io.rasplens.runtime.view.circuit;

import com.google.common.html.HtmlEscapers;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.Via;
import io.rasplens.runtime.analysis.circuit.CircuitGraph;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitLink;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A circuit as an SVG: the embedding on top, then each layer's heads and its MLP, the unembedding at the bottom. An arrow over rows
 * between goes round their boxes, in a lane of its own, so that it is not taken for one of theirs.
 */
public final class CircuitSvg {
    private static final int BOX_WIDTH = 200;
    private static final int BOX_HEIGHT = 44;
    private static final int GAP_X = 24;
    private static final int GAP_Y = 56;
    private static final int MARGIN = 20;
    private static final int LANE = 7;
    private static final int LEGEND_HEIGHT = 40;
    private static final int LEGEND_STEP = 84;

    private final CircuitGraph graph;
    private final Map<Component, BoxCorner> places = new HashMap<>();
    private final Map<Integer, Integer> rows = new LinkedHashMap<>();
    private final Map<Edge, Integer> lanes = new HashMap<>();
    private int width;
    private int height;

    /** The left upper corner of a box. */
    private record BoxCorner(int x, int y) {}

    private CircuitSvg(CircuitGraph graph) {
        this.graph = graph;
    }

    public static String draw(CircuitGraph graph) {
        var svg = new CircuitSvg(graph);
        svg.place();
        return svg.draw();
    }

    private void place() {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        graph.nodes().forEach(node -> counts.merge(row(node.component()), 1, Integer::sum));
        counts.keySet().forEach(row -> rows.put(row, rows.size()));
        graph.links().stream()
                .map(CircuitLink::edge)
                .filter(edge -> rowNumber(edge.to()) - rowNumber(edge.from()) > 1)
                .forEach(edge -> lanes.put(edge, lanes.size()));
        int widest = counts.values().stream().mapToInt(count -> count).max().orElse(1);
        int boxes = widest * BOX_WIDTH + (widest - 1) * GAP_X;
        // Lanes are on both sides in turn.
        int side = MARGIN + (lanes.isEmpty() ? 0 : GAP_X + (lanes.size() + 1) / 2 * LANE);
        width = Math.max(2 * side + boxes, 2 * MARGIN + Via.values().length * LEGEND_STEP);
        height = 2 * MARGIN + counts.size() * BOX_HEIGHT + (counts.size() - 1) * GAP_Y + LEGEND_HEIGHT;
        Map<Integer, Integer> next = new HashMap<>();
        for (CircuitNode node : graph.nodes()) {
            int row = row(node.component());
            int column = next.merge(row, 1, Integer::sum) - 1;
            int used = counts.getOrDefault(row, 1);
            int left = (width - used * BOX_WIDTH - (used - 1) * GAP_X) / 2;
            places.put(
                    node.component(),
                    new BoxCorner(
                            left + column * (BOX_WIDTH + GAP_X),
                            MARGIN + rowNumber(node.component()) * (BOX_HEIGHT + GAP_Y)));
        }
    }

    private int rowNumber(Component component) {
        return Objects.requireNonNull(rows.get(row(component)));
    }

    private static int row(Component component) {
        return switch (component.kind()) {
            case EMBED, POS_EMBED -> -1;
            case HEAD -> 2 * component.layer();
            case MLP -> 2 * component.layer() + 1;
            case UNEMBED -> Integer.MAX_VALUE;
        };
    }

    private String draw() {
        var out =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                        + "\" viewBox=\"0 0 " + width + " " + height + "\" font-family=\"sans-serif\">\n"
                        + "<style>rect{fill:#fff;stroke:#444}text{fill:#222;text-anchor:middle}"
                        + "path{fill:none;stroke-width:1.5;stroke-opacity:0.7}</style>\n"
                        + "<rect x=\"0\" y=\"0\" width=\"" + width + "\" height=\"" + height
                        + "\" style=\"fill:#fafafa;stroke:none\"/>\n");
        graph.links().forEach(link -> out.append(arrow(link)));
        graph.nodes().forEach(node -> out.append(box(node)));
        int at = MARGIN;
        for (Via via : Via.values()) {
            out.append(legend(via, at));
            at += LEGEND_STEP;
        }
        return out.append("</svg>\n").toString();
    }

    private String arrow(CircuitLink link) {
        BoxCorner from = Objects.requireNonNull(places.get(link.edge().from()));
        BoxCorner to = Objects.requireNonNull(places.get(link.edge().to()));
        int x1 = from.x() + BOX_WIDTH / 2;
        int y1 = from.y() + BOX_HEIGHT;
        int x2 = to.x() + entry(link.edge().via());
        int y2 = to.y();
        String path = "M" + x1 + " " + y1 + way(link.edge(), x1, y1, x2, y2);
        return "<path d=\"" + path + "\" stroke=\"" + colour(link.edge().via()) + "\"><title>"
                + escape(link.edge() + ": " + String.join(", ", link.directions())) + "</title></path>\n";
    }

    private String way(Edge edge, int x1, int y1, int x2, int y2) {
        Integer lane = lanes.get(edge);
        if (lane == null) {
            return curve(x1, y1, x2, y2);
        }
        int out = MARGIN + lane / 2 * LANE;
        int x = lane % 2 == 0 ? out : width - out;
        return curve(x1, y1, x, y1 + GAP_Y) + " L" + x + " " + (y2 - GAP_Y) + curve(x, y2 - GAP_Y, x2, y2);
    }

    private static String curve(int x1, int y1, int x2, int y2) {
        int bend = Math.max(GAP_Y / 2, (y2 - y1) / 3);
        return " C" + x1 + " " + (y1 + bend) + " " + x2 + " " + (y2 - bend) + " " + x2 + " " + y2;
    }

    /** What a colour means, below the picture. */
    private String legend(Via via, int x) {
        int y = height - MARGIN;
        return "<path d=\"M" + x + " " + (y - 4) + " h24\" stroke=\"" + colour(via) + "\"/><text x=\"" + (x + 30)
                + "\" y=\"" + y + "\" font-size=\"12\" style=\"text-anchor:start\">" + via.word() + "</text>\n";
    }

    /** Queries come in on the left, keys in the middle, values on the right. */
    private static int entry(Via via) {
        return switch (via) {
            case Q -> BOX_WIDTH / 4;
            case V -> BOX_WIDTH * 3 / 4;
            default -> BOX_WIDTH / 2;
        };
    }

    /** Colours that colour-blind people tell apart (Okabe and Ito). */
    private static String colour(Via via) {
        return switch (via) {
            case Q -> "#0072b2";
            case K -> "#d55e00";
            case V -> "#009e73";
            case MLP -> "#cc79a7";
            case LOGITS -> "#555555";
        };
    }

    private String box(CircuitNode node) {
        BoxCorner place = Objects.requireNonNull(places.get(node.component()));
        int middle = place.x() + BOX_WIDTH / 2;
        String tip = node.component().id() + (node.label().isEmpty() ? "" : ": " + node.label());
        return "<g><title>" + escape(tip) + "</title><rect x=\"" + place.x() + "\" y=\"" + place.y() + "\" width=\""
                + BOX_WIDTH + "\" height=\"" + BOX_HEIGHT + "\" rx=\"4\"/><text x=\"" + middle + "\" y=\""
                + (place.y() + 18) + "\" font-size=\"14\">" + escape(NodeWords.title(node)) + "</text><text x=\""
                + middle + "\" y=\"" + (place.y() + 36) + "\" font-size=\"12\">" + escape(NodeWords.detail(node))
                + "</text></g>\n";
    }

    /** What XML can't hold at all becomes a question mark. */
    private static String escape(String text) {
        var allowed = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            boolean fine = point >= 0x20 && point != 0x7F && !surrogate && point != 0xFFFE && point != 0xFFFF;
            allowed.appendCodePoint(fine ? point : '?');
        });
        return HtmlEscapers.htmlEscaper().escape(allowed.toString());
    }
}
