package io.rasplens.grammar.ast;

import io.rasplens.grammar.source.Span;

/** A parameter of a function definition. */
public record Parameter(String name, Span span) implements AstNode {}
