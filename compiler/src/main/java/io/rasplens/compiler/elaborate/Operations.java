package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.UnaryOperator;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;

/** The operators on meanings: atoms and containers are worked out, s-ops and selectors give a node of the graph. */
final class Operations {
    private final Graph graph;
    private final Budget budget;

    Operations(Graph graph, Budget budget) {
        this.graph = graph;
        this.budget = budget;
    }

    Meaning unary(UnaryOperator operator, Meaning operand, Span span) {
        UnaryKind kind = UnaryKind.valueOf(operator.name());
        if (operand instanceof Meaning.Sequence sequence) {
            return new Meaning.Sequence(graph.elementwise(new Operator.Unary(kind), sequence.node()));
        }
        if (operand instanceof Meaning.Selection selection && operator == UnaryOperator.NOT) {
            return new Meaning.Selection(graph.not(selection.node()));
        }
        if (operator == UnaryOperator.NOT && !isOpaque(operand)) {
            return atom(Value.of(!isTrue(operand)));
        }
        if (operator != UnaryOperator.INDICATOR && operand instanceof Meaning.Atom atom) {
            return evaluate(() -> Operators.unary(kind, atom.value()), span);
        }
        throw wrongKind(
                "'" + operator.symbol() + "' doesn't work on " + DescribeMeaning.meaning(operand),
                operator == UnaryOperator.INDICATOR
                        ? "an s-op"
                        : operator == UnaryOperator.NOT ? "a truth value" : "a number or an s-op",
                span);
    }

    Meaning binary(BinaryOperator operator, Meaning left, Meaning right, Span span) {
        rejectOpaque(left, span);
        rejectOpaque(right, span);
        if (left instanceof Meaning.Selection || right instanceof Meaning.Selection) {
            return selectors(operator, left, right, span);
        }
        if (left instanceof Meaning.Sequence || right instanceof Meaning.Sequence) {
            return elementwise(operator, left, right, span);
        }
        if (operator == BinaryOperator.AND) {
            return isTrue(left) ? right : left;
        }
        if (operator == BinaryOperator.OR) {
            return isTrue(left) ? left : right;
        }
        if (left instanceof Meaning.Atom a && right instanceof Meaning.Atom b) {
            return evaluate(() -> Operators.binary(kindOf(operator), a.value(), b.value()), span);
        }
        return new ListOperations(this, budget).binary(operator, left, right, span);
    }

    Meaning conditional(Meaning condition, Meaning whenTrue, Meaning whenFalse, Span span) {
        return new Meaning.Sequence(graph.elementwise(
                new Operator.Conditional(),
                toSequence(condition, "the condition", span),
                toSequence(whenTrue, "each branch", span),
                toSequence(whenFalse, "each branch", span)));
    }

    /** An s-op as it is, an atom as the s-op that is this atom everywhere. */
    SOp toSequence(Meaning meaning, String role, Span span) {
        if (meaning instanceof Meaning.Sequence sequence) {
            return sequence.node();
        }
        if (meaning instanceof Meaning.Atom atom) {
            return graph.constant(atom.value());
        }
        String message = role + " must be an s-op or an atom, got " + DescribeMeaning.meaning(meaning);
        throw meaning instanceof Meaning.ListOf
                ? wrongKind(
                        message,
                        "an s-op or an atom",
                        "to take another element of a list at each position write list[indices]",
                        span)
                : wrongKind(message, "an s-op or an atom", span);
    }

    /** Python's truth value; only s-ops and selectors have none at compile time. */
    static boolean isTrue(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom) {
            return atom.value().isTrue();
        }
        if (meaning instanceof Meaning.ListOf list) {
            return !list.elements().isEmpty();
        }
        return !(meaning instanceof Meaning.DictOf dict) || !dict.entries().isEmpty();
    }

    static Rejection wrongKind(String message, String expected, Span span) {
        return Rejection.of(
                Diagnostic.error(ElaborationCode.WRONG_KIND, message, span).note("expected " + expected));
    }

    static Rejection wrongKind(String message, String expected, String wayOut, Span span) {
        return Rejection.of(Diagnostic.error(ElaborationCode.WRONG_KIND, message, span)
                .note("expected " + expected)
                .help(wayOut));
    }

    Meaning atom(Value value) {
        return new Meaning.Atom(value);
    }

    private Meaning selectors(BinaryOperator operator, Meaning left, Meaning right, Span span) {
        boolean logic = operator == BinaryOperator.AND || operator == BinaryOperator.OR;
        if (logic && left instanceof Meaning.Selection a && right instanceof Meaning.Selection b) {
            return new Meaning.Selection(
                    operator == BinaryOperator.AND ? graph.and(a.node(), b.node()) : graph.or(a.node(), b.node()));
        }
        String message = logic
                ? "'" + operator.symbol() + "' takes two selectors, got " + DescribeMeaning.meaning(left) + " and "
                        + DescribeMeaning.meaning(right)
                : "'" + operator.symbol() + "' doesn't work on selectors";
        throw Rejection.of(Diagnostic.error(ElaborationCode.SELECTOR_MIXED, message, span)
                .help("selectors combine among themselves: of a condition on keys make one with"
                        + " select(condition, True, ==); of a selector selector_width makes an s-op"));
    }

    private Meaning elementwise(BinaryOperator operator, Meaning left, Meaning right, Span span) {
        if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
            return elementwise(kindOf(operator), truth(left), truth(right));
        }
        boolean strange = isContainer(left) || isContainer(right);
        if (strange && operator == BinaryOperator.EQUAL) {
            // No atom equals a list, dict or function; the s-op must still be evaluated.
            SOp sequence = ((Meaning.Sequence) (isContainer(left) ? right : left)).node();
            return new Meaning.Sequence(graph.elementwise(new Operator.MemberOf(ImmutableList.of()), sequence));
        }
        String role = "each operand of '" + operator.symbol() + "' with an s-op";
        return elementwise(kindOf(operator), toSequence(left, role, span), toSequence(right, role, span));
    }

    private Meaning elementwise(BinaryKind kind, SOp left, SOp right) {
        return new Meaning.Sequence(graph.elementwise(new Operator.Binary(kind), left, right));
    }

    private SOp truth(Meaning operand) {
        return operand instanceof Meaning.Sequence sequence
                ? sequence.node()
                : graph.constant(operand instanceof Meaning.Atom atom ? atom.value() : Value.of(isTrue(operand)));
    }

    private static boolean isContainer(Meaning meaning) {
        return !(meaning instanceof Meaning.Atom) && !(meaning instanceof Meaning.Sequence);
    }

    private static boolean isOpaque(Meaning meaning) {
        return meaning instanceof Meaning.AppliedSequence
                || meaning instanceof Meaning.AppliedSelection
                || meaning instanceof Meaning.Selection;
    }

    static void rejectOpaque(Meaning meaning, Span span) {
        if (meaning instanceof Meaning.AppliedSequence || meaning instanceof Meaning.AppliedSelection) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.WRONG_KIND,
                            "the " + meaning.kind() + " on an input is only for printing",
                            span)
                    .help("to compute with it, leave the input away: work on the s-op or selector itself"));
        }
    }

    private static BinaryKind kindOf(BinaryOperator operator) {
        return BinaryKind.valueOf(operator.name());
    }

    /** An operation on atoms. */
    interface AtomOperation {
        Value run() throws EvaluationException;
    }

    Meaning evaluate(AtomOperation operation, Span span) {
        try {
            Value result = operation.run();
            budget.allocate(DescribeMeaning.size(result), span);
            return atom(result);
        } catch (EvaluationException e) {
            Diagnostic failed = Diagnostic.error(e.code(), e.message(), span);
            // What else is advised is of s-ops and their positions.
            boolean kinds = e.code() == EvaluationCode.WRONG_OPERANDS;
            throw Rejection.of(kinds ? e.advice().map(failed::help).orElse(failed) : failed);
        }
    }
}
