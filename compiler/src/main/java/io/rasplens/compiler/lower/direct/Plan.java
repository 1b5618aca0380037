package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.SOp;

/**
 * All blocks of a program, and where each s-op can be read.
 *
 * @param names the residual names of the s-ops that have one
 */
record Plan(
        ImmutableList<Block> blocks,
        ImmutableMap<SOp, Encoded.Category> categories,
        ImmutableMap<SOp, Encoded.Numeric> numbers,
        ImmutableMap<SOp, String> names,
        Specials specials) {}
