/**
 * How long things take: compilation, interpretation, the forward pass. Nothing of this is in the jar; the profile {@code bench}
 * compiles and runs it, and {@link io.rasplens.bench.Benchmarks} writes {@code compiler/BENCHMARKS.md}.
 */
@NullMarked
package io.rasplens.bench;

import org.jspecify.annotations.NullMarked;
