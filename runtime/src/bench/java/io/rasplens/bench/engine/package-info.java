/**
 * How long a run of the transformer takes, warm: single, batched, with a cache, with gradients.
 * {@link io.rasplens.bench.engine.EngineBenchmarks} writes {@code runtime/BENCHMARKS.md}.
 */
@NullMarked
package io.rasplens.bench.engine;

import org.jspecify.annotations.NullMarked;
