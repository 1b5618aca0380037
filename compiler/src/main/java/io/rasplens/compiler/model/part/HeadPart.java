package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;

/**
 * One attention head.
 *
 * @param query the s-ops that its queries read
 * @param key the s-ops that its keys read
 * @param value the s-ops that its values read; empty for a count
 * @param where which keys are selected, in s-ops
 * @param selected the same, in attention scores
 */
public record HeadPart(
        HeadWork work,
        HeadKeys keys,
        ImmutableList<String> query,
        ImmutableList<String> key,
        ImmutableList<String> value,
        Condition where,
        SelectedKeys selected,
        BosPart bos,
        ImmutableList<Written> writes) {

    /**
     * What is written to one dimension: the sum over keys of the attention they get times {@code of}.
     *
     * @param of what is read at a key; BOS has 0
     * @param offset what is added beside, whatever the query sees
     */
    public record Written(int dimension, StreamForm of, double offset) {}
}
