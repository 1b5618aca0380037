package io.rasplens.grammar.ast;

import io.rasplens.grammar.source.Span;

/** A name that a statement or comprehension binds, where it is bound. */
public record Binding(String name, Span span) implements AstNode {}
