package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;

/** A {@code #@} line: what a compiler needs to know and RASP has no syntax for. */
public sealed interface Directive extends Item {

    /** {@code #@ output reverse} */
    record OutputDirective(String name, Span nameSpan, Span span) implements Directive {}

    /** {@code #@ vocab ["a", "b"]} */
    record VocabDirective(ImmutableList<Value> tokens, Span span) implements Directive {}

    /** {@code #@ max_length 10} */
    record MaxLengthDirective(int length, Span span) implements Directive {}

    /** {@code #@ causal} */
    record CausalDirective(Span span) implements Directive {}

    /**
     * {@code #@ keep length, opposite} or {@code #@ keep all}.
     *
     * @param names that are kept, their spans beside them; empty for all
     */
    record KeepDirective(ImmutableList<Binding> names, Span span) implements Directive {
        public boolean all() {
            return names.isEmpty();
        }
    }

    /** {@code #@ example "abc"}: a string stands for its characters. */
    record ExampleDirective(ImmutableList<Value> input, Span span) implements Directive {}

    /** {@code #@ test "abc" == ["c", "b", "a"]} */
    record TestDirective(ImmutableList<Value> input, ImmutableList<Value> expected, Span span) implements Directive {}
}
