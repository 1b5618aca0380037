package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.SourceFile;

/** A parsed RASP file. */
public record Script(SourceFile source, ImmutableList<Item> items) {}
