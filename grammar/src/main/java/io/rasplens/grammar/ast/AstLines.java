package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@link AstPrinter} writes for one node: its own line, and the nodes below it. */
final class AstLines {
    private final ImmutableList.Builder<AstChild> parts = ImmutableList.builder();
    private final String head;

    AstLines(AstNode node) {
        this.head = headOf(node);
    }

    /** A node below, with a few words that tell its part. */
    record AstChild(String prefix, AstNode node) {}

    String head() {
        return head;
    }

    ImmutableList<AstChild> parts() {
        return parts.build();
    }

    private String headOf(AstNode node) {
        if (node instanceof Expr expr) {
            return expression(expr);
        } else if (node instanceof Statement statement) {
            return statement(statement);
        } else if (node instanceof Directive directive) {
            return directive(directive);
        } else if (node instanceof Binding binding) {
            return "binding " + binding.name();
        }
        return "parameter " + ((Parameter) node).name();
    }

    private String expression(Expr expr) {
        if (expr instanceof Expr.Name e) {
            return "name " + e.name();
        } else if (expr instanceof Expr.Literal e) {
            return "literal " + e.value().repr();
        } else if (expr instanceof Expr.ListDisplay e) {
            return with("list", e.elements());
        } else if (expr instanceof Expr.DictDisplay e) {
            e.entries().forEach(this::entry);
            return "dict";
        } else if (expr instanceof Expr.ListComprehension e) {
            add("", e.element());
            add("in ", e.iterable());
            return "list for " + names(e.variables());
        } else if (expr instanceof Expr.DictComprehension e) {
            entry(e.entry());
            add("in ", e.iterable());
            return "dict for " + names(e.variables());
        } else if (expr instanceof Expr.UnaryExpr e) {
            add("", e.operand());
            return "unary " + e.operator().symbol();
        } else if (expr instanceof Expr.BinaryExpr e) {
            add("", e.left());
            add("", e.right());
            return "binary " + e.operator().symbol();
        } else if (expr instanceof Expr.ConditionalExpr e) {
            add("then ", e.whenTrue());
            add("if ", e.condition());
            add("else ", e.whenFalse());
            return "conditional";
        } else if (expr instanceof Expr.IndexExpr e) {
            add("", e.target());
            add("at ", e.index());
            return "index";
        } else if (expr instanceof Expr.Call e) {
            add("", e.function());
            e.arguments().forEach(each -> add("argument ", each));
            return "call";
        } else if (expr instanceof Expr.Range e) {
            return with("range", e.arguments());
        } else if (expr instanceof Expr.Zip e) {
            return with("zip", e.lists());
        } else if (expr instanceof Expr.Len e) {
            return with("len", List.of(e.list()));
        } else if (expr instanceof Expr.SelectExpr e) {
            add("key ", e.key());
            add("query ", e.query());
            return "select " + e.operator().symbol();
        }
        var e = (Expr.AggregateExpr) expr;
        add("selector ", e.selector());
        add("sequence ", e.sequence());
        e.fallback().ifPresent(each -> add("default ", each));
        return "aggregate";
    }

    private String statement(Statement statement) {
        if (statement instanceof Statement.ExpressionStatement s) {
            return with("expression", List.of(s.expression()));
        } else if (statement instanceof Statement.Assignment s) {
            return with("assign " + names(s.targets()), s.values());
        } else if (statement instanceof Statement.FunctionDefinition s) {
            s.body().forEach(each -> add("", each));
            s.results().forEach(each -> add("return ", each));
            return "def " + s.name()
                    + s.parameters().stream().map(Parameter::name).collect(Collectors.joining(", ", "(", ")"));
        } else if (statement instanceof Statement.ForLoop s) {
            add("in ", s.iterable());
            s.body().forEach(each -> add("", each));
            return "for " + names(s.variables());
        } else if (statement instanceof Statement.Load s) {
            return "load \"" + s.path() + "\"";
        } else if (statement instanceof Statement.Draw s) {
            add("", s.target());
            s.input().ifPresent(each -> add("on ", each));
            return "draw";
        } else if (statement instanceof Statement.SetExample s) {
            return with("set example (" + kind(s.kind()) + ")", List.of(s.example()));
        } else if (statement instanceof Statement.ShowExample s) {
            return "show example (" + kind(s.kind()) + ")";
        } else if (statement instanceof Statement.SwitchExamples s) {
            return "examples (" + kind(s.kind()) + ") " + onOff(s.on());
        } else if (statement instanceof Statement.SwitchFullDisplay s) {
            return "full seq display " + onOff(s.on());
        }
        return "exit";
    }

    private static String directive(Directive directive) {
        if (directive instanceof Directive.OutputDirective d) {
            return "#@ output " + d.name();
        } else if (directive instanceof Directive.VocabDirective d) {
            return "#@ vocab " + AstPrinter.values(d.tokens());
        } else if (directive instanceof Directive.MaxLengthDirective d) {
            return "#@ max_length " + d.length();
        } else if (directive instanceof Directive.CausalDirective) {
            return "#@ causal";
        } else if (directive instanceof Directive.KeepDirective d) {
            return "#@ keep " + (d.all() ? "all" : names(d.names()));
        } else if (directive instanceof Directive.ExampleDirective d) {
            return "#@ example " + AstPrinter.values(d.input());
        }
        var d = (Directive.TestDirective) directive;
        return "#@ test " + AstPrinter.values(d.input()) + " == " + AstPrinter.values(d.expected());
    }

    private String with(String line, List<Expr> below) {
        below.forEach(each -> add("", each));
        return line;
    }

    private void entry(Expr.DictEntry entry) {
        add("key ", entry.key());
        add("value ", entry.value());
    }

    private void add(String prefix, AstNode node) {
        parts.add(new AstChild(prefix, node));
    }

    private static String names(List<Binding> bindings) {
        return bindings.stream().map(Binding::name).collect(Collectors.joining(", "));
    }

    private static String kind(Statement.ExampleKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
