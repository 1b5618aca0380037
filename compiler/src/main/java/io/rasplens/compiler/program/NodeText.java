package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a node's definition as a RASP expression: operands that have a title appear by it, others are written out in place.
 * A graph may be 100,000 nodes deep and share parts exponentially often, so depth and length are cut off with {@code …}.
 */
public final class NodeText implements SOp.SOpVisitor<String>, Selector.SelectorVisitor<String> {
    /** What is cut off. */
    public static final String ELLIPSIS = "…";

    /** A length that fits a line. */
    public static final int LINE = 60;

    private static final int MAX_DEPTH = 12;
    private static final int MAX_LISTED = 4;

    /** Binding strengths of LANGUAGE section 3, loosest first. */
    private static final int MEMBER = 1;

    private static final int CONDITIONAL = 2;
    private static final int LOGIC = 3;
    private static final int COMPARISON = 4;
    private static final int SUM = 5;
    private static final int MODULO = 6;
    private static final int PRODUCT = 7;
    private static final int POWER = 8;
    private static final int UNARY = 9;

    private final Function<ProgramNode, Optional<String>> titles;
    private final int maxLength;
    private int depth;
    private int written;
    private int needed;

    private NodeText(Function<ProgramNode, Optional<String>> titles, int maxLength) {
        this.titles = titles;
        this.maxLength = maxLength;
    }

    /** The node's definition, at most {@code maxLength} code points long. */
    public static String definition(ProgramNode node, Function<ProgramNode, Optional<String>> titles, int maxLength) {
        return shorten(new NodeText(titles, maxLength).expand(node, 0), maxLength);
    }

    /** The node's title, or its definition where it has none. */
    public static String reference(ProgramNode node, Function<ProgramNode, Optional<String>> titles, int maxLength) {
        return shorten(new NodeText(titles, maxLength).operand(node, 0), maxLength);
    }

    private static String shorten(String text, int maxLength) {
        return text.codePointCount(0, text.length()) <= maxLength
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxLength - 1)) + ELLIPSIS;
    }

    private String operand(ProgramNode node, int strength) {
        Optional<String> title = titles.apply(node);
        if (title.isPresent()) {
            written += title.get().length();
            return title.get();
        }
        return expand(node, strength);
    }

    /** Once more has been written than fits, or the nesting is too deep to read, the rest is not even looked at. */
    private String expand(ProgramNode node, int strength) {
        if (depth >= MAX_DEPTH || written > maxLength) {
            return ELLIPSIS;
        }
        depth++;
        int outer = needed;
        needed = strength;
        written++;
        String text = node instanceof SOp sop ? sop.accept(this) : ((Selector) node).accept(this);
        needed = outer;
        depth--;
        return text;
    }

    private String bracket(int strength, int allowed, String text) {
        return strength < allowed ? "(" + text + ")" : text;
    }

    @Override
    public String tokens(SOp.Tokens node) {
        return node.conversion().sopName();
    }

    @Override
    public String indices(SOp.Indices node) {
        return "indices";
    }

    @Override
    public String constant(SOp.Constant node) {
        String text = literal(node.value());
        written += text.length();
        return text;
    }

    @Override
    public String elementwise(SOp.Elementwise node) {
        int allowed = needed;
        Operator operator = node.operator();
        ImmutableList<SOp> arguments = node.arguments();
        if (operator instanceof Operator.Binary binary) {
            int strength = strength(binary.kind());
            return bracket(
                    strength,
                    allowed,
                    operand(arguments.get(0), strength)
                            + " " + operator.symbol() + " "
                            + operand(arguments.get(1), strength + 1));
        }
        if (operator instanceof Operator.Unary unary) {
            return unary(unary.kind(), arguments.get(0), allowed);
        }
        if (operator instanceof Operator.Conditional) {
            String whenTrue = operand(arguments.get(1), CONDITIONAL);
            String condition = operand(arguments.get(0), LOGIC);
            return bracket(
                    CONDITIONAL, allowed, whenTrue + " if " + condition + " else " + operand(arguments.get(2), LOGIC));
        }
        if (operator instanceof Operator.MemberOf member) {
            return bracket(MEMBER, allowed, operand(arguments.get(0), CONDITIONAL) + " in " + list(member.elements()));
        }
        return lookup(operator) + "[" + operand(arguments.get(0), 0) + "]";
    }

    private String unary(Operator.UnaryKind kind, SOp argument, int allowed) {
        return switch (kind) {
            case ROUND -> "round(" + operand(argument, 0) + ")";
            case INDICATOR -> "indicator(" + operand(argument, 0) + ")";
            case NOT -> bracket(UNARY, allowed, "not " + operand(argument, UNARY));
            case NEGATE -> bracket(UNARY, allowed, "-" + operand(argument, UNARY));
            case PLUS -> bracket(UNARY, allowed, "+" + operand(argument, UNARY));
        };
    }

    private static int strength(Operator.BinaryKind kind) {
        return switch (kind) {
            case POWER -> POWER;
            case TIMES, DIVIDE -> PRODUCT;
            case MODULO -> MODULO;
            case PLUS, MINUS -> SUM;
            case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> COMPARISON;
            case AND, OR -> LOGIC;
        };
    }

    private static String lookup(Operator operator) {
        if (operator instanceof Operator.ListLookup lookup) {
            return list(lookup.elements());
        }
        if (operator instanceof Operator.StringLookup lookup) {
            return literal(Value.of(lookup.text()));
        }
        if (operator instanceof Operator.DictLookup lookup) {
            return dict(lookup.entries());
        }
        return operator.symbol();
    }

    private static String list(ImmutableList<Value> elements) {
        String shown =
                elements.stream().limit(MAX_LISTED).map(NodeText::literal).collect(Collectors.joining(", "));
        return "[" + shown + (elements.size() > MAX_LISTED ? ", " + ELLIPSIS : "") + "]";
    }

    private static String dict(ImmutableMap<Value, Value> entries) {
        String shown = entries.entrySet().stream()
                .limit(MAX_LISTED)
                .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
                .collect(Collectors.joining(", "));
        return "{" + shown + (entries.size() > MAX_LISTED ? ", " + ELLIPSIS : "") + "}";
    }

    private static String literal(Value value) {
        return value instanceof StringValue string ? "\"" + string.value() + "\"" : value.repr();
    }

    @Override
    public String aggregate(SOp.Aggregate node) {
        String fallback = node.fallback().equals(Value.of(0)) ? "" : ", " + literal(node.fallback());
        return "aggregate(" + operand(node.selector(), 0) + ", " + operand(node.sequence(), 0) + fallback + ")";
    }

    @Override
    public String selectorWidth(SOp.SelectorWidth node) {
        return "selector_width(" + operand(node.selector(), 0) + ")";
    }

    @Override
    public String select(Selector.Select node) {
        return "select(" + operand(node.key(), 0) + ", " + operand(node.query(), 0) + ", "
                + node.comparison().symbol() + ")";
    }

    @Override
    public String and(Selector.And node) {
        int allowed = needed;
        return bracket(LOGIC, allowed, operand(node.left(), LOGIC) + " and " + operand(node.right(), LOGIC + 1));
    }

    @Override
    public String or(Selector.Or node) {
        int allowed = needed;
        return bracket(LOGIC, allowed, operand(node.left(), LOGIC) + " or " + operand(node.right(), LOGIC + 1));
    }

    @Override
    public String not(Selector.Not node) {
        int allowed = needed;
        return bracket(UNARY, allowed, "not " + operand(node.operand(), UNARY));
    }
}
