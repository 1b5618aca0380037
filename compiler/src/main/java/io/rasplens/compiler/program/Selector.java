package io.rasplens.compiler.program;

/**
 * A node of the program graph that stands for a selector: a function from an input sequence to a boolean matrix, row = query
 * position, column = key position. Interned as {@link SOp} is.
 */
public sealed interface Selector extends ProgramNode {

    <R> R accept(SelectorVisitor<R> visitor);

    /** One method per kind of node, none with a default. */
    interface SelectorVisitor<R> {
        R select(Select node);

        R and(And node);

        R or(Or node);

        R not(Not node);
    }

    /** Entry (query i, key j) is {@code key[j] comparison query[i]}. */
    final class Select extends GraphNode implements Selector {
        private final SOp key;
        private final SOp query;
        private final Comparison comparison;

        Select(int id, SOp key, SOp query, Comparison comparison) {
            super(id);
            this.key = key;
            this.query = query;
            this.comparison = comparison;
        }

        public SOp key() {
            return key;
        }

        public SOp query() {
            return query;
        }

        public Comparison comparison() {
            return comparison;
        }

        @Override
        public <R> R accept(SelectorVisitor<R> visitor) {
            return visitor.select(this);
        }
    }

    /** Both. */
    final class And extends GraphNode implements Selector {
        private final Selector left;
        private final Selector right;

        And(int id, Selector left, Selector right) {
            super(id);
            this.left = left;
            this.right = right;
        }

        public Selector left() {
            return left;
        }

        public Selector right() {
            return right;
        }

        @Override
        public <R> R accept(SelectorVisitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /** Either. */
    final class Or extends GraphNode implements Selector {
        private final Selector left;
        private final Selector right;

        Or(int id, Selector left, Selector right) {
            super(id);
            this.left = left;
            this.right = right;
        }

        public Selector left() {
            return left;
        }

        public Selector right() {
            return right;
        }

        @Override
        public <R> R accept(SelectorVisitor<R> visitor) {
            return visitor.or(this);
        }
    }

    /** The complement. */
    final class Not extends GraphNode implements Selector {
        private final Selector operand;

        Not(int id, Selector operand) {
            super(id);
            this.operand = operand;
        }

        public Selector operand() {
            return operand;
        }

        @Override
        public <R> R accept(SelectorVisitor<R> visitor) {
            return visitor.not(this);
        }
    }
}
