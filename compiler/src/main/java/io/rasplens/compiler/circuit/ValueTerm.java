package io.rasplens.compiler.circuit;

/** One dimension of a head's value space: what it reads at the keys, and where it writes the weighted sum. */
public record ValueTerm(LinearForm value, LinearForm output) {}
