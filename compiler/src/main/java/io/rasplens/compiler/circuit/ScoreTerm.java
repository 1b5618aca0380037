package io.rasplens.compiler.circuit;

/** One dimension of a head's query-key space: {@code query(i) · key(j)} is added to the attention score. */
public record ScoreTerm(LinearForm query, LinearForm key) {}
