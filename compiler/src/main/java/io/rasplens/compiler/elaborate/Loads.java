package io.rasplens.compiler.elaborate;

import static java.util.stream.Collectors.toCollection;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes {@code load}: a file in an environment of its own on top of the library. */
final class Loads {
    /** Failing statements after which the rest of a file is not run. */
    private static final int MAX_ERRORS = 50;

    private final Session session;
    private final ElaborationRun run;

    Loads(Session session, ElaborationRun run) {
        this.session = session;
        this.run = run;
    }

    Event load(Statement.Load statement, Environment environment) {
        SourceLoader.LoadedSource file = find(statement);
        if (session.loading().stream().anyMatch(open -> isSame(open.source(), file.source()))) {
            Diagnostic cycle = Diagnostic.error(
                    ElaborationCode.LOAD_CYCLE,
                    "'" + statement.path() + "' is being loaded already",
                    statement.pathSpan());
            for (SourceLoader.LoadedSource open : session.loading()) {
                cycle = cycle.note("while loading " + open.source().name());
            }
            throw Rejection.of(cycle);
        }
        RaspParser.Partial parsed = session.parsed(file.source());
        run.budget().load(parsed.script().items().size(), statement.span());
        if (parsed.hasErrors() && !session.isInteractive()) {
            throw loadedFrom(statement, parsed.diagnostics());
        }
        session.recordLoad(file);
        Environment inside =
                Environment.ofFile(statement.path(), session.libraryEnvironment(), Optional.of(environment));
        session.loading().addLast(file);
        try {
            return execute(statement, parsed, inside);
        } finally {
            session.loading().removeLast();
        }
    }

    /** The main file is another object when a loaded one names it. */
    private static boolean isSame(SourceFile open, SourceFile file) {
        Optional<Path> path = file.path().map(Loads::normal);
        return open == file
                || (path.isPresent() && open.path().map(Loads::normal).equals(path));
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private SourceLoader.LoadedSource find(Statement.Load statement) {
        try {
            return session.loader()
                    .find(statement.path(), statement.span().source())
                    .orElseThrow(() -> notFound(statement));
        } catch (IOException e) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.UNREADABLE_FILE,
                            "the file '" + statement.path() + ".rasp' can't be read",
                            statement.pathSpan())
                    .note(
                            e instanceof CharacterCodingException
                                    ? "it is not UTF-8 text"
                                    : String.valueOf(e.getMessage())));
        }
    }

    private Rejection notFound(Statement.Load statement) {
        List<String> others =
                session.loader().alternatives(statement.path(), statement.span().source());
        return Rejection.of(Diagnostic.error(
                        ElaborationCode.NO_SUCH_FILE,
                        "there is no file '" + statement.path() + ".rasp'",
                        statement.pathSpan())
                .help(whatWasMeant(statement.path(), others)));
    }

    private static String whatWasMeant(String path, List<String> others) {
        if (path.endsWith(FileLoader.EXTENSION)) {
            String bare = path.substring(0, path.length() - FileLoader.EXTENSION.length());
            return "a load adds '" + FileLoader.EXTENSION + "' itself: write load \"" + bare + "\"";
        }
        return NearNames.question(path, others)
                .orElse("a load looks beside the file it stands in, then in the working directory");
    }

    /** Runs what is right in the file; in an interactive session the errors are told in the order of their places. */
    private Event execute(Statement.Load statement, RaspParser.Partial parsed, Environment inside) {
        ImmutableList.Builder<Event> events = ImmutableList.builder();
        List<Diagnostic> failures = new ArrayList<>();
        Deque<Diagnostic> syntaxErrors =
                parsed.diagnostics().stream().filter(Diagnostic::isError).collect(toCollection(ArrayDeque::new));
        var statements = new Statements(session, run);
        fileExample(parsed).ifPresent(events::add);
        for (Item item : parsed.script().items()) {
            while (!syntaxErrors.isEmpty() && startsBefore(syntaxErrors.peekFirst(), item)) {
                failures.add(syntaxErrors.removeFirst());
            }
            if (item instanceof Statement.Exit || failures.size() >= MAX_ERRORS) {
                break;
            }
            if (!(item instanceof Statement next)) {
                continue;
            }
            ElaborationRun.Depth before = run.depth();
            try {
                events.addAll(statements.execute(next, inside));
            } catch (Rejection e) {
                if (!session.isInteractive()) {
                    throw loadedFrom(statement, e.diagnostics());
                }
                run.restore(before);
                failures.addAll(e.diagnostics());
                // What hangs on it is no fault of its own.
                Elaborator.boundNames(next).forEach(inside::breakName);
            }
        }
        failures.addAll(syntaxErrors);
        ImmutableList<Event> all = events.build();
        return new Event.FileLoaded(statement.path(), publicNames(all), all, ImmutableList.copyOf(failures));
    }

    /** The file that was asked for is tried on its own example, not those that it loads in turn. */
    private Optional<Event> fileExample(RaspParser.Partial parsed) {
        if (!session.isInteractive() || session.loading().size() != 1) {
            return Optional.empty();
        }
        return parsed.script().items().stream()
                .filter(Directive.ExampleDirective.class::isInstance)
                .map(item -> ((Directive.ExampleDirective) item).input())
                .reduce((first, last) -> last)
                .map(input -> {
                    session.replaceExample(input);
                    session.replaceSelectorExample(input);
                    return new Event.FileExample(input);
                });
    }

    /** What is wrong in the file, and who wanted it. */
    private static Rejection loadedFrom(Statement.Load statement, List<Diagnostic> diagnostics) {
        return Rejection.of(diagnostics.stream()
                .map(diagnostic -> diagnostic.note("loaded at " + statement.span()))
                .collect(ImmutableList.toImmutableList()));
    }

    private static boolean startsBefore(Diagnostic error, Item item) {
        return error.span().filter(span -> span.start() < item.span().start()).isPresent();
    }

    private static ImmutableList<Event.NameBound> publicNames(ImmutableList<Event> events) {
        Map<String, Event.NameBound> last = new LinkedHashMap<>();
        for (Event event : events) {
            ImmutableList<Event.NameBound> bounds = event instanceof Event.NameBound bound
                    ? ImmutableList.of(bound)
                    : event instanceof Event.FileLoaded loaded ? loaded.bound() : ImmutableList.of();
            for (Event.NameBound bound : bounds) {
                if (!bound.name().startsWith("_")) {
                    last.remove(bound.name());
                    last.put(bound.name(), bound);
                }
            }
        }
        return ImmutableList.copyOf(last.values());
    }
}
