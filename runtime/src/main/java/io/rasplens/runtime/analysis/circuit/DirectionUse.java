package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who writes and who reads one residual dimension, by the weights.
 *
 * @param writers in the order of computation
 * @param readers likewise, each through what
 */
public record DirectionUse(ImmutableList<Component> writers, ImmutableList<Reader> readers) {

    /** A part that reads, through one of its inputs. */
    public record Reader(Component component, Via via) {}

    /** One for each residual dimension. */
    public static ImmutableList<DirectionUse> of(CompiledModel model) {
        var reach = new WeightReach(model);
        int dModel = model.config().dModel();
        List<ImmutableList.Builder<Component>> writers = builders(dModel);
        List<ImmutableList.Builder<Reader>> readers = builders(dModel);
        for (Component component : Component.all(model)) {
            reach.written(component).stream().forEach(d -> writers.get(d).add(component));
            for (Via via : Via.values()) {
                if (via.fits(component)) {
                    reach.read(component, via).stream()
                            .forEach(d -> readers.get(d).add(new Reader(component, via)));
                }
            }
        }
        return IntStream.range(0, dModel)
                .mapToObj(d ->
                        new DirectionUse(writers.get(d).build(), readers.get(d).build()))
                .collect(ImmutableList.toImmutableList());
    }

    private static <T> List<ImmutableList.Builder<T>> builders(int count) {
        List<ImmutableList.Builder<T>> builders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            builders.add(ImmutableList.builder());
        }
        return builders;
    }
}
