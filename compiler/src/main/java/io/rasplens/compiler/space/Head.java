package io.rasplens.compiler.space;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Origin;

/**
 * An attention head over named directions.
 *
 * @param terms unscaled: the scores are their sum, whatever the width of the head
 */
public record Head(ImmutableList<ScoreTerm> terms, ImmutableList<ValueTerm> values, Origin origin) {}
