package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.Optional;

/**
 * A model ready to run, and the program it came from.
 *
 * @param program empty for an imported model
 * @param level the level it was compiled at, if known
 */
public record ReadyModel(
        CompiledModel model,
        HookedTransformer transformer,
        Optional<RaspProgram> program,
        Optional<Level> level,
        Timings timings) {

    public static ReadyModel of(
            CompiledModel model, Optional<RaspProgram> program, Optional<Level> level, Timings timings) {
        return new ReadyModel(model, HookedTransformer.load(model), program, level, timings);
    }

    /** The tokens of one input, BOS in front; of a model without a codec the input is of token ids, and they are taken as they are. */
    public TokenBatch encode(ImmutableList<Value> input) {
        return model.encoder().isPresent() ? transformer.encode(input) : TokenIds.batch(model.config(), input);
    }

    /**
     * What the logits say of one input: values, or ids where the model knows no values.
     *
     * @param logits {@code [1, pos, d_vocab_out]}
     */
    ImmutableList<Value> decode(Tensor logits, TokenBatch tokens) {
        if (model.decoder().isPresent()) {
            return transformer.decode(logits, tokens).get(0);
        }
        transformer.requireFinite(logits, tokens);
        return TokenIds.answers(logits);
    }

    /** The program, where it has something to be compared with: values in, and values out. */
    Optional<RaspProgram> comparable() {
        return program.filter(
                p -> model.encoder().isPresent() && model.decoder().isPresent());
    }
}
