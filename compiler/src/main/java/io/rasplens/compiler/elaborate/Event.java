package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** Something that running a statement did and a caller may want to show. */
public sealed interface Event {

    /** A name was bound by an assignment or a definition. */
    record NameBound(String name, Meaning meaning) implements Event {}

    /**
     * An expression statement.
     *
     * @param name the name it is, if it is nothing but a name, else {@code out}
     */
    record Evaluated(String name, Meaning meaning) implements Event {}

    /** {@code draw}: the flow of {@code sop} is wanted on {@code input}, or on the current example. */
    record Drawn(SOp sop, Optional<String> name, Optional<ImmutableList<Value>> input) implements Event {}

    /**
     * A file was loaded.
     *
     * @param bound its public names, in the order of their last definition
     * @param events what its statements did, in order
     * @param diagnostics its failing statements (none in a batch, where they fail the load)
     */
    record FileLoaded(
            String path,
            ImmutableList<NameBound> bound,
            ImmutableList<Event> events,
            ImmutableList<Diagnostic> diagnostics)
            implements Event {}

    /** The example of a loaded file, from its {@code #@ example}: what comes after it is tried on it. */
    record FileExample(ImmutableList<Value> input) implements Event {}

    /**
     * A command of the REPL.
     *
     * @param example what {@code set example} evaluated to
     */
    record CommandGiven(Statement statement, Optional<Meaning> example) implements Event {}
}
