package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import java.util.Optional;

/** A statement of LANGUAGE section "Statements", or a command of the REPL. */
public sealed interface Statement extends Item {

    /** {@code expr;} */
    record ExpressionStatement(Expr expression, Span span) implements Statement {}

    /** {@code a, b = e1, e2;}: at least one target, at least one value. */
    record Assignment(ImmutableList<Binding> targets, ImmutableList<Expr> values, Span span) implements Statement {}

    /**
     * {@code def f(p, q) { body return e1, e2; }}
     *
     * @param nameSpan where the name stands
     */
    record FunctionDefinition(
            String name,
            Span nameSpan,
            ImmutableList<Parameter> parameters,
            ImmutableList<Statement> body,
            ImmutableList<Expr> results,
            Span span)
            implements Statement {}

    /** {@code for k, v in iterable { body }} */
    record ForLoop(ImmutableList<Binding> variables, Expr iterable, ImmutableList<Statement> body, Span span)
            implements Statement {}

    /** {@code load "path";} */
    record Load(String path, Span pathSpan, Span span) implements Statement {}

    /** {@code draw(sop);} or {@code draw(sop, input);} */
    record Draw(Expr target, Optional<Expr> input, Span span) implements Statement {}

    /** {@code set example e}, {@code set s-op example e}, {@code set selector example e} */
    record SetExample(ExampleKind kind, Expr example, Span span) implements Statement {}

    /** {@code show example} */
    record ShowExample(ExampleKind kind, Span span) implements Statement {}

    /** {@code examples on}, {@code s-op examples off}, … */
    record SwitchExamples(ExampleKind kind, boolean on, Span span) implements Statement {}

    /** {@code full seq display on} */
    record SwitchFullDisplay(boolean on, Span span) implements Statement {}

    /** {@code exit} or {@code quit} */
    record Exit(Span span) implements Statement {}

    /** What a REPL command about examples is about. */
    enum ExampleKind {
        BOTH,
        SOP,
        SELECTOR
    }
}
