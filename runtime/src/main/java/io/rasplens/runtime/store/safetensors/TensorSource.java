package io.rasplens.runtime.store.safetensors;

import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;

/**
 * A tensor to be written, its elements made while writing.
 *
 * @param shape sizes of the axes, outermost first
 * @param elements puts as many elements into the sink as the shape has, row-major
 */
public record TensorSource(String name, ImmutableLongArray shape, Elements elements) {
    /** Makes the elements. */
    public interface Elements {
        void writeTo(ElementSink sink) throws IOException;
    }
}
