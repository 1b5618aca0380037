package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/** One thing that a computation flow shows: an s-op with its values, or a selector with its matrix. */
public sealed interface FlowBox {

    /** The box's number in its flow, from 0 in topological order: a box only reads boxes of smaller numbers. */
    int id();

    /** The RASP name, or a circled number for a node that has none. */
    String title();

    /** What it computes, in terms of other boxes' titles; never longer than a line. */
    String expression();

    /** How many attention steps the box needs; 0 is straight from the input. A selector belongs to the step that uses it. */
    int layer();

    /** Whether {@link #title} is the program's own name. */
    boolean named();

    /** The same box under another number, in a layer of another flow. */
    FlowBox moved(int id, int layer);

    /**
     * An s-op.
     *
     * @param values one per position
     */
    record SequenceBox(
            int id,
            String title,
            String expression,
            int layer,
            boolean named,
            SequenceSource kind,
            ImmutableList<Value> values)
            implements FlowBox {
        @Override
        public SequenceBox moved(int number, int place) {
            return new SequenceBox(number, title, expression, place, named, kind, values);
        }
    }

    /**
     * A selector.
     *
     * @param rows one per query position, each with one entry per key position
     * @param keys what the columns are compared by; empty where that is no single s-op, or is the input itself
     * @param queries what the rows are compared by; empty likewise
     */
    record GridBox(
            int id,
            String title,
            String expression,
            int layer,
            boolean named,
            ImmutableList<ImmutableList<Boolean>> rows,
            ImmutableList<Value> keys,
            ImmutableList<Value> queries)
            implements FlowBox {
        @Override
        public GridBox moved(int number, int place) {
            return new GridBox(number, title, expression, place, named, rows, keys, queries);
        }
    }

    /** How an s-op comes about. */
    enum SequenceSource {
        /** {@code tokens_…}, {@code indices}. */
        BASE,
        /** Made by an attention step: an aggregate or a selector width. */
        HEAD,
        /** Position by position from others. */
        ELEMENTWISE
    }
}
