package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's circuit: its parts, and which reads which, through what, over which directions of the residual stream. Found in the
 * weights, so that it is the truth of any model, compiled or not; a compiled one also says what each part is for.
 *
 * @param nodes in the order of computation
 * @param links readers in the order of computation
 */
public record CircuitGraph(ImmutableList<CircuitNode> nodes, ImmutableList<CircuitLink> links) {

    /**
     * A part.
     *
     * @param label what it does, in RASP words; empty where the model doesn't say
     * @param sops that it computes, by name
     */
    public record CircuitNode(Component component, String label, ImmutableList<String> sops) {}

    /**
     * What one part reads of another.
     *
     * @param directions that one writes and the other reads, as residual labels
     * @param sops that these directions belong to
     */
    public record CircuitLink(Edge edge, ImmutableList<String> sops, ImmutableList<String> directions) {}

    public static CircuitGraph of(CompiledModel model) {
        var reach = new WeightReach(model);
        Map<Component, BitSet> written = new HashMap<>();
        ImmutableList.Builder<CircuitLink> links = ImmutableList.builder();
        for (Edge edge : Edge.all(model)) {
            BitSet shared = (BitSet)
                    written.computeIfAbsent(edge.from(), reach::written).clone();
            shared.and(reach.read(edge.to(), edge.via()));
            if (!shared.isEmpty()) {
                links.add(new CircuitLink(
                        edge,
                        shared.stream()
                                .mapToObj(d -> sop(model, d))
                                .distinct()
                                .collect(ImmutableList.toImmutableList()),
                        shared.stream().mapToObj(d -> direction(model, d)).collect(ImmutableList.toImmutableList())));
            }
        }
        return new CircuitGraph(
                Component.all(model).stream()
                        .map(component -> node(model, component))
                        .collect(ImmutableList.toImmutableList()),
                links.build());
    }

    /** The edges alone, to compare with others. */
    public ImmutableSet<Edge> edges() {
        return links.stream().map(CircuitLink::edge).collect(ImmutableSet.toImmutableSet());
    }

    private static CircuitNode node(CompiledModel model, Component component) {
        List<Origin> origins = switch (component.kind()) {
            case HEAD ->
                at(model.provenance().heads(), component.layer()).stream()
                        .skip(component.head())
                        .limit(1)
                        .toList();
            case MLP -> at(model.provenance().neurons(), component.layer());
            default -> ImmutableList.<Origin>of();
        };
        String label = switch (component.kind()) {
            case EMBED -> "tokens";
            case POS_EMBED -> "positions";
            case UNEMBED -> model.program().map(p -> p.sop()).orElse("logits");
            default ->
                String.join(
                        "; ",
                        origins.stream().map(Origin::description).distinct().toList());
        };
        ImmutableList<String> sops = origins.stream()
                .flatMap(origin -> origin.sops().stream())
                .distinct()
                .collect(ImmutableList.toImmutableList());
        return new CircuitNode(
                component, label, component.kind() == Component.ComponentKind.UNEMBED ? answer(model) : sops);
    }

    private static ImmutableList<String> answer(CompiledModel model) {
        return model.program().map(p -> ImmutableList.of(p.sop())).orElse(ImmutableList.of());
    }

    private static <T> List<T> at(ImmutableList<ImmutableList<T>> layers, int layer) {
        return layer < layers.size() ? layers.get(layer) : ImmutableList.of();
    }

    private static String direction(CompiledModel model, int dimension) {
        return dimension < model.labels().size() ? model.labels().get(dimension).text() : "dim " + dimension;
    }

    private static String sop(CompiledModel model, int dimension) {
        return dimension < model.labels().size() ? model.labels().get(dimension).sop() : "dim " + dimension;
    }
}
