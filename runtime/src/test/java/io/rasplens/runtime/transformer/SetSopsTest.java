package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S-ops set by hand where they are made: in which rows, at which positions, to which values. */
class SetSopsTest {
    private static final CompiledProgram PROGRAM = CompiledProgram.text("""
            #@ vocab ["a", "b"]
            #@ max_length 21
            #@ keep hist
            #@ keep share
            #@ keep isa
            isa = tokens == "a";
            hist = selector_width(select(tokens, tokens, ==));
            share = aggregate(select(indices, indices, <=), indicator(isa));
            result = hist + share;
            """, 1);
    private final HookedTransformer model = PROGRAM.transformer();
    private final TokenBatch two = model.encodeBatch(List.of(List.of("a", "b", "a"), List.of("b")));

    private ActivationCache edited(SopEdit... edits) {
        return model.runWithCache(two, RunOptions.PLAIN.hooks(SetSops.hooks(model, two, List.of(edits))))
                .cache();
    }

    private static List<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).toList();
    }

    private void refused(EngineCode code, String message, String help, SopEdit edit) {
        assertThatThrownBy(() -> SetSops.hooks(model, two, List.of(edit)))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.message()).isEqualTo(message);
                    assertThat(e.help().orElse("")).contains(help);
                });
    }

    /** Nothing else changes, at no other position. */
    @Test
    void anSopIsSetWhereItIsSaid() {
        assertThat(edited(SopEdit.of("hist", 0, Value.of(20))).sop("hist", 0)).isEqualTo(ints(20, 1, 2));
        assertThat(edited(SopEdit.of("hist", 0, Value.of(20))).sop("hist", 1)).isEqualTo(ints(20));
        assertThat(edited(SopEdit.of("hist", 2, Value.of(7)).inRow(0)).sop("hist", 0))
                .isEqualTo(ints(2, 1, 7));
        ActivationCache second = edited(SopEdit.of("hist", 0, Value.of(7)).inRow(1));
        assertThat(second.sop("hist", 0)).isEqualTo(ints(2, 1, 2));
        assertThat(second.sop("hist", 1)).isEqualTo(ints(7));
    }

    @Test
    void theLaterOfTwoEditsCounts() {
        assertThat(edited(
                                SopEdit.of("hist", 1, Value.of(7)).inRow(0),
                                SopEdit.of("hist", 1, Value.of(9)).inRow(0))
                        .sop("hist", 0))
                .isEqualTo(ints(2, 9, 2));
    }

    @Test
    void placesThatThereAreNot() {
        SopEdit edit = SopEdit.of("hist", 0, Value.of(7));
        refused(EngineCode.WRONG_SHAPE, "there is no input 2 in a batch of 2", "inputs count from 0", edit.inRow(2));
        refused(EngineCode.WRONG_SHAPE, "there is no input -1 in a batch of 2", "inputs count from 0", edit.inRow(-1));
        String help = "positions count the tokens of the input, the first of which is 0";
        refused(
                EngineCode.WRONG_SHAPE,
                "there is no position -1 to set 'hist' at",
                help,
                SopEdit.of("hist", -1, Value.of(7)));
        // The second input has one token, the batch three.
        refused(
                EngineCode.WRONG_SHAPE,
                "there is no position 1 to set 'hist' at",
                help,
                SopEdit.of("hist", 1, Value.of(7)));
        refused(
                EngineCode.WRONG_SHAPE,
                "there is no position 3 to set 'hist' at",
                help,
                SopEdit.of("hist", 3, Value.of(7)).inRow(0));
    }

    /** Twenty values are told of. */
    @Test
    void valuesThatItNeverHas() {
        refused(
                EngineCode.IMPOSSIBLE_VALUE,
                "the s-op 'hist' is never 22",
                "it can be 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, …",
                SopEdit.of("hist", 0, Value.of(22)));
        refused(
                EngineCode.IMPOSSIBLE_VALUE,
                "the s-op 'isa' is never 3",
                "it can be ",
                SopEdit.of("isa", 0, Value.of(3)));
        assertThatThrownBy(() -> SetSops.hooks(model, two, List.of(SopEdit.of("isa", 0, Value.of(3)))))
                .hasMessageNotContaining("…");
    }

    /** What the embedding makes is set before the first block; where there is none, before it is read. */
    @Test
    void whatIsEmbeddedIsSetThere() {
        List<HookAssignment> hooks = SetSops.hooks(model, two, List.of(SopEdit.of("isa", 0, Value.of(false))));
        assertThat(hooks).extracting(hook -> hook.filter().description()).containsExactly("blocks.0.hook_resid_pre");
        assertThat(edited(SopEdit.of("isa", 0, Value.of(false))).sop("isa", 0))
                .containsExactly(Value.of(false), Value.of(false), Value.of(true));

        HookedTransformer flat = CompiledProgram.text("""
                        #@ vocab ["a", "b"]
                        #@ max_length 3
                        #@ keep result
                        result = tokens;
                        """, 1).transformer();
        assertThat(flat.config().nLayers()).isZero();
        TokenBatch one = flat.encode(List.of("a", "b"));
        List<HookAssignment> set = SetSops.hooks(flat, one, List.of(SopEdit.of("result", 1, Value.of("a"))));
        assertThat(set).extracting(hook -> hook.filter().description()).containsExactly("unembed.hook_in");
        assertThat(flat.decode(flat.forward(one, RunOptions.PLAIN.hooks(set)), one)
                        .get(0))
                .containsExactly(Value.of("a"), Value.of("a"));
    }
}
