package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsWriter;
import io.rasplens.runtime.store.safetensors.TensorSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Activations in a safetensors file: float64, under their full hook names, the batch axis kept, so that they can be laid beside
 * what TransformerLens caches for the same weights.
 */
public final class ActivationFile {
    private ActivationFile() {}

    /**
     * One activation, its numbers read while they are written.
     *
     * @param shape sizes of the axes, batch first
     * @param element the number at a place of the row-major order
     */
    public record SavedActivation(ImmutableLongArray shape, IntToDoubleFunction element) {
        public static SavedActivation of(int[] shape, IntToDoubleFunction element) {
            return new SavedActivation(
                    ImmutableLongArray.copyOf(Arrays.stream(shape).asLongStream()), element);
        }
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param activations by full hook name; the file keeps their order
     * @return the file
     */
    public static Result<Path> write(Path file, Map<String, SavedActivation> activations) {
        return StoreException.toResult(file, () -> {
            ForeignFile.checkActivations(file);
            ImmutableList<TensorSource> tensors = activations.entrySet().stream()
                    .map(entry -> tensor(entry.getKey(), entry.getValue()))
                    .collect(ImmutableList.toImmutableList());
            try (var files = new AtomicFiles()) {
                files.write(file, new SafetensorsWriter(Dtype.F64, tensors, ImmutableMap.of("format", "pt"))::writeTo);
                files.commit();
            }
            return file;
        });
    }

    private static TensorSource tensor(String name, SavedActivation activation) {
        int length = Math.toIntExact(
                activation.shape().asList().stream().mapToLong(n -> n).reduce(1, Math::multiplyExact));
        return new TensorSource(name, activation.shape(), sink -> {
            for (int i = 0; i < length; i++) {
                sink.add(activation.element().applyAsDouble(i));
            }
        });
    }
}
