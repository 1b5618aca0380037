package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.GrowingTrace;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running program: a graph, an environment on top of the library, and what is remembered between statements. Not safe for use
 * by several threads at once.
 */
public final class Session {
    private final Graph graph = new Graph();
    private final Origins origins = new Origins();
    private final SourceLoader loader;
    private final Environment libraryEnvironment;
    private final Environment environment;
    private final Deque<SourceLoader.LoadedSource> loading = new ArrayDeque<>();
    private final Map<SourceFile, RaspParser.Partial> parsed = new HashMap<>();
    private final Map<String, String> loadedTexts = new LinkedHashMap<>();
    private Optional<ImmutableList<Value>> example = Optional.empty();
    private Optional<ImmutableList<Value>> selectorExample = Optional.empty();
    private Optional<String> lastSop = Optional.empty();
    private boolean interactive;
    private boolean causal;
    private boolean trying;

    public Session(SourceLoader loader) {
        this.loader = loader;
        this.libraryEnvironment = Library.base(graph);
        this.environment = Environment.ofFile("console", libraryEnvironment, Optional.empty());
        var statements = new Statements(this, new ElaborationRun());
        for (Item item : Library.script().items()) {
            statements.execute((Statement) item, libraryEnvironment);
        }
    }

    /**
     * Runs one statement. A failing one binds nothing (a loop or a load keeps what it did before).
     *
     * @return what it did, in order
     */
    public Result<ImmutableList<Event>> run(Statement statement) {
        return DeepStack.run(() -> guarded(statement, new ElaborationRun()), Budget.overrun(statement.span()));
    }

    /**
     * From now on each s-op and selector is tried on this input when its statement runs, and a failure there is the
     * statement's; a failing statement of a loaded file does not end the load.
     */
    public void tryOn(ImmutableList<Value> input) {
        interactive = true;
        example = Optional.of(input);
        selectorExample = example;
    }

    /** Whether s-ops are applied, and tried, under a causal mask. */
    public void setCausal(boolean value) {
        causal = value;
    }

    public Graph graph() {
        return graph;
    }

    /** The program's own names; the library's are behind them. */
    public Environment environment() {
        return environment;
    }

    /** What a name stands for, if it is bound. */
    public Optional<Meaning> find(String name) {
        try {
            return environment.find(name);
        } catch (Rejection e) {
            return Optional.empty();
        }
    }

    public NodeOrigin origin(ProgramNode node) {
        return origins.of(node);
    }

    /** For every node made so far. */
    public ImmutableMap<ProgramNode, NodeOrigin> allOrigins() {
        return origins.all(this::node);
    }

    private Optional<ProgramNode> node(String name) {
        return find(name)
                .flatMap(meaning -> meaning instanceof Meaning.Sequence sequence
                        ? Optional.of(sequence.node())
                        : meaning instanceof Meaning.Selection selection
                                ? Optional.of(selection.node())
                                : Optional.empty());
    }

    /** The name of the last s-op assigned at top level. */
    public Optional<String> lastSop() {
        return lastSop;
    }

    /** Texts loaded so far, by {@link SourceLoader.LoadedSource#key}. */
    public ImmutableMap<String, String> loadedTexts() {
        return ImmutableMap.copyOf(loadedTexts);
    }

    /** The input that statements are tried on, if any. */
    public Optional<ImmutableList<Value>> example() {
        return example;
    }

    Origins origins() {
        return origins;
    }

    SourceLoader loader() {
        return loader;
    }

    Environment libraryEnvironment() {
        return libraryEnvironment;
    }

    Deque<SourceLoader.LoadedSource> loading() {
        return loading;
    }

    void recordLoad(SourceLoader.LoadedSource file) {
        loadedTexts.put(file.key(), file.source().text());
    }

    /** A file's syntax tree: a file that several others load is read once. */
    RaspParser.Partial parsed(SourceFile source) {
        return parsed.computeIfAbsent(source, RaspParser::parseLeniently);
    }

    void assigned(String sop) {
        lastSop = Optional.of(sop);
    }

    boolean isInteractive() {
        return interactive;
    }

    boolean causal() {
        return causal;
    }

    boolean tries() {
        return trying;
    }

    void replaceExample(ImmutableList<Value> input) {
        if (interactive) {
            example = Optional.of(input);
        }
    }

    /** The example that pictures of selectors show, where it is another. */
    void replaceSelectorExample(ImmutableList<Value> input) {
        if (interactive) {
            selectorExample = Optional.of(input);
        }
    }

    Calls calls(ElaborationRun run) {
        return new Calls(this, run);
    }

    Loads loads(ElaborationRun run) {
        return new Loads(this, run);
    }

    /** Tries the nodes that the statement's expressions gave; inside a call they wait for the statement that calls. */
    void tryNodes(ElaborationRun run) {
        if (example.isPresent() && !run.isInCall()) {
            ImmutableList<Value> input = example.get();
            run.trials().take().forEach((own, trials) -> tryAll(trials, own.orElse(input), run));
        }
    }

    /** Tries a selector that a statement is about to show on the example it is shown on. */
    void trySelector(Meaning meaning, Span span, ElaborationRun run) {
        if (meaning instanceof Meaning.Selection selection
                && selectorExample.isPresent()
                && !selectorExample.equals(example)
                && !run.isInCall()) {
            tryAll(List.of(new Trials.Trial(selection.node(), run.userPlace(span))), selectorExample.get(), run);
        }
    }

    private void tryAll(List<Trials.Trial> trials, ImmutableList<Value> input, ElaborationRun run) {
        try {
            GrowingTrace trace = run.traceOn(input, causal);
            for (Trials.Trial trial : trials) {
                Optional<EvaluationException> failure = trace.failure(trial.node());
                if (failure.isPresent()) {
                    throw Rejection.of(ElaborationRun.diagnostic(
                            failure.get(), input, trial.place(), trial.place().span()));
                }
            }
        } catch (EvaluationException e) {
            ElaborationRun.WrittenAt place = trials.get(0).place();
            throw Rejection.of(ElaborationRun.diagnostic(e, input, place, place.span()));
        }
    }

    private Result<ImmutableList<Event>> guarded(Statement statement, ElaborationRun run) {
        try {
            ImmutableList<Event> events = execute(statement, run);
            return Result.success(events, run.warnings());
        } catch (Rejection e) {
            return Result.failure(e.diagnostics());
        }
    }

    /** Runs a statement as part of a batch that shares one budget. */
    ImmutableList<Event> execute(Statement statement, ElaborationRun run) {
        try {
            trying = example.isPresent();
            ImmutableList<Event> events = new Statements(this, run).execute(statement, environment);
            return ImmutableList.<Event>builder()
                    .addAll(run.takeDrawings())
                    .addAll(events)
                    .build();
        } finally {
            trying = false;
            run.reset();
            loading.clear();
        }
    }
}
