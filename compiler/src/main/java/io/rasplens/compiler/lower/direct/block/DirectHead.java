package io.rasplens.compiler.lower.direct.block;

import io.rasplens.compiler.circuit.Head;

/**
 * A head, and how wide the original layout makes it.
 *
 * @param width the least {@code d_head} of a model with this head
 */
public record DirectHead(Head head, int width) {}
