package io.rasplens.grammar.ast;

/** The unary operators, with their spelling; {@code round} and {@code indicator} bind like them. */
public enum UnaryOperator {
    NOT("not"),
    NEGATE("-"),
    PLUS("+"),
    ROUND("round"),
    INDICATOR("indicator");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
