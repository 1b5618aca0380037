package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.DirectionMeaning;
import io.rasplens.compiler.lower.direct.block.DirectBlock;
import io.rasplens.compiler.lower.direct.block.DirectHead;
import io.rasplens.compiler.lower.direct.block.Encoded;
import io.rasplens.compiler.program.SOp;

/** All blocks of a program, and where each s-op can be read. */
record Plan(
        ImmutableList<DirectBlock> blocks,
        ImmutableMap<SOp, Encoded.Category> categories,
        ImmutableMap<SOp, Encoded.Numeric> numbers,
        ImmutableMap<Direction, DirectionMeaning> meanings) {

    /** The width of the widest head; at least 1. */
    int dHead() {
        return blocks.stream()
                .flatMap(block -> block.head().stream())
                .mapToInt(DirectHead::width)
                .max()
                .orElse(1);
    }
}
