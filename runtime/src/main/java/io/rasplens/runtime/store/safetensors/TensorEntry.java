package io.rasplens.runtime.store.safetensors;

import com.google.common.primitives.ImmutableLongArray;
import java.util.stream.Collectors;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param shape sizes of the axes, outermost first; empty for a single number
 * @param begin offset of the first byte, counted from the end of the header
 * @param end offset behind the last byte
 */
public record TensorEntry(String name, Dtype dtype, ImmutableLongArray shape, long begin, long end) {

    /** The number of elements. */
    public long elements() {
        return (end - begin) / dtype.bytes();
    }

    /** The size of one axis. */
    public long axis(int index) {
        return shape.get(index);
    }

    public static String text(ImmutableLongArray shape) {
        return shape.asList().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
