package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * Prints nodes one a line, operands before users: {@code %4 = aggregate %3 %0 default 0    ; reverse}. The text depends on
 * structure and names alone, so it is the same for every run.
 */
public final class GraphPrinter implements SOp.SOpVisitor<String>, Selector.SelectorVisitor<String> {
    private GraphPrinter() {}

    /** The given nodes, each on its line, with the names they have. */
    public static String print(RaspProgram program, ImmutableList<ProgramNode> nodes) {
        var printer = new GraphPrinter();
        var out = new StringBuilder();
        for (ProgramNode node : nodes) {
            out.append(printer.line(node));
            program.origin(node).name().ifPresent(name -> out.append("    ; ").append(name));
            out.append('\n');
        }
        return out.toString();
    }

    private String line(ProgramNode node) {
        String body = node instanceof SOp sop ? sop.accept(this) : ((Selector) node).accept(this);
        return reference(node) + " = " + body;
    }

    private static String reference(ProgramNode node) {
        return "%" + node.id();
    }

    private static String with(String operator, ProgramNode node) {
        return operator
                + node.operands().stream()
                        .map(operand -> " " + reference(operand))
                        .collect(Collectors.joining());
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
        return "constant " + node.value().repr();
    }

    @Override
    public String elementwise(SOp.Elementwise node) {
        Operator operator = node.operator();
        String constants = operator instanceof Operator.ListLookup lookup
                ? " of " + lookup.elements()
                : operator instanceof Operator.DictLookup lookup
                        ? " of " + lookup.entries()
                        : operator instanceof Operator.MemberOf member
                                ? " of " + member.elements()
                                : operator instanceof Operator.StringLookup lookup
                                        ? " of \"" + lookup.text() + "\""
                                        : "";
        return with("map " + operator.symbol(), node) + constants;
    }

    @Override
    public String aggregate(SOp.Aggregate node) {
        return with("aggregate", node) + " default " + node.fallback().repr();
    }

    @Override
    public String selectorWidth(SOp.SelectorWidth node) {
        return with("width", node);
    }

    @Override
    public String select(Selector.Select node) {
        return with("select", node) + " " + node.comparison().symbol();
    }

    @Override
    public String and(Selector.And node) {
        return with("and", node);
    }

    @Override
    public String or(Selector.Or node) {
        return with("or", node);
    }

    @Override
    public String not(Selector.Not node) {
        return with("not", node);
    }
}
