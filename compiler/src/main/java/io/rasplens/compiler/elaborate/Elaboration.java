package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * What a whole file means.
 *
 * @param bindings the names bound at top level, loaded ones among them, in the order of first binding; {@code out} is not here
 * @param directives of the file itself, in order
 * @param lastSop the s-op that is compiled when nobody says which
 * @param events what the statements did, in order
 * @param loads texts of loaded files, by {@link SourceLoader.LoadedSource#key}
 */
public record Elaboration(
        SourceFile source,
        Graph graph,
        ImmutableMap<String, Meaning> bindings,
        ImmutableList<Directive> directives,
        ImmutableMap<ProgramNode, NodeOrigin> origins,
        Optional<String> lastSop,
        ImmutableList<Event> events,
        ImmutableMap<String, String> loads,
        Session session) {

    /** What a name stands for, the library's included. */
    public Optional<Meaning> find(String name) {
        return session.find(name);
    }

    /** The last directive of a kind, which is the one that counts. */
    public <D extends Directive> Optional<D> last(Class<D> kind) {
        return Optional.ofNullable(Iterables.getLast(Iterables.filter(directives, kind), null));
    }

    /** The tokens that the file says there are. */
    public Optional<ImmutableList<Value>> vocabulary() {
        return last(Directive.VocabDirective.class).map(Directive.VocabDirective::tokens);
    }

    /** The greatest length that the file says an input has. */
    public Optional<Integer> maxLength() {
        return last(Directive.MaxLengthDirective.class).map(Directive.MaxLengthDirective::length);
    }

    /** The file's own example: of its last {@code #@ example}, else of its last command {@code set example}. */
    public Optional<ImmutableList<Value>> example() {
        return last(Directive.ExampleDirective.class)
                .map(Directive.ExampleDirective::input)
                .or(() -> events.stream()
                        .flatMap(event -> setExample(event).stream())
                        .reduce((first, last) -> last));
    }

    private static Optional<ImmutableList<Value>> setExample(Event event) {
        return event instanceof Event.CommandGiven command
                        && command.statement() instanceof Statement.SetExample set
                        && set.kind() != Statement.ExampleKind.SELECTOR
                ? command.example().map(meaning -> Containers.input(meaning, set.span()))
                : Optional.empty();
    }

    /** Whether the file asks for causal attention. */
    public boolean isCausal() {
        return directives.stream().anyMatch(Directive.CausalDirective.class::isInstance);
    }
}
