package io.rasplens.compiler.circuit;

/** How a circuit is written down as weights. */
public sealed interface Layout {

    /** One dimension for each direction but the constant 1, which is a bias; layers, heads and MLPs as wide as they have to be. */
    record Compact() implements Layout {}

    /**
     * Tracr's (Lindner et al. 2023): directions sorted by name and value, one that is 1 on every token, no biases, every layer with
     * room for a head and an MLP.
     *
     * @param tokens the one-hot of tokens that BOS and PAD have their directions in
     * @param dHead the width of all heads
     */
    record Tracr(Feature tokens, int dHead) implements Layout {}
}
