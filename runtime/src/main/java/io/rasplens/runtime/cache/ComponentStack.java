package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several activations of one shape, each with its label.
 *
 * @param labels one per index of the first axis
 * @param values {@code [component, …]}
 */
public record ComponentStack(List<String> labels, Tensor values) {
    public ComponentStack {
        labels = ImmutableList.copyOf(labels);
        if (values.size(0) != labels.size()) {
            throw new IllegalArgumentException(labels.size() + " labels for " + Tensor.describe(values.axes()));
        }
    }

    /** Puts tensors of one shape on top of each other under a new first axis. */
    static ComponentStack of(String axis, List<String> labels, List<Tensor> parts) {
        if (parts.isEmpty()) {
            return new ComponentStack(ImmutableList.of(), Tensor.zeros(ImmutableList.of(new Axis(axis, 0))));
        }
        return new ComponentStack(labels, Tensor.stack(axis, parts));
    }

    static ImmutableList<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(ImmutableList.toImmutableList());
    }

    public int size() {
        return labels.size();
    }

    public Tensor get(int component) {
        return values.slice(0, component);
    }

    public Tensor get(String label) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new EngineException(
                    EngineCode.NOT_CACHED,
                    "no component '" + label + "'",
                    "the components are " + String.join(", ", labels));
        }
        return get(index);
    }

    /** The components added up in order. */
    public Tensor sum() {
        Tensor sum = Tensor.zeros(values.axes().subList(1, values.rank()));
        for (int i = 0; i < size(); i++) {
            sum = sum.plus(get(i));
        }
        return sum;
    }
}
