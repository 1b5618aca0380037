/**
 * The direct lowering, {@code -O0}: one block of the transformer per s-op, in the layout of Tracr (Lindner et al. 2023,
 * arXiv 2301.05062), for teaching and for comparison. Entered through {@link DirectLowering} only.
 *
 * <p>What it keeps of that layout: which s-op becomes which block, how wide each block is, how blocks are laid into layers, and
 * the order of the residual directions. What it does otherwise, because there the original is wrong: the hardness of attention
 * is chosen from a bound and not divided by √d_head; thresholds have slopes of their own; defaults are written by the head;
 * negative numbers pass. What is written is a circuit as at every level; how Tracr numbers its directions is up to
 * {@code assemble}.
 *
 * <pre>{@code
 * CompiledModel model = new DirectLowering().lower(target).orThrow();
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.lower.direct;

import org.jspecify.annotations.NullMarked;
