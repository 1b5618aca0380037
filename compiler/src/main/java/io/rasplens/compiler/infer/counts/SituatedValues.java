package io.rasplens.compiler.infer.counts;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;

/**
 * The values of an s-op that never looks at positions.
 *
 * @param situations of each value those of {@link TokenCounts} in which there can be this one
 */
public record SituatedValues(ImmutableList<Value> values, ImmutableList<BitSet> situations) {}
