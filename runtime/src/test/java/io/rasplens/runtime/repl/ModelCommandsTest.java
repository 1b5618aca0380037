package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.elaborate.SourceLoader;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // text blocks would hide the tabs
class ModelCommandsTest {
    private final List<CompileTarget> targets = new ArrayList<>();

    @Test
    void modelsAreMadeForTheInputAtHand() {
        ReplEngine engine = engine(Result.success(model()), ImmutableList.of());
        assertThat(say(engine, ":cost length")).isEqualTo("length: 1 layer, 1 head, 54 parameters (2 not zero)\n");
        assertThat(targets.get(0).vocabulary()).hasSize(4);
        assertThat(targets.get(0).maxLength()).isEqualTo(5);
        say(engine, ":run length [1, 1, 2]");
        assertThat(targets.get(1).vocabulary()).containsExactly(Value.of(1), Value.of(2));
        assertThat(targets.get(1).maxLength()).isEqualTo(3);
    }

    @Test
    void compileShowsTheSizes() {
        assertThat(say(engine(Result.success(model()), ImmutableList.of()), ":compile length"))
                .isEqualTo("length: compiled for inputs of up to 5 tokens of ['h', 'e', 'l', 'o']\n"
                        + "    layers      1\n    heads       1\n    d_model     3\n    d_head      1\n"
                        + "    d_mlp       2\n    parameters  54\n    non-zeros   2\n");
    }

    @Test
    void oneTokenIsOne() {
        assertThat(say(engine(Result.success(model()), ImmutableList.of()), ":compile length a"))
                .startsWith("length: compiled for inputs of up to 1 token of ['a']\n");
    }

    @Test
    void inspectTellsWhatPartsDo() {
        assertThat(say(engine(Result.success(model()), ImmutableList.of()), ":inspect length"))
                .endsWith("layer 0\n  head 0  length: counts the keys\n  2 hidden units  length: steps\n");
    }

    @Test
    void runComparesWithTheInterpreter() {
        ImmutableList<Value> right = ImmutableList.of(Value.of(2), Value.of(2));
        assertThat(say(engine(Result.success(model()), right), ":run length ab"))
                .isEqualTo("\t =  [2]*2 (ints)\n\tthe interpreter agrees\n");
        ImmutableList<Value> wrong = ImmutableList.of(Value.of(2), Value.of(3));
        assertThat(say(engine(Result.success(model()), wrong), ":run length \"ab\""))
                .isEqualTo("\t =  [2, 3] (ints)\n\tthe interpreter says [2]*2 (ints)\n");
    }

    @Test
    void aRefusalIsReported() {
        Result<CompiledModel> refused =
                Result.failure(Diagnostic.error(EvaluationCode.TOO_MUCH_WORK, "too large to compile"));
        assertThat(say(engine(refused, ImmutableList.of()), ":compile length")).isEqualTo("E0413");
        assertThat(say(engine(refused, ImmutableList.of()), ":run")).isEqualTo("E1012");
    }

    private ReplEngine engine(Result<CompiledModel> compiled, ImmutableList<Value> answer) {
        return new ReplEngine(
                SourceLoader.none(),
                new ModelCommands(
                        target -> {
                            targets.add(target);
                            return compiled;
                        },
                        (model, input) -> answer.isEmpty() ? input : answer));
    }

    private static String say(ReplEngine engine, String line) {
        return engine.handle(line).stream()
                .map(response -> response instanceof Response.Output output
                        ? output.text()
                        : ((Response.Problem) response).diagnostic().code().id())
                .collect(Collectors.joining());
    }

    /** One layer with one head and two neurons; two weights are not zero. */
    private static CompiledModel model() {
        var config = new TransformerConfig(
                1,
                1,
                3,
                1,
                2,
                2,
                3,
                1,
                TransformerConfig.Activation.RELU,
                TransformerConfig.AttentionDirection.BIDIRECTIONAL,
                TransformerConfig.Normalization.NONE,
                1e-5,
                1);
        WeightMatrix narrow = WeightMatrix.zeros(3, 1);
        var head = new HeadWeights(
                WeightMatrix.builder(3, 1).add(1, 0, 2.0).build(),
                zeros(1),
                narrow,
                zeros(1),
                narrow,
                zeros(1),
                WeightMatrix.zeros(1, 3));
        var mlp = new MlpWeights(WeightMatrix.zeros(3, 2), zeros(2), WeightMatrix.zeros(2, 3), zeros(3));
        var layer = new LayerWeights(ImmutableList.of(head), zeros(3), mlp, Optional.empty(), Optional.empty());
        var weights = new Weights(
                WeightMatrix.zeros(3, 3),
                WeightMatrix.zeros(2, 3),
                ImmutableList.of(layer),
                Optional.empty(),
                WeightMatrix.zeros(3, 1),
                ImmutableDoubleArray.of(1.0));
        var steps = new Origin("length", "steps", Optional.empty());
        return new CompiledModel(
                config,
                weights,
                Optional.empty(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                new Provenance(
                        ImmutableList.of(ImmutableList.of(new Origin("length", "counts the keys", Optional.empty()))),
                        ImmutableList.of(ImmutableList.of(steps, steps)),
                        ImmutableList.of()),
                Optional.empty(),
                Optional.empty());
    }

    private static ImmutableDoubleArray zeros(int length) {
        return ImmutableDoubleArray.copyOf(new double[length]);
    }
}
