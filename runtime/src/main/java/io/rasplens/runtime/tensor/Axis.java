package io.rasplens.runtime.tensor;

/**
 * One axis of a tensor.
 *
 * @param name what it counts, in the field's terms: {@code batch}, {@code pos}, {@code head}, {@code d_model}
 * @param size how many
 */
public record Axis(String name, int size) {
    public Axis {
        if (size < 0) {
            throw new IllegalArgumentException("axis " + name + " has size " + size);
        }
    }
}
