package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * A node of the program graph that stands for a sequence operator: a function from an input sequence to a sequence of the
 * same length.
 *
 * <p>Nodes are made by {@link Graph} alone, which interns them: within one graph, equal structure means the same object, so
 * equality is identity and hashing is O(1) however deep the graph is. {@link #id} numbers grow from operands to users: a
 * node's operands always have smaller ids, so ascending id is a topological order and names built from ids are deterministic.
 */
public sealed interface SOp extends ProgramNode {

    <R> R accept(SOpVisitor<R> visitor);

    /** The selector that the s-op attends by; empty if it attends to nothing. */
    default Optional<Selector> attendsBy() {
        if (this instanceof Aggregate aggregate) {
            return Optional.of(aggregate.selector());
        }
        return this instanceof SelectorWidth width ? Optional.of(width.selector()) : Optional.empty();
    }

    /** One method per kind of node, none with a default: a new kind breaks every pass at compile time. */
    interface SOpVisitor<R> {
        R tokens(Tokens node);

        R indices(Indices node);

        R constant(Constant node);

        R elementwise(Elementwise node);

        R aggregate(Aggregate node);

        R selectorWidth(SelectorWidth node);
    }

    /** The input itself, converted: {@code tokens_asis}, {@code tokens_int}, … */
    final class Tokens extends GraphNode implements SOp {
        private final TokenConversion conversion;

        Tokens(int id, TokenConversion conversion) {
            super(id);
            this.conversion = conversion;
        }

        public TokenConversion conversion() {
            return conversion;
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.tokens(this);
        }
    }

    /** The 0-based position. */
    final class Indices extends GraphNode implements SOp {
        Indices(int id) {
            super(id);
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.indices(this);
        }
    }

    /** The same atom at every position. */
    final class Constant extends GraphNode implements SOp {
        private final Value value;

        Constant(int id, Value value) {
            super(id);
            this.value = value;
        }

        public Value value() {
            return value;
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.constant(this);
        }
    }

    /** A function applied position by position. */
    final class Elementwise extends GraphNode implements SOp {
        private final Operator operator;
        private final ImmutableList<SOp> arguments;

        Elementwise(int id, Operator operator, ImmutableList<SOp> arguments) {
            super(id);
            this.operator = operator;
            this.arguments = arguments;
        }

        public Operator operator() {
            return operator;
        }

        public ImmutableList<SOp> arguments() {
            return arguments;
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.elementwise(this);
        }
    }

    /** The mean of the selected values, the single selected value, or the default where nothing is selected. */
    final class Aggregate extends GraphNode implements SOp {
        private final Selector selector;
        private final SOp sequence;
        private final Value fallback;

        Aggregate(int id, Selector selector, SOp sequence, Value fallback) {
            super(id);
            this.selector = selector;
            this.sequence = sequence;
            this.fallback = fallback;
        }

        public Selector selector() {
            return selector;
        }

        public SOp sequence() {
            return sequence;
        }

        /** What stands where nothing is selected; {@code 0} when the source gives none. */
        public Value fallback() {
            return fallback;
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /** How many keys each query selects. */
    final class SelectorWidth extends GraphNode implements SOp {
        private final Selector selector;

        SelectorWidth(int id, Selector selector) {
            super(id);
            this.selector = selector;
        }

        public Selector selector() {
            return selector;
        }

        @Override
        public <R> R accept(SOpVisitor<R> visitor) {
            return visitor.selectorWidth(this);
        }
    }
}
