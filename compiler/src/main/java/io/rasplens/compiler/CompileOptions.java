package io.rasplens.compiler;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the caller wants of a compilation. Whatever is left empty comes from the file's directives, then from defaults; what
 * is set here wins.
 *
 * @param sop name of the s-op to compile; default {@code #@ output}, then the last s-op assigned at top level
 * @param vocabulary input alphabet
 * @param maxLength longest input, BOS not counted
 * @param causal true forces causal attention; empty follows the file
 * @param optimization 0 for Tracr's direct layout, 1 for the optimised one
 */
public record CompileOptions(
        Optional<String> sop,
        Optional<ImmutableList<Value>> vocabulary,
        OptionalInt maxLength,
        Optional<Boolean> causal,
        int optimization) {
    public static final CompileOptions DEFAULT =
            new CompileOptions(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), 1);

    public static CompileOptions forVocabulary(String... tokens) {
        return DEFAULT.vocabulary(Stream.of(tokens).map(Value::of).collect(ImmutableList.toImmutableList()));
    }

    public CompileOptions vocabulary(ImmutableList<Value> tokens) {
        return new CompileOptions(sop, Optional.of(tokens), maxLength, causal, optimization);
    }

    public CompileOptions maxLength(int length) {
        return new CompileOptions(sop, vocabulary, OptionalInt.of(length), causal, optimization);
    }

    public CompileOptions sop(String name) {
        return new CompileOptions(Optional.of(name), vocabulary, maxLength, causal, optimization);
    }

    public CompileOptions causal(boolean value) {
        return new CompileOptions(sop, vocabulary, maxLength, Optional.of(value), optimization);
    }

    public CompileOptions optimization(int level) {
        return new CompileOptions(sop, vocabulary, maxLength, causal, level);
    }
}
