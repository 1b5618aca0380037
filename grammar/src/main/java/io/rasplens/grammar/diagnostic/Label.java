package io.rasplens.grammar.diagnostic;

import io.rasplens.grammar.source.Span;

/** A span that a diagnostic points at, with a few words (possibly none) to print under it. */
public record Label(Span span, String text) {}
