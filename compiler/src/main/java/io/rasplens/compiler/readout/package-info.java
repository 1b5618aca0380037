/**
 * What can be read of a program in its model beyond what the lowering says: names with their bindings, the output, and every
 * s-op that is a combination of what stands in the stream. Sees the program and the finished model, and no lowering.
 *
 * <pre>{@code
 * ImmutableList<SopReadout> readouts = CompleteReadouts.complete(model, target);
 * // opposite too, where length and indices stand in the stream
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.readout;

import org.jspecify.annotations.NullMarked;
