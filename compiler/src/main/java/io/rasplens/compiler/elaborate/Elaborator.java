package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs a whole file: every statement must succeed. All failing statements are reported, but not those that only hang on them. */
public final class Elaborator {
    private static final int MAX_ERRORS = 50;

    private Elaborator() {}

    /** What the file means, or why it is rejected. */
    public static Result<Elaboration> elaborate(Script script, SourceLoader loader) {
        return DeepStack.run(() -> onThisStack(script, loader), Budget.overrun(new Span(script.source(), 0, 0)));
    }

    private static Result<Elaboration> onThisStack(Script script, SourceLoader loader) {
        var session = new Session(loader);
        ImmutableList<Directive> directives = directives(script);
        session.setCausal(directives.stream().anyMatch(Directive.CausalDirective.class::isInstance));
        var run = new ElaborationRun();
        ImmutableList.Builder<Event> events = ImmutableList.builder();
        Set<Diagnostic> errors = new LinkedHashSet<>();
        Optional<Diagnostic> failedLoad = Optional.empty();
        int unchecked = 0;
        for (Item item : script.items()) {
            if (item instanceof Statement.Exit
                    || errors.size() >= MAX_ERRORS
                    || run.budget().isSpent()) {
                break;
            }
            if (item instanceof Statement statement) {
                session.loading().addLast(new SourceLoader.LoadedSource("", script.source()));
                try {
                    events.addAll(session.execute(statement, run));
                } catch (Rejection e) {
                    // A rejection without a diagnostic hangs on a statement that has been reported.
                    errors.addAll(e.diagnostics());
                    if (e.diagnostics().isEmpty() && failedLoad.isPresent()) {
                        unchecked++;
                    }
                    boundNames(statement).forEach(session.environment()::breakName);
                    if (loads(statement)) {
                        session.environment().lackNames();
                        failedLoad =
                                failedLoad.or(() -> e.diagnostics().stream().findFirst());
                    }
                }
            }
        }
        if (!errors.isEmpty()) {
            return Result.failure(withUnchecked(errors, failedLoad, unchecked));
        }
        var elaboration = new Elaboration(
                script.source(),
                session.graph(),
                bindings(session),
                directives,
                session.allOrigins(),
                session.lastSop(),
                events.build(),
                session.loadedTexts(),
                session);
        return Result.success(elaboration, run.warnings());
    }

    /** Says at a load that failed how many statements were given up for it: faults of their own come to light later. */
    private static ImmutableList<Diagnostic> withUnchecked(
            Set<Diagnostic> errors, Optional<Diagnostic> failedLoad, int unchecked) {
        String note = "for this, " + unchecked + (unchecked == 1 ? " statement" : " statements")
                + " further down could not be checked";
        return errors.stream()
                .map(error -> unchecked > 0 && failedLoad.filter(error::equals).isPresent() ? error.note(note) : error)
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Directive> directives(Script script) {
        return script.items().stream()
                .filter(Directive.class::isInstance)
                .map(Directive.class::cast)
                .collect(ImmutableList.toImmutableList());
    }

    /** The names that a statement would have bound. */
    static ImmutableList<String> boundNames(Statement statement) {
        if (statement instanceof Statement.Assignment assignment) {
            return assignment.targets().stream().map(Binding::name).collect(ImmutableList.toImmutableList());
        }
        if (statement instanceof Statement.ForLoop loop) {
            return Stream.concat(
                            loop.variables().stream().map(Binding::name),
                            loop.body().stream().flatMap(inside -> boundNames(inside).stream()))
                    .collect(ImmutableList.toImmutableList());
        }
        return statement instanceof Statement.FunctionDefinition definition
                ? ImmutableList.of(definition.name())
                : ImmutableList.of();
    }

    private static boolean loads(Statement statement) {
        return statement instanceof Statement.Load
                || (statement instanceof Statement.ForLoop loop
                        && loop.body().stream().anyMatch(Elaborator::loads));
    }

    private static ImmutableMap<String, Meaning> bindings(Session session) {
        ImmutableMap.Builder<String, Meaning> bindings = ImmutableMap.builder();
        session.environment().variables().forEach((name, meaning) -> {
            if (!name.equals("out")) {
                bindings.put(name, meaning);
            }
        });
        return bindings.buildOrThrow();
    }
}
