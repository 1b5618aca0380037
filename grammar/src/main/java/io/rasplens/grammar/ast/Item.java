package io.rasplens.grammar.ast;

/** What a file holds at top level: statements and directives, in the order of the text. */
public sealed interface Item extends AstNode permits Statement, Directive {}
