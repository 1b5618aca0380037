package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.rasplens.compiler.elaborate.Event;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.elaborate.Session;
import io.rasplens.compiler.elaborate.SourceLoader;
import io.rasplens.compiler.infer.refusal.TellApart;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.view.flow.FlowTrace;
import java.util.Optional;

/**
 * The REPL without a terminal: a line goes in, responses come out. One engine is one session; it is not for use by several
 * threads at once.
 */
public final class ReplEngine {
    /** The name that the console's own text has in diagnostics. */
    private static final String CONSOLE = "console";

    private static final Response INTERRUPTED = new Response.Note("interrupted");

    private final Session session;
    private final CommandRunner commands;
    private final Narrator narrator;
    private final TypedProgram defined = new TypedProgram();
    private String pending = "";

    /**
     * Starts a session with the base example {@code "hello"}.
     *
     * @param loader finds the files of {@code load}
     * @param commands carries out {@code :compile} and its like
     */
    public ReplEngine(SourceLoader loader, CommandRunner commands) {
        this.session = new Session(loader);
        this.commands = commands;
        this.narrator = new Narrator(this::nameOf, (sop, name, input) -> FlowTrace.trace(program(sop, name), input));
        session.tryOn(narrator.examples().sop().values());
    }

    /** Whether a text can be run, or is wrong beyond mending: no further line is needed. */
    public static boolean isFinished(String text) {
        return Command.isCommand(text)
                || !(RaspParser.parseTyped(SourceFile.of(CONSOLE, text)) instanceof RaspParser.Typed.Incomplete);
    }

    /** The banner. */
    public ImmutableList<Response> start() {
        return ImmutableList.of(
                new Response.Output("RASP (Rasplens): help for help, exit to leave\n"),
                new Response.Output(
                        "running example is: " + narrator.examples().sop().plain() + "\n"));
    }

    /** Whether the text so far is unfinished, and the next line goes on with it. */
    public boolean continues() {
        return !pending.isEmpty();
    }

    /**
     * Takes a line, or several; answers once the statement is finished. Interrupting the thread that asks stops the statement, and
     * with it the rest of the line; the session goes on.
     */
    public ImmutableList<Response> handle(String line) {
        if (pending.isEmpty() && Command.isCommand(line)) {
            try {
                return command(line);
            } catch (Interrupted e) {
                return ImmutableList.of(INTERRUPTED);
            }
        }
        Optional<Diagnostic> habit = pending.isEmpty() ? ShellHabits.ofLine(line) : Optional.empty();
        if (habit.isPresent()) {
            return Narrator.problems(ImmutableList.of(habit.get()));
        }
        pending = pending.isEmpty() ? line : pending + "\n" + line;
        RaspParser.Typed typed = RaspParser.parseTyped(SourceFile.of(CONSOLE, pending));
        if (typed instanceof RaspParser.Typed.Incomplete) {
            return ImmutableList.of();
        }
        pending = "";
        return typed instanceof RaspParser.Typed.Complete complete
                ? run(complete.script(), complete.warnings())
                : run(((RaspParser.Typed.Wrong) typed).partial());
    }

    /** The input has ended: an unfinished statement is an error. */
    public ImmutableList<Response> finish() {
        String text = pending;
        pending = "";
        return text.isBlank() ? ImmutableList.of() : run(RaspParser.parseLeniently(SourceFile.of(CONSOLE, text)));
    }

    /** Forgets the unfinished statement. */
    public void drop() {
        pending = "";
    }

    /** Words that may stand at the cursor, sorted: commands, the names of s-ops behind one, all names elsewhere but in strings. */
    public ImmutableList<String> completions(String line, int cursor) {
        String before = line.substring(0, Math.min(cursor, line.length()));
        if (before.matches("\\s*:[a-z]*")) {
            return Command.spellings();
        }
        if (before.matches("\\s*:[a-z]+\\s+[A-Za-z_0-9]*") && !before.strip().startsWith(":help")) {
            return session.environment().visibleNames().stream()
                    .filter(name -> session.find(name).orElse(null) instanceof Meaning.Sequence)
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
        if (isInString(before)) {
            return ImmutableList.of();
        }
        return ImmutableSortedSet.<String>naturalOrder()
                .addAll(session.environment().visibleNames())
                .addAll(SyntaxColours.KEYWORDS)
                .addAll(SyntaxColours.BUILT_INS)
                .add("help")
                .build()
                .asList();
    }

    private static boolean isInString(String before) {
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return line.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private ImmutableList<Response> run(RaspParser.Partial partial) {
        return run(partial.script(), partial.diagnostics());
    }

    private ImmutableList<Response> run(Script script, ImmutableList<Diagnostic> diagnostics) {
        var responses = ImmutableList.<Response>builder().addAll(Narrator.problems(diagnostics));
        try {
            for (Item item : script.items()) {
                ImmutableList<Response> answer = run(item);
                responses.addAll(answer);
                if (answer.stream().anyMatch(Response.Leave.class::isInstance)) {
                    break;
                }
            }
        } catch (Interrupted e) {
            responses.add(INTERRUPTED);
        }
        return responses.build();
    }

    private ImmutableList<Response> run(Item item) {
        if (item instanceof Directive directive) {
            if (directive instanceof Directive.ExampleDirective example
                    && !example.input().isEmpty()) {
                ExampleInput input = ExampleInput.of(example.input());
                narrator.example(input);
                session.tryOn(input.values());
            }
            return ImmutableList.of();
        }
        Result<ImmutableList<Event>> result = session.run((Statement) item);
        var responses = ImmutableList.<Response>builder().addAll(Narrator.problems(result.diagnostics()));
        if (result instanceof Result.Success<ImmutableList<Event>> success) {
            defined.add((Statement) item);
            success.value().forEach(event -> responses.addAll(narrator.tell(event)));
        }
        return responses.build();
    }

    private ImmutableList<Response> command(String line) {
        Result<Command> parsed = Command.parse(line);
        if (!(parsed instanceof Result.Success<Command> success)) {
            return Narrator.problems(parsed.diagnostics());
        }
        Command command = success.value();
        if (command.verb() == Command.CommandVerb.HELP) {
            return Help.about(command.name(), session);
        }
        String name = command.name().orElse("");
        if (!(session.find(name).orElse(null) instanceof Meaning.Sequence sequence)) {
            return Narrator.problems(ImmutableList.of(notAnSop(name)));
        }
        Optional<Diagnostic> habit = ShellHabits.ofInput(command);
        if (habit.isPresent()) {
            return Narrator.problems(ImmutableList.of(habit.get()));
        }
        Result<ExampleInput> input = command.input().isPresent()
                ? typedInput(command.input().get())
                : Result.success(narrator.examples().sop());
        if (!(input instanceof Result.Success<ExampleInput> given)) {
            return Narrator.problems(input.diagnostics());
        }
        return switch (command.verb()) {
            case DRAW -> narrator.draw(sequence.node(), name, given.value());
            case VIEW ->
                ImmutableList.of(new Response.Page(
                        name,
                        defined.on(name, session.loadedTexts(), given.value().values())));
            case PATCH ->
                commands.patch(
                        program(sequence.node(), name), narrator.examples().sop(), given.value());
            default -> commands.run(command.verb(), program(sequence.node(), name), given.value());
        };
    }

    /** A list of atoms, a string in quotes, or bare characters. */
    private static Result<ExampleInput> typedInput(String text) {
        String atoms = text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text.strip();
        boolean quoted = atoms.length() >= 2 && atoms.startsWith("\"") && atoms.endsWith("\"");
        return InputParser.parse(CONSOLE, quoted ? atoms.substring(1, atoms.length() - 1) : atoms)
                .then(values -> values.isEmpty()
                        ? Result.failure(Diagnostic.error(ReplCode.NOT_AN_INPUT, "the input is empty")
                                .help("write abc, or [1, 2, 3]"))
                        : Result.success(ExampleInput.of(values)));
    }

    /** Base s-ops keep their names, but what {@code tokens} stands for is called that. */
    private Optional<String> nameOf(ProgramNode node) {
        boolean tokens = session.find("tokens")
                .filter(meaning -> meaning instanceof Meaning.Sequence sequence
                        && sequence.node().equals(node))
                .isPresent();
        return tokens ? Optional.of("tokens") : session.origin(node).name();
    }

    private RaspProgram program(SOp sop, String name) {
        return TellApart.nodes(new RaspProgram(session.graph(), sop, name, session.allOrigins(), false));
    }

    private Diagnostic notAnSop(String name) {
        Optional<Meaning> meaning = session.find(name);
        Diagnostic diagnostic = Diagnostic.error(
                ReplCode.NOT_AN_SOP,
                meaning.map(found -> "'" + name + "' is " + found.oneOfItsKind() + ", not an s-op")
                        .orElse("there is no s-op '" + name + "'"));
        Optional<String> meant = meaning.isEmpty()
                ? NearNames.question(name, session.environment().visibleNames())
                : meaning.filter(Meaning.Function.class::isInstance)
                        .map(function -> "call it and name what comes out: x = "
                                + ((Meaning.Function) function).signature() + ";");
        return diagnostic.help(meant.orElse("give the name of an s-op of this session"));
    }
}
