package io.rasplens.compiler.model;

import io.rasplens.grammar.source.Span;

/**
 * A place in a source file, detached from the file so that it can be stored with a model.
 *
 * @param line 1-based
 * @param column 1-based, in code points
 * @param text the source text itself
 */
public record SourceRange(String file, int line, int column, String text) {
    public static SourceRange of(Span span) {
        return new SourceRange(span.source().name(), span.line(), span.column(), span.text());
    }
}
