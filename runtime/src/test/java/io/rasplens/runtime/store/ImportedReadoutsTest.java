package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.readout.LabelledReadouts;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.SetSops;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Tracr calls its dimensions is enough to read and set its s-ops. */
class ImportedReadoutsTest {
    private static HookedTransformer fixture(String name) {
        return HookedTransformer.load(ModelStore.load(Fixtures.model(name)).orThrow());
    }

    private static List<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).toList();
    }

    @Test
    void aFamilyOfLabelsIsAnSop() {
        ActivationCache cache =
                fixture("hist").runWithCache(List.of("a", "b", "a")).cache();

        assertThat(cache.sop("hist_7")).isEqualTo(ints(2, 1, 2));
        assertThat(cache.sop("indices")).isEqualTo(ints(0, 1, 2));
        assertThat(cache.sop("tokens")).isEqualTo(List.of(Value.of("a"), Value.of("b"), Value.of("a")));
        assertThat(cache.model().readouts()).extracting(SopReadout::sop).doesNotContain("one");
    }

    @Test
    void aLabelWithoutAValueIsANumber() {
        HookedTransformer model = fixture("frac_prevs");
        ActivationCache cache = model.runWithCache(List.of("x", "w", "x")).cache();
        SopReadout number = model.model().readouts().stream()
                .filter(readout -> readout.sop().startsWith("frac_prevs"))
                .findFirst()
                .orElseThrow();

        List<Value> values = cache.sop(number, 0);
        assertThat(values).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(io.rasplens.grammar.value.Values.toDouble(values.get(i)))
                    .isCloseTo(new double[] {1, 0.5, 2 / 3.0}[i], org.assertj.core.api.Assertions.within(1e-6));
        }
    }

    @Test
    void itCanBeSetWhereItIsMade() {
        HookedTransformer model = fixture("reverse");
        TokenBatch tokens = model.encode(List.of(1, 2, 3));
        // length - indices: 1 at position 2, which then looks at index 0.
        String left = model.model().readouts().stream()
                .map(SopReadout::sop)
                .filter(name -> name.startsWith("sequence_map"))
                .findFirst()
                .orElseThrow();
        List<HookAssignment> hooks = SetSops.hooks(model, tokens, List.of(SopEdit.of(left, 2, Value.of(2))));
        Tensor logits = model.runWithHooks(tokens, hooks.toArray(HookAssignment[]::new));

        assertThat(model.decode(logits, tokens).get(0)).isEqualTo(ints(3, 2, 2));
    }

    /** A model of ours of which only weights and labels are left: what is held scaled or moved is read and set as the number it is of. */
    @Test
    void whatALabelSaysIsScaledOrMovedIsReadAsItIs() {
        CompiledModel compiled = RaspCompiler.compile(SourceFile.of("labels.rasp", """
                        #@ vocab ["a", "b"]
                        #@ max_length 4
                        hist = selector_width(select(tokens, tokens, ==));
                        spot = aggregate(select(tokens, tokens, ==) and select(indices, indices, <=), indices) + 1;
                        result = "x" if hist == 1 else ("y" if spot > 2 else tokens);
                        #@ keep hist, spot
                        """), CompileOptions.DEFAULT)
                .orThrow();
        ImmutableList<ResidualLabel> labels = compiled.labels().stream()
                .map(label -> LabelText.parse(label.text()))
                .collect(ImmutableList.toImmutableList());
        HookedTransformer model = HookedTransformer.load(compiled);
        ActivationCache cache = model.runWithCache(List.of("a", "b", "a")).cache();
        ImmutableList<SopReadout> readouts = LabelledReadouts.of(labels, compiled.weights());

        assertThat(labels).anySatisfy(label -> assertThat(label.isPlain()).isFalse());
        for (SopReadout readout : readouts) {
            compiled.readouts().stream()
                    .filter(own -> own.sop().equals(readout.sop()))
                    .forEach(own -> assertThat(cache.sop(readout, 0))
                            .usingElementComparator((a, b) -> a.raspEquals(b) ? 0 : 1)
                            .as(own.sop())
                            .isEqualTo(cache.sop(own, 0)));
        }
        assertThat(readouts).extracting(SopReadout::sop).contains("hist");
    }
}
