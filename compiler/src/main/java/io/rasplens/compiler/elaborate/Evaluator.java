package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.elaborate.mistake.LateBinding;
import io.rasplens.compiler.elaborate.mistake.PythonNames;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.UnaryOperator;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Evaluates expressions in an environment. */
final class Evaluator {
    /** What an entry of a dict takes, its key included. */
    private static final long BYTES_PER_ENTRY = 150;

    private static final ImmutableSet<BinaryOperator> COMPARISONS = ImmutableSet.of(
            BinaryOperator.EQUAL,
            BinaryOperator.LESS,
            BinaryOperator.LESS_EQUAL,
            BinaryOperator.GREATER,
            BinaryOperator.GREATER_EQUAL);

    private final Session session;
    private final ElaborationRun run;
    private final Graph graph;
    private final Operations operations;
    private final Containers containers;

    Evaluator(Session session, ElaborationRun run) {
        this.session = session;
        this.run = run;
        this.graph = session.graph();
        this.operations = new Operations(graph, run.budget());
        this.containers = new Containers(graph, run.budget());
    }

    Meaning evaluate(Expr expr, Environment environment) {
        run.nest(expr.span());
        run.budget().step(expr.span());
        Meaning meaning = compute(expr, environment);
        run.unnest();
        // A name may stand for something else below.
        boolean says = !(expr instanceof Expr.Name);
        if (meaning instanceof Meaning.Sequence sequence) {
            note(sequence.node(), expr.span(), says);
        } else if (meaning instanceof Meaning.Selection selection) {
            note(selection.node(), expr.span(), says);
        }
        return meaning;
    }

    Containers containers() {
        return containers;
    }

    private void note(ProgramNode node, Span span, boolean says) {
        run.budget().checkGraph(graph, span);
        ElaborationRun.WrittenAt place = run.userPlace(span);
        session.origins().made(node, place);
        if (says && run.isOnce()) {
            session.origins().written(node, span);
        }
        if (session.tries()) {
            run.trials().add(node, place);
        }
    }

    private Meaning compute(Expr expr, Environment environment) {
        if (expr instanceof Expr.Name name) {
            return lookUp(name, environment);
        }
        if (expr instanceof Expr.Literal literal) {
            return new Meaning.Atom(literal.value());
        }
        if (expr instanceof Expr.BinaryExpr binary) {
            return leftChain(binary, environment);
        }
        if (expr instanceof Expr.UnaryExpr unary) {
            return operations.unary(unary.operator(), evaluate(unary.operand(), environment), unary.span());
        }
        if (expr instanceof Expr.ConditionalExpr conditional) {
            return conditional(conditional, environment);
        }
        if (expr instanceof Expr.IndexExpr index) {
            Meaning target = evaluate(index.target(), environment);
            return containers.index(target, evaluate(index.index(), environment), index.span());
        }
        if (expr instanceof Expr.Call call) {
            return call(call, environment);
        }
        if (expr instanceof Expr.SelectExpr select) {
            Meaning key = evaluate(select.key(), environment);
            Meaning query = evaluate(select.query(), environment);
            Comparison comparison = Comparison.valueOf(select.operator().name());
            if (comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL) {
                warnOfStrangers(key, query, select.span());
            }
            return new Meaning.Selection(graph.select(
                    operations.toSequence(
                            key, "the key of a select", select.key().span()),
                    operations.toSequence(
                            query, "the query of a select", select.query().span()),
                    comparison));
        }
        if (expr instanceof Expr.AggregateExpr aggregate) {
            return aggregate(aggregate, environment);
        }
        return container(expr, environment);
    }

    private Meaning container(Expr expr, Environment environment) {
        if (expr instanceof Expr.ListDisplay list) {
            run.budget().checkList(list.elements().size() + 8L, list.span());
            return containers.checked(Meaning.ListOf.of(all(list.elements(), environment)), list.span());
        }
        if (expr instanceof Expr.DictDisplay dict) {
            List<Meaning.MeaningEntry> entries = new ArrayList<>();
            for (Expr.DictEntry entry : dict.entries()) {
                entries.add(entry(entry, environment));
            }
            run.budget().allocate(BYTES_PER_ENTRY * entries.size(), dict.span());
            return containers.checked(Meaning.DictOf.of(entries), dict.span());
        }
        if (expr instanceof Expr.ListComprehension list) {
            ImmutableList.Builder<Meaning> elements = ImmutableList.builder();
            comprehend(list.variables(), list.iterable(), environment, list.span(), inside -> {
                elements.add(evaluate(list.element(), inside));
            });
            return containers.checked(Meaning.ListOf.of(elements.build()), list.span());
        }
        if (expr instanceof Expr.DictComprehension dict) {
            List<Meaning.MeaningEntry> entries = new ArrayList<>();
            comprehend(dict.variables(), dict.iterable(), environment, dict.span(), inside -> {
                run.budget().allocate(BYTES_PER_ENTRY, dict.span());
                entries.add(entry(dict.entry(), inside));
            });
            return containers.checked(Meaning.DictOf.of(entries), dict.span());
        }
        if (expr instanceof Expr.Range range) {
            return containers.range(all(range.arguments(), environment), range.span());
        }
        if (expr instanceof Expr.Zip zip) {
            return containers.zip(all(zip.lists(), environment), zip.span());
        }
        Expr.Len len = (Expr.Len) expr;
        return containers.length(evaluate(len.list(), environment), len.span());
    }

    private void warnOfStrangers(Meaning left, Meaning right, Span span) {
        NeverEqual.warning(left, right, run.userPlace(span).span()).ifPresent(run::warn);
    }

    /** {@code not a == b} and {@code a < b == c} compare a truth value; how they are read has been told by then. */
    private static boolean isTakenApart(Expr.BinaryExpr whole) {
        Expr left = whole.left();
        boolean bracketed = left.span().start() > whole.span().start();
        return !bracketed
                && (left instanceof Expr.UnaryExpr unary
                        ? unary.operator() == UnaryOperator.NOT
                        : left instanceof Expr.BinaryExpr first && COMPARISONS.contains(first.operator()));
    }

    private Meaning lookUp(Expr.Name name, Environment environment) {
        Optional<Meaning> found = environment.find(name.name());
        if (found.isPresent()) {
            return found.get();
        }
        throw Rejection.of(unknown(name, environment, PythonNames.wayOut(name.name())));
    }

    /** Whether it is what an exercise leaves out: two underscores or more. */
    private static boolean isBlank(String name) {
        return name.length() > 1 && name.equals("_".repeat(name.length()));
    }

    private static Diagnostic unknown(Expr.Name name, Environment environment, Optional<String> python) {
        Diagnostic unknown =
                Diagnostic.error(ElaborationCode.UNKNOWN_NAME, "unknown name '" + name.name() + "'", name.span());
        if (isBlank(name.name())) {
            return unknown.help("this is a blank to fill: put an expression in its place");
        }
        Optional<Span> late = LateBinding.of(name.name(), name.span());
        if (late.isPresent()) {
            return unknown.at(late.get(), "bound only here").help("bind a name before the statement that uses it runs");
        }
        if (python.isPresent()) {
            return unknown.help(python.get());
        }
        Optional<String> meant = NearNames.question(name.name(), environment.knownNames());
        return meant.map(unknown::help)
                .orElseGet(() -> unknown.help(
                        name.name().startsWith("_")
                                ? "a name that starts with '_' is known only in the file that binds it"
                                : "bind it first, as in x = …; 'rasp explain --list' shows what the library has"));
    }

    /** {@code a + b + c + …} may be thousands of operators long, so the left side is not walked by recursion. */
    private Meaning leftChain(Expr.BinaryExpr last, Environment environment) {
        Deque<Expr.BinaryExpr> chain = new ArrayDeque<>();
        Expr first = last;
        while (first instanceof Expr.BinaryExpr binary) {
            chain.push(binary);
            first = binary.left();
        }
        Meaning left = evaluate(first, environment);
        while (true) {
            Expr.BinaryExpr binary = chain.pop();
            Meaning right = evaluate(binary.right(), environment);
            boolean surprising = isTakenApart(binary);
            if (binary.operator() == BinaryOperator.EQUAL && !surprising) {
                warnOfStrangers(left, right, binary.span());
            }
            if (binary.operator() == BinaryOperator.IN && !surprising) {
                NeverEqual.amongWarning(
                                left, right, run.userPlace(binary.span()).span())
                        .ifPresent(run::warn);
            }
            left = binary.operator() == BinaryOperator.IN
                    ? containers.contains(left, right, binary.span())
                    : operations.binary(binary.operator(), left, right, binary.span());
            if (chain.isEmpty()) {
                return left;
            }
            run.budget().step(binary.span());
            if (left instanceof Meaning.Sequence sequence) {
                note(sequence.node(), binary.span(), true);
            } else if (left instanceof Meaning.Selection selection) {
                note(selection.node(), binary.span(), true);
            }
        }
    }

    private Meaning conditional(Expr.ConditionalExpr expr, Environment environment) {
        Meaning condition = evaluate(expr.condition(), environment);
        Operations.rejectOpaque(condition, expr.condition().span());
        if (condition instanceof Meaning.Selection) {
            throw Operations.wrongKind(
                    "a selector can't be a condition",
                    "an s-op or an atom",
                    "whether it selects anything is selector_width(s) > 0",
                    expr.condition().span());
        }
        if (!(condition instanceof Meaning.Sequence)) {
            return evaluate(Operations.isTrue(condition) ? expr.whenTrue() : expr.whenFalse(), environment);
        }
        Meaning whenTrue = evaluate(expr.whenTrue(), environment);
        Meaning whenFalse = evaluate(expr.whenFalse(), environment);
        return operations.conditional(condition, whenTrue, whenFalse, expr.span());
    }

    private Meaning aggregate(Expr.AggregateExpr expr, Environment environment) {
        Meaning selector = evaluate(expr.selector(), environment);
        Meaning sequence = evaluate(expr.sequence(), environment);
        Value fallback = Value.of(0);
        if (expr.fallback().isPresent()) {
            Expr given = expr.fallback().get();
            if (!(evaluate(given, environment) instanceof Meaning.Atom atom)) {
                throw Operations.wrongKind("the default of an aggregate must be an atom", "an atom", given.span());
            }
            fallback = atom.value();
        }
        if (!(selector instanceof Meaning.Selection selection)) {
            throw Operations.wrongKind(
                    "aggregate takes a selector first, got " + DescribeMeaning.meaning(selector),
                    "a selector",
                    sequence instanceof Meaning.Selection
                            ? "the two are swapped: aggregate(selector, s-op)"
                            : "write aggregate(select(key, query, ==), s-op)",
                    expr.selector().span());
        }
        return new Meaning.Sequence(graph.aggregate(
                selection.node(),
                operations.toSequence(
                        sequence, "what aggregate takes second", expr.sequence().span()),
                fallback));
    }

    private Meaning call(Expr.Call expr, Environment environment) {
        int mark = run.trials().size();
        if (expr.function() instanceof Expr.Name name
                && !expr.arguments().isEmpty()
                && environment.find(name.name()).isEmpty()) {
            throw Rejection.of(unknown(
                    name,
                    environment,
                    PythonNames.wayOut(name.name(), expr.arguments().get(0))));
        }
        Meaning function = evaluate(expr.function(), environment);
        int made = run.trials().size();
        if (function instanceof Meaning.Function callee) {
            return session.calls(run).call(callee, all(expr.arguments(), environment), expr.span());
        }
        if (!(function instanceof Meaning.Sequence) && !(function instanceof Meaning.Selection)) {
            throw Rejection.of(
                    Diagnostic.error(
                                    ElaborationCode.NOT_A_FUNCTION,
                                    DescribeMeaning.meaning(function) + " can't be called",
                                    expr.function().span())
                            .help(
                                    "a call is of a function, or of an s-op on an input; a place in a list stands in square brackets"));
        }
        if (expr.arguments().size() != 1) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.WRONG_ARITY,
                            DescribeMeaning.meaning(function) + " is applied to one input, got "
                                    + expr.arguments().size(),
                            expr.span())
                    .help(Containers.NO_BRACKETS));
        }
        Expr argument = expr.arguments().get(0);
        ImmutableList<Value> input = Containers.input(evaluate(argument, environment), argument.span());
        // What is applied is tried on the input it gets, not on the example.
        run.trials().redirect(mark, made, input);
        return apply(function, input, expr.span(), mark);
    }

    private Meaning apply(Meaning function, ImmutableList<Value> input, Span span, int mark) {
        try {
            if (function instanceof Meaning.Sequence sequence) {
                return new Meaning.AppliedSequence(
                        Interpreter.evaluate(sequence.node(), input, session.causal()), input);
            }
            Meaning.Selection selection = (Meaning.Selection) function;
            return new Meaning.AppliedSelection(Interpreter.evaluate(selection.node(), input, session.causal()), input);
        } catch (EvaluationException e) {
            ElaborationRun.WrittenAt place = e.node()
                    .flatMap(node -> run.trials()
                            .placeSince(mark, node)
                            .or(() -> session.origins().place(node)))
                    .orElse(new ElaborationRun.WrittenAt(span, null));
            throw Rejection.of(ElaborationRun.diagnostic(e, input, place, span));
        }
    }

    private Meaning.MeaningEntry entry(Expr.DictEntry entry, Environment environment) {
        Meaning key = evaluate(entry.key(), environment);
        if (!(key instanceof Meaning.Atom atom)) {
            throw Operations.wrongKind(
                    "the key of a dict must be an atom, got " + DescribeMeaning.meaning(key),
                    "an atom",
                    entry.key().span());
        }
        return new Meaning.MeaningEntry(atom.value(), evaluate(entry.value(), environment));
    }

    ImmutableList<Meaning> all(List<Expr> exprs, Environment environment) {
        ImmutableList.Builder<Meaning> meanings = ImmutableList.builderWithExpectedSize(exprs.size());
        for (Expr expr : exprs) {
            meanings.add(evaluate(expr, environment));
        }
        return meanings.build();
    }

    /** What a comprehension does for each element, in the environment of its variables. */
    private interface Body {
        void run(Environment inside);
    }

    private void comprehend(
            ImmutableList<Binding> variables, Expr iterable, Environment environment, Span span, Body body) {
        ImmutableList<Meaning> elements = Containers.iterate(evaluate(iterable, environment), iterable.span());
        Environment inside = environment.nested();
        variables.forEach(variable -> Names.check(variable.name(), variable.span(), inside));
        run.budget().checkList(16L * elements.size() / 4, span);
        run.enterLoop();
        for (Meaning element : elements) {
            bindAll(variables, element, inside, iterable.span());
            body.run(inside);
        }
        run.leaveLoop();
    }

    /** Gives loop variables their values: one takes everything, several share. */
    static void bindAll(ImmutableList<Binding> variables, Meaning element, Environment environment, Span span) {
        if (variables.size() == 1) {
            environment.bind(variables.get(0).name(), element);
            return;
        }
        ImmutableList<Meaning> parts = Containers.unpack(element, variables.size(), span);
        for (int i = 0; i < parts.size(); i++) {
            environment.bind(variables.get(i).name(), parts.get(i));
        }
    }
}
