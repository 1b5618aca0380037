package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.grammar.value.Value;
import java.util.List;

/** Completes options by the inputs' own tokens and greatest length, where neither they nor the file say what inputs may be. */
public final class FitOptions {
    private FitOptions() {}

    /** The options that the inputs fit; as they are where there is none. */
    public static CompileOptions to(
            List<ImmutableList<Value>> inputs, Elaboration elaboration, CompileOptions options) {
        CompileOptions complete = options;
        if (inputs.isEmpty()) {
            return complete;
        }
        if (options.vocabulary().isEmpty() && elaboration.vocabulary().isEmpty()) {
            complete = complete.vocabulary(
                    inputs.stream().flatMap(List::stream).distinct().collect(ImmutableList.toImmutableList()));
        }
        if (options.maxLength().isEmpty() && elaboration.maxLength().isEmpty()) {
            complete = complete.maxLength(
                    inputs.stream().mapToInt(List::size).max().orElse(1));
        }
        return complete;
    }
}
