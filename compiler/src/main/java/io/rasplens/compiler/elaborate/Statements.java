package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Parameter;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** Executes statements in an environment; each tells what it did. A failing one throws, and binds nothing. */
final class Statements {
    private final Session session;
    private final ElaborationRun run;
    private final Evaluator evaluator;

    Statements(Session session, ElaborationRun run) {
        this.session = session;
        this.run = run;
        this.evaluator = new Evaluator(session, run);
    }

    ImmutableList<Event> execute(Statement statement, Environment environment) {
        run.budget().step(statement.span());
        if (statement instanceof Statement.ExpressionStatement expression) {
            return expression(expression, environment);
        }
        if (statement instanceof Statement.Assignment assignment) {
            return assign(assignment, environment);
        }
        if (statement instanceof Statement.FunctionDefinition definition) {
            return define(definition, environment);
        }
        if (statement instanceof Statement.ForLoop loop) {
            return loop(loop, environment);
        }
        if (statement instanceof Statement.Load load) {
            return ImmutableList.of(session.loads(run).load(load, environment));
        }
        if (statement instanceof Statement.Draw draw) {
            return draw(draw, environment);
        }
        if (statement instanceof Statement.SetExample set) {
            Meaning example = example(set, environment);
            ImmutableList<Value> input = Containers.input(example, set.example().span());
            if (set.kind() != Statement.ExampleKind.SELECTOR) {
                session.replaceExample(input);
            }
            if (set.kind() != Statement.ExampleKind.SOP) {
                session.replaceSelectorExample(input);
            }
            return ImmutableList.of(new Event.CommandGiven(statement, Optional.of(example)));
        }
        return ImmutableList.of(new Event.CommandGiven(statement, Optional.empty()));
    }

    /** A bare word is most often meant as the text itself. */
    private Meaning example(Statement.SetExample set, Environment environment) {
        try {
            return evaluator.evaluate(set.example(), environment);
        } catch (Rejection e) {
            throw set.example() instanceof Expr.Name name
                    ? Rejection.of(e.diagnostics().stream()
                            .map(d -> d.help("a text stands in quotes: set example \"" + name.name() + "\""))
                            .collect(ImmutableList.toImmutableList()))
                    : e;
        }
    }

    private ImmutableList<Event> expression(Statement.ExpressionStatement statement, Environment environment) {
        Meaning meaning = value(statement, environment);
        session.tryNodes(run);
        session.trySelector(meaning, statement.expression().span(), run);
        setOut(meaning, environment);
        String name = statement.expression() instanceof Expr.Name only ? only.name() : "out";
        return ImmutableList.of(new Event.Evaluated(name, meaning));
    }

    /** A comparison that begins with a name that nobody bound is most often meant to bind it. */
    private Meaning value(Statement.ExpressionStatement statement, Environment environment) {
        if (statement.expression() instanceof Expr.BinaryExpr comparison
                && comparison.operator() == BinaryOperator.EQUAL
                && comparison.left() instanceof Expr.Name name
                && environment.find(name.name()).isEmpty()) {
            throw Rejection.of(
                    Diagnostic.error(ElaborationCode.UNKNOWN_NAME, "unknown name '" + name.name() + "'", name.span())
                            .help("'==' compares; to give it a value write " + name.name() + " = …;"));
        }
        return evaluator.evaluate(statement.expression(), environment);
    }

    private ImmutableList<Event> assign(Statement.Assignment statement, Environment environment) {
        ImmutableList<Meaning> values = evaluator.all(statement.values(), environment);
        statement.targets().forEach(target -> Names.check(target.name(), target.span(), environment));
        session.tryNodes(run);
        for (int i = 0; i < values.size(); i++) {
            session.trySelector(values.get(i), statement.values().get(i).span(), run);
        }
        Meaning value = values.size() == 1 ? values.get(0) : Meaning.ListOf.of(values);
        ImmutableList<Meaning> parts = statement.targets().size() == 1
                ? ImmutableList.of(value)
                : Containers.unpack(value, statement.targets().size(), statement.span());
        ImmutableList.Builder<Event> events = ImmutableList.builder();
        for (int i = 0; i < parts.size(); i++) {
            bind(statement.targets().get(i), parts.get(i), environment);
            warnOfConstant(statement.targets().get(i), parts.get(i));
            events.add(new Event.NameBound(statement.targets().get(i).name(), parts.get(i)));
        }
        setOut(values.get(values.size() - 1), environment);
        return events.build();
    }

    /** What an application gave is for printing only and leaves {@code out} as it was. */
    private static void setOut(Meaning meaning, Environment environment) {
        if (!(meaning instanceof Meaning.AppliedSequence) && !(meaning instanceof Meaning.AppliedSelection)) {
            environment.setOut(meaning);
        }
    }

    private void bind(Binding target, Meaning meaning, Environment environment) {
        environment.bind(target.name(), meaning);
        boolean library = Library.isSource(target.span().source());
        Origins.Rank rank = library
                ? Origins.Rank.LIBRARY
                : environment == session.environment() ? Origins.Rank.TOP : Origins.Rank.INNER;
        if (meaning instanceof Meaning.Sequence sequence) {
            session.origins().named(sequence.node(), target.name(), rank, target.span());
            if (rank == Origins.Rank.TOP) {
                session.assigned(target.name());
            }
        } else if (meaning instanceof Meaning.Selection selection) {
            session.origins().named(selection.node(), target.name(), rank, target.span());
        }
    }

    /** Python's habit of giving a test input its name. */
    private void warnOfConstant(Binding target, Meaning meaning) {
        boolean atom = meaning instanceof Meaning.Atom;
        if (!target.name().equals("tokens") || !(atom || meaning instanceof Meaning.ListOf)) {
            return;
        }
        String input = DescribeMeaning.asInput(meaning);
        run.warn(Diagnostic.warning(
                        ElaborationCode.TOKENS_CONSTANT,
                        "from here on tokens is "
                                + (atom ? "this one atom at every position" : "this list")
                                + ", not the input",
                        target.span())
                .help("an input is given by "
                        + (session.isInteractive()
                                ? "set example " + input
                                : "a line #@ example " + input + ", or by --input")
                        + "; tokens stands for whatever it is"));
    }

    private static ImmutableList<Event> define(Statement.FunctionDefinition definition, Environment environment) {
        Names.check(definition.name(), definition.nameSpan(), environment);
        for (Parameter parameter : definition.parameters()) {
            if (Names.RESERVED.contains(parameter.name())) {
                Names.check(parameter.name(), parameter.span(), environment);
            }
        }
        var function = new Meaning.Function(
                definition.name(),
                definition.parameters().stream().map(Parameter::name).collect(ImmutableList.toImmutableList()),
                environment.name(),
                Optional.of(definition),
                Optional.of(environment));
        environment.bind(definition.name(), function);
        return ImmutableList.of(new Event.NameBound(definition.name(), function));
    }

    private ImmutableList<Event> loop(Statement.ForLoop loop, Environment environment) {
        Span iterable = loop.iterable().span();
        ImmutableList<Meaning> elements =
                Containers.iterate(evaluator.evaluate(loop.iterable(), environment), iterable);
        loop.variables().forEach(variable -> Names.check(variable.name(), variable.span(), environment));
        session.tryNodes(run);
        ImmutableList.Builder<Event> drawings = ImmutableList.builder();
        run.enterLoop();
        for (Meaning element : elements) {
            Evaluator.bindAll(loop.variables(), element, environment, iterable);
            for (Statement statement : loop.body()) {
                execute(statement, environment).stream()
                        .filter(Event.Drawn.class::isInstance)
                        .forEach(drawings::add);
            }
        }
        run.leaveLoop();
        return drawings.build();
    }

    private ImmutableList<Event> draw(Statement.Draw draw, Environment environment) {
        Optional<ImmutableList<Value>> input =
                draw.input().map(expr -> Containers.input(evaluator.evaluate(expr, environment), expr.span()));
        int mark = run.trials().size();
        Meaning target = evaluator.evaluate(draw.target(), environment);
        input.ifPresent(given -> run.trials().redirect(mark, run.trials().size(), given));
        if (!(target instanceof Meaning.Sequence sequence)) {
            throw Operations.wrongKind(
                    "draw takes an s-op, got " + DescribeMeaning.meaning(target),
                    "an s-op",
                    draw.target().span());
        }
        session.tryNodes(run);
        SOp node = sequence.node();
        return ImmutableList.of(new Event.Drawn(node, session.origins().of(node).name(), input));
    }
}
