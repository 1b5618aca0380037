package io.rasplens.runtime.view.parts;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The parts of a model, layer by layer. A model that says nothing of them has parts all the same. */
public record ModelParts(ImmutableList<LayerParts> layers) {

    /**
     * One layer.
     *
     * @param heads what each does; empty where the model doesn't say
     * @param groups hidden units that do the same, in the order of the first of them
     */
    public record LayerParts(ImmutableList<Optional<Origin>> heads, ImmutableList<OriginGroup> groups) {}

    /**
     * Hidden units that serve the same purpose.
     *
     * @param origin empty where the model doesn't say
     */
    public record OriginGroup(Optional<Origin> origin, ImmutableList<Unit> units) {}

    /**
     * A hidden unit: {@code relu(input)} times {@code output} is added to the residual stream.
     *
     * @param number within the layer
     */
    public record Unit(int number, ResidualForm input, ResidualForm output) {}

    public static ModelParts of(CompiledModel model) {
        return new ModelParts(IntStream.range(0, model.config().nLayers())
                .mapToObj(layer -> layer(model, layer))
                .collect(ImmutableList.toImmutableList()));
    }

    private static LayerParts layer(CompiledModel model, int number) {
        LayerWeights weights = model.weights().layers().get(number);
        List<Origin> heads = at(model.provenance().heads(), number);
        List<Origin> origins = at(model.provenance().neurons(), number);
        ImmutableList<ResidualForm> inputs = ResidualForm.inputs(weights.mlp(), model.labels());
        ImmutableList<ResidualForm> outputs = ResidualForm.outputs(weights.mlp(), model.labels());
        Map<Optional<Origin>, List<Unit>> groups = new LinkedHashMap<>();
        for (int unit = 0; unit < inputs.size(); unit++) {
            groups.computeIfAbsent(at(origins, unit), origin -> new ArrayList<>())
                    .add(new Unit(unit, inputs.get(unit), outputs.get(unit)));
        }
        return new LayerParts(
                IntStream.range(0, weights.heads().size())
                        .mapToObj(head -> at(heads, head))
                        .collect(ImmutableList.toImmutableList()),
                groups.entrySet().stream()
                        .map(group -> new OriginGroup(group.getKey(), ImmutableList.copyOf(group.getValue())))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static ImmutableList<Origin> at(ImmutableList<ImmutableList<Origin>> layers, int layer) {
        return layer < layers.size() ? layers.get(layer) : ImmutableList.of();
    }

    private static Optional<Origin> at(List<Origin> origins, int part) {
        return part < origins.size() ? Optional.of(origins.get(part)) : Optional.empty();
    }
}
