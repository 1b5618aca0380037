package io.rasplens.compiler;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the caller wants of a compilation. Whatever is left empty comes from the file's directives, then from defaults; what
 * is set here wins.
 *
 * @param sop name of the s-op to compile; default {@code #@ output}, then the last s-op assigned at top level
 * @param vocabulary input alphabet
 * @param maxLength longest input, BOS not counted
 * @param causal true forces causal attention; empty follows the file
 * @param level how the program is laid out
 * @param keep s-ops that must stand in the model, by name, to be read and set; empty follows the file
 */
public record CompileOptions(
        Optional<String> sop,
        Optional<ImmutableList<Value>> vocabulary,
        OptionalInt maxLength,
        Optional<Boolean> causal,
        Level level,
        Optional<Keep> keep) {
    public static final CompileOptions DEFAULT = new CompileOptions(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Level.DEFAULT, Optional.empty());

    /** For an alphabet of strings. */
    public static CompileOptions forVocabulary(String... tokens) {
        return DEFAULT.vocabulary(Stream.of(tokens).map(Value::of).collect(ImmutableList.toImmutableList()));
    }

    /** For an alphabet of numbers. */
    public static CompileOptions forVocabulary(long first, long... more) {
        return DEFAULT.vocabulary(LongStream.concat(LongStream.of(first), LongStream.of(more))
                .mapToObj(Value::of)
                .collect(ImmutableList.toImmutableList()));
    }

    /** The alphabet, in its order; tokens may be strings, ints and floats together. */
    public CompileOptions vocabulary(List<? extends Value> tokens) {
        return new CompileOptions(sop, Optional.of(ImmutableList.copyOf(tokens)), maxLength, causal, level, keep);
    }

    public CompileOptions maxLength(int length) {
        return new CompileOptions(sop, vocabulary, OptionalInt.of(length), causal, level, keep);
    }

    public CompileOptions sop(String name) {
        return new CompileOptions(Optional.of(name), vocabulary, maxLength, causal, level, keep);
    }

    public CompileOptions causal(boolean value) {
        return new CompileOptions(sop, vocabulary, maxLength, Optional.of(value), level, keep);
    }

    public CompileOptions level(Level level) {
        return new CompileOptions(sop, vocabulary, maxLength, causal, level, keep);
    }

    public CompileOptions keep(Keep value) {
        return new CompileOptions(sop, vocabulary, maxLength, causal, level, Optional.of(value));
    }

    /**
     * S-ops to keep.
     *
     * @param names as {@code FindBinding} takes them; empty for every s-op that has a name
     */
    public record Keep(ImmutableList<String> names) {
        public static final Keep ALL = new Keep(ImmutableList.of());

        public boolean all() {
            return names.isEmpty();
        }
    }
}
