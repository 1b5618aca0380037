package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.Lookups;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an expression of the compile-time language stands for, and what a name is bound to. Immutable. */
public sealed interface Meaning {

    /** The word for it in messages: {@code s-op}, {@code list}. */
    String kind();

    /** {@code an s-op}, {@code a list}. */
    default String oneOfItsKind() {
        return (this instanceof Sequence || this instanceof Atom ? "an " : "a ") + kind();
    }

    /** An int, float, string or bool. */
    record Atom(Value value) implements Meaning {
        @Override
        public String kind() {
            return "atom";
        }
    }

    /** A sequence operator. */
    record Sequence(SOp node) implements Meaning {
        @Override
        public String kind() {
            return "s-op";
        }
    }

    /** A selector. */
    record Selection(Selector node) implements Meaning {
        @Override
        public String kind() {
            return "selector";
        }
    }

    /**
     * A list of anything.
     *
     * @param shape how deep and how large it is, shared parts counted each time they occur
     */
    record ListOf(ImmutableList<Meaning> elements, PrintedSize shape) implements Meaning {
        public static ListOf of(ImmutableList<Meaning> elements) {
            return new ListOf(elements, PrintedSize.around(elements));
        }

        @Override
        public String kind() {
            return "list";
        }
    }

    /** One entry of a dict, its key in the spelling it had first. */
    record MeaningEntry(Value key, Meaning value) {}

    /**
     * A dict from atoms to anything, in the order in which the keys came first.
     *
     * @param entries by {@link Lookups#normalKey}
     */
    record DictOf(ImmutableMap<Value, MeaningEntry> entries, PrintedSize shape) implements Meaning {
        /** Later values replace earlier ones of an equal key, whose place and spelling stay. */
        public static DictOf of(Iterable<MeaningEntry> entries) {
            Map<Value, MeaningEntry> byKey = new LinkedHashMap<>();
            for (MeaningEntry entry : entries) {
                byKey.merge(
                        Lookups.normalKey(entry.key()),
                        entry,
                        (first, last) -> new MeaningEntry(first.key(), last.value()));
            }
            var values = byKey.values().stream().map(MeaningEntry::value).collect(ImmutableList.toImmutableList());
            return new DictOf(ImmutableMap.copyOf(byKey), PrintedSize.around(values));
        }

        /** The keys, as a list's elements. */
        public ImmutableList<Meaning> keys() {
            return entries.values().stream()
                    .map(entry -> new Atom(entry.key()))
                    .collect(ImmutableList.toImmutableList());
        }

        @Override
        public String kind() {
            return "dict";
        }
    }

    /**
     * A function.
     *
     * @param creator {@code console}, or the load path of the file it is from; a mark for each function around it
     * @param definition its text; empty for a primitive
     * @param environment where its free names are looked up; empty for a primitive
     */
    record Function(
            String name,
            ImmutableList<String> parameters,
            String creator,
            Optional<Statement.FunctionDefinition> definition,
            Optional<Environment> environment)
            implements Meaning {
        /** {@code shift(seq, n, filler)}. */
        public String signature() {
            return name + "(" + String.join(", ", parameters) + ")";
        }

        @Override
        public String kind() {
            return "function";
        }

        /** Functions are equal only if they are the same. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return creator + " function: " + signature();
        }
    }

    /** What an s-op made of an input: for printing only. */
    record AppliedSequence(ImmutableList<Value> values, ImmutableList<Value> input) implements Meaning {
        @Override
        public String kind() {
            return "result of an s-op";
        }
    }

    /** What a selector made of an input: for printing only. */
    record AppliedSelection(SelectorMatrix matrix, ImmutableList<Value> input) implements Meaning {
        @Override
        public String kind() {
            return "result of a selector";
        }
    }

    /**
     * The measure of a list or dict; what is not a container has depth 0 and size 1.
     *
     * @param size how many lines it would print, saturating
     */
    record PrintedSize(int depth, long size) {
        private static final long MAX_SIZE = Long.MAX_VALUE / 4;

        static PrintedSize of(Meaning meaning) {
            return meaning instanceof ListOf list
                    ? list.shape()
                    : meaning instanceof DictOf dict ? dict.shape() : new PrintedSize(0, 1);
        }

        static PrintedSize around(Iterable<Meaning> parts) {
            int depth = 0;
            long size = 1;
            for (Meaning part : parts) {
                PrintedSize shape = of(part);
                depth = Math.max(depth, shape.depth());
                size = Math.min(MAX_SIZE, size + shape.size());
            }
            return new PrintedSize(depth + 1, size);
        }
    }
}
