package io.rasplens.grammar.ast;

import io.rasplens.grammar.source.Span;

/** Anything in the syntax tree: it knows the text it came from. */
public sealed interface AstNode permits Expr, Item, Binding, Parameter {
    Span span();
}
