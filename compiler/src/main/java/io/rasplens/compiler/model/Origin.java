package io.rasplens.compiler.model;

import java.util.Optional;

/**
 * Why a part of the model is there.
 *
 * @param sop the s-op it serves, by RASP name or a name made from the graph
 * @param description what it does, in RASP words
 * @param source the expression it came from, if it came from one
 */
public record Origin(String sop, String description, Optional<SourceRange> source) {}
