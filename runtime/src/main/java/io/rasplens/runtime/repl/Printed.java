package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** What the REPL shows of a value: everything that {@link PrintedForms} needs, nothing that it would have to compute. */
public sealed interface Printed {

    /** Whether it stands in a list or dict without a line of its own. */
    default boolean isAtom() {
        return this instanceof PrintedAtom;
    }

    /** An int, float, string or bool. */
    record PrintedAtom(Value value) implements Printed {}

    /**
     * An s-op.
     *
     * @param name what it is called where no variable names it, inside a list
     * @param example what it gives on the current example; empty when examples are off
     */
    record SequenceOperator(String name, Optional<PrintedOutput> example) implements Printed {}

    /** A selector, likewise. */
    record SelectorOperator(String name, Optional<Matrix> example) implements Printed {}

    /**
     * A function.
     *
     * @param home {@code console}, or the path of the load that brought it
     */
    record PrintedFunction(String home, String name, ImmutableList<String> parameters) implements Printed {}

    /** A list. */
    record PrintedList(ImmutableList<Printed> elements) implements Printed {}

    /** A dict. */
    record PrintedDict(ImmutableList<PrintedEntry> entries) implements Printed {}

    /** An entry of a dict. */
    record PrintedEntry(Value key, Printed value) {}

    /** An s-op's sequence on an input; as a value of its own, what an applied s-op gave. */
    record PrintedOutput(ExampleInput input, ImmutableList<Value> values) implements Printed {}

    /** A selector's matrix on an input, one row per query, one column per key; likewise. */
    record Matrix(ExampleInput input, ImmutableList<ImmutableList<Boolean>> rows) implements Printed {}
}
