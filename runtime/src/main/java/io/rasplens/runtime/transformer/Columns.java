package io.rasplens.runtime.transformer;

/**
 * An activation as the engine works on it, column by column; the array may be longer than what counts.
 *
 * @param values {@code [width, stride]}, see {@link Lanes}
 * @param width how many columns count; those up to the activation's full width are zero
 */
record Columns(double[] values, int width) {}
