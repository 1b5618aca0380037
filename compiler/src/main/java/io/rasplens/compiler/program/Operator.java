package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.Value;

/** What an {@link SOp.Elementwise} does at each position. Its meaning is {@code compiler.interpret}'s. */
public sealed interface Operator {

    /** How many arguments it takes. */
    int arity();

    /** As RASP spells it, for printing: {@code +}, {@code if}, {@code round}. */
    String symbol();

    /** {@code + - * / % ^}, the comparisons, {@code and}, {@code or}. */
    record Binary(BinaryKind kind) implements Operator {
        @Override
        public int arity() {
            return 2;
        }

        @Override
        public String symbol() {
            return kind.symbol;
        }
    }

    /** The binary operators. */
    enum BinaryKind {
        POWER("^"),
        TIMES("*"),
        DIVIDE("/"),
        MODULO("%"),
        PLUS("+"),
        MINUS("-"),
        EQUAL("=="),
        LESS("<"),
        LESS_EQUAL("<="),
        GREATER(">"),
        GREATER_EQUAL(">="),
        AND("and"),
        OR("or");

        private final String symbol;

        BinaryKind(String symbol) {
            this.symbol = symbol;
        }

        /** Whether it compares: {@code ==}, {@code <}, {@code <=}, {@code >} or {@code >=}. */
        public boolean isComparison() {
            return switch (this) {
                case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
                default -> false;
            };
        }

        /** What a comparison is with its sides exchanged, {@code a < b} being {@code b > a}; itself if it is none. */
        public BinaryKind mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_EQUAL -> GREATER_EQUAL;
                case GREATER -> LESS;
                case GREATER_EQUAL -> LESS_EQUAL;
                default -> this;
            };
        }
    }

    /** {@code not}, {@code -}, {@code +}, {@code round}, {@code indicator}. */
    record Unary(UnaryKind kind) implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return kind.symbol;
        }
    }

    /** The unary operators. */
    enum UnaryKind {
        NOT("not"),
        NEGATE("-"),
        PLUS("+"),
        ROUND("round"),
        INDICATOR("indicator");

        private final String symbol;

        UnaryKind(String symbol) {
            this.symbol = symbol;
        }
    }

    /**
     * The argument as it is, where compilers may not look through: what reads it knows nothing but its value. It stands for an s-op that a
     * model must keep.
     */
    record Kept() implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return "keep";
        }
    }

    /** {@code a if c else b}; arguments in the order c, a, b. All three are evaluated. */
    record Conditional() implements Operator {
        @Override
        public int arity() {
            return 3;
        }

        @Override
        public String symbol() {
            return "if";
        }
    }

    /** {@code list[s]}: the s-op's value is the position in a constant list. */
    record ListLookup(ImmutableList<Value> elements) implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return "list[]";
        }
    }

    /** {@code "text"[s]}: the code point at the s-op's value. */
    record StringLookup(String text) implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return "string[]";
        }
    }

    /** {@code dict[s]}: the s-op's value is the key (by RASP equality) into a constant dict. */
    record DictLookup(ImmutableMap<Value, Value> entries) implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return "dict[]";
        }
    }

    /** {@code s in list}: whether the value equals (RASP equality) an element of a constant list. */
    record MemberOf(ImmutableList<Value> elements) implements Operator {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public String symbol() {
            return "in";
        }
    }
}
