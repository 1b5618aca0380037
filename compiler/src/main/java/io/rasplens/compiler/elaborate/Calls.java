package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.List;

/** Calls functions: the parameters and the body get a fresh environment nested in the one of the definition. */
final class Calls {
    private final Session session;
    private final ElaborationRun run;

    Calls(Session session, ElaborationRun run) {
        this.session = session;
        this.run = run;
    }

    Meaning call(Meaning.Function function, ImmutableList<Meaning> arguments, Span span) {
        if (arguments.size() != function.parameters().size()) {
            throw wrongArity(function, arguments.size(), span);
        }
        if (function.definition().isEmpty() || function.environment().isEmpty()) {
            return Library.primitive(function, arguments, session.graph(), span);
        }
        Statement.FunctionDefinition definition = function.definition().get();
        Environment inside = function.environment().get().nested();
        for (int i = 0; i < arguments.size(); i++) {
            inside.bind(function.parameters().get(i), arguments.get(i));
        }
        run.enter(function, span);
        try {
            var statements = new Statements(session, run);
            for (Statement statement : definition.body()) {
                statements.execute(statement, inside).stream()
                        .filter(Event.Drawn.class::isInstance)
                        .forEach(run::drewInCall);
            }
            List<Meaning> results = new Evaluator(session, run).all(definition.results(), inside);
            run.leave();
            return results.size() == 1 ? results.get(0) : Meaning.ListOf.of(ImmutableList.copyOf(results));
        } catch (Rejection e) {
            throw run.withCalls(e);
        }
    }

    private static Rejection wrongArity(Meaning.Function function, int given, Span span) {
        int wanted = function.parameters().size();
        Diagnostic diagnostic = Diagnostic.error(
                ElaborationCode.WRONG_ARITY,
                function.signature() + " takes " + wanted + (wanted == 1 ? " argument" : " arguments") + ", got "
                        + given,
                span);
        if (function.definition().isPresent()) {
            Span place = function.definition().get().nameSpan();
            diagnostic = Library.isSource(place.source())
                    ? diagnostic.note("it is a function of the library").help(Library.explains(function.name()))
                    : diagnostic.at(place, "defined here");
        }
        return Rejection.of(diagnostic);
    }
}
