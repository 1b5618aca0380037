package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.model.part.UnitPart;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.view.attention.KeyMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model says of its parts as structure is what they are: on runs of every example, at every level that takes it. */
class StructureTest {
    private static final int INPUTS = 25;

    @TempDir
    Path folder = Path.of("");

    static Stream<Arguments> models() throws IOException {
        return ExamplesTest.examples().stream()
                .flatMap(file -> Arrays.stream(Level.values()).map(level -> Arguments.of(file, level)));
    }

    /** A model, its program, and what the program's s-ops are on some inputs. */
    private record RunsOfModel(CompiledModel model, HookedTransformer transformer, List<Interpreted> inputs) {}

    /** What the s-ops are on one input, by what tells them from each other. */
    private record Interpreted(ImmutableList<Value> input, Map<String, ImmutableList<Value>> values) {

        /** What stands in the stream at the end, {@code [pos, d_model]}. */
        Tensor stream(HookedTransformer transformer) {
            return transformer
                    .runWithCache(input)
                    .cache()
                    .get("unembed.hook_in")
                    .slice(0, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyDirectionHoldsWhatIsSaid(String file, Level level) throws IOException {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        CompiledModel model = runs.get().model();
        Anatomy anatomy = model.provenance().anatomy().orElseThrow();
        assertThat(anatomy.directions()).hasSize(model.config().dModel());
        int told = 0;
        for (Interpreted facts : runs.get().inputs()) {
            Tensor stream = facts.stream(runs.get().transformer());
            for (int d = 0; d < anatomy.directions().size(); d++) {
                Holds holds = anatomy.directions().get(d);
                ImmutableList<Value> values =
                        holds.sop().map(facts.values()::get).orElse(null);
                for (int p = 0; values != null && p < values.size(); p++) {
                    var held = holds.at(values.get(p));
                    if (held.isPresent()) {
                        told++;
                        assertThat(stream.get(p + 1, d))
                                .as(
                                        "dimension %s (%s) at %s of %s, where %s is %s",
                                        d, holds.words(), p, facts.input(), holds.sop(), values.get(p))
                                .isCloseTo(held.getAsDouble(), within(tolerance(holds, held.getAsDouble())));
                    }
                }
            }
        }
        assertThat(told).as("numbers compared").isGreaterThan(INPUTS);
    }

    /** Read without the structure beside it: a name is the s-op's number, {@code name=value} is 1 where it has the value and 0 elsewhere. */
    @ParameterizedTest
    @MethodSource("models")
    void everyLabelSaysWhatIsHeld(String file, Level level) throws IOException {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        CompiledModel model = runs.get().model();
        ImmutableList<Holds> directions =
                model.provenance().anatomy().orElseThrow().directions();
        Set<String> sops = runs.get().inputs().stream()
                .flatMap(facts -> facts.values().keySet().stream())
                .collect(Collectors.toSet());
        List<Tensor> streams = runs.get().inputs().stream()
                .map(facts -> facts.stream(runs.get().transformer()))
                .toList();
        int told = 0;
        for (int d = 0; d < directions.size(); d++) {
            String label = model.labels().get(d).text();
            Optional<LabelFormula> formula = LabelFormula.of(label, sops);
            if (formula.isEmpty()) {
                assertThat(level == Level.DIRECT || isUntold(directions.get(d), sops))
                        .as(
                                "dimension %s is named %s and holds %s",
                                d, label, directions.get(d).words())
                        .isTrue();
                continue;
            }
            for (int i = 0; i < streams.size(); i++) {
                Interpreted facts = runs.get().inputs().get(i);
                ImmutableList<Value> values = facts.values().get(formula.get().sop());
                for (int p = 0; values != null && p < values.size(); p++) {
                    OptionalDouble held = formula.get().at(values.get(p));
                    if (held.isPresent()) {
                        told++;
                        assertThat(streams.get(i).get(p + 1, d))
                                .as("dimension %s, %s, at %s of %s", d, label, p, facts.input())
                                .isCloseTo(
                                        held.getAsDouble(), within(tolerance(directions.get(d), held.getAsDouble())));
                    }
                }
            }
        }
        assertThat(told).as("numbers compared").isGreaterThan(INPUTS);
    }

    /** BOS's own, constants, what a construction needs, and s-ops that the program never has a value of on these inputs. */
    private static boolean isUntold(Holds holds, Set<String> sops) {
        return holds.sop().isEmpty()
                || holds instanceof Holds.Helper
                || holds instanceof Holds.Rest
                || !sops.contains(holds.sop().get());
    }

    /** Squeezed counts are as exact as attention lets them be: what is not selected has up to a thousandth of a selected key's weight. */
    private static double tolerance(Holds holds, double held) {
        double size = Math.max(1, Math.abs(held));
        if (holds instanceof Holds.ShareOf share) {
            return 2e-3 * size + 2 * share.within();
        }
        return holds instanceof Holds.PowersOf polynomial && polynomial.within() > 0
                ? 2e-3 * size + 2 * polynomial.within()
                : 1e-7 * size;
    }

    @ParameterizedTest
    @MethodSource("models")
    void scoresSelectTheKeysThatTheConditionSays(String file, Level level) throws IOException {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        CompiledModel model = runs.get().model();
        Anatomy anatomy = model.provenance().anatomy().orElseThrow();
        for (Interpreted facts : runs.get().inputs()) {
            var cache = runs.get().transformer().runWithCache(facts.input()).cache();
            int positions = facts.input().size() + 1;
            for (int layer = 0; layer < anatomy.heads().size(); layer++) {
                for (int h = 0; h < anatomy.heads().get(layer).size(); h++) {
                    HeadPart head = anatomy.heads().get(layer).get(h);
                    if (!isKnown(head.where(), facts)) {
                        continue;
                    }
                    Tensor scores = cache.get("attn_scores", layer).slice(0, 0).slice(0, h);
                    KeyMask mask = KeyMask.selected(head.selected(), scores::get, positions, true);
                    for (int query = 0; query < positions - 1; query++) {
                        for (int key = 0; key < positions - 1; key++) {
                            boolean hidden = model.config().causal() && key > query;
                            assertThat(mask.selects(query, key))
                                    .as(
                                            "layer %s head %s (%s) on %s at query %s, key %s",
                                            layer, h, head.where().words(), facts.input(), query, key)
                                    .isEqualTo(!hidden && holds(head.where(), facts, query, key));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void hiddenUnitsComputeTheirCases(String file, Level level) throws IOException {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        CompiledModel model = runs.get().model();
        Anatomy anatomy = model.provenance().anatomy().orElseThrow();
        for (int layer = 0; layer < anatomy.units().size(); layer++) {
            int next = 0;
            for (UnitPart part : anatomy.units().get(layer)) {
                assertThat(part.first()).isEqualTo(next);
                next += part.count();
                assertThat(part.computes()).isNotEmpty();
                part.computes().forEach(function -> agrees(function, runs.get().inputs()));
            }
            assertThat(next).isEqualTo(model.weights().layers().get(layer).mlp().hiddenWidth());
        }
    }

    private static void agrees(SopFunction function, List<Interpreted> inputs) {
        if (function.cases().isEmpty()) {
            return;
        }
        Map<List<Value>, Value> cases = new HashMap<>();
        function.cases().get().forEach(each -> cases.put(each.given(), each.is()));
        for (Interpreted facts : inputs) {
            ImmutableList<Value> is = facts.values().get(function.sop());
            if (is == null || !facts.values().keySet().containsAll(function.of())) {
                continue;
            }
            for (int p = 0; p < is.size(); p++) {
                List<Value> given = new ArrayList<>();
                for (String name : function.of()) {
                    given.add(Objects.requireNonNull(facts.values().get(name)).get(p));
                }
                Value listed = cases.get(given);
                if (listed != null) {
                    assertThat(listed.raspEquals(is.get(p))
                                    || Math.abs(Values.asNumber(listed) - Values.asNumber(is.get(p))) < 1e-9)
                            .as("%s for %s = %s is %s, not %s", function.sop(), function.of(), given, is.get(p), listed)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aFileKeepsAllOfIt(String file, Level level) throws Exception {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        CompiledModel model = runs.get().model();
        Path saved = folder.resolve("model.safetensors");
        ModelStore.save(model, saved, Dtype.F64);
        Anatomy anatomy = model.provenance().anatomy().orElseThrow();

        Anatomy read = ModelStore.load(saved).orThrow().provenance().anatomy().orElseThrow();

        assertThat(read.heads()).isEqualTo(anatomy.heads());
        assertThat(read.units()).isEqualTo(anatomy.units());
        assertThat(read.directions()).isEqualTo(anatomy.directions());
        assertThat(read.sops()).hasSameSizeAs(anatomy.sops());
    }

    @ParameterizedTest
    @MethodSource("models")
    void everySopHasALineAndAPlace(String file, Level level) throws IOException {
        Optional<RunsOfModel> runs = runs(file, level);
        if (runs.isEmpty()) {
            return;
        }
        Anatomy anatomy = runs.get().model().provenance().anatomy().orElseThrow();
        assertThat(anatomy.sops()).isNotEmpty().allSatisfy(sop -> {
            assertThat(sop.place()).as(sop.name()).isPresent();
            assertThat(sop.name()).doesNotMatch(".*(selectorwidth|aggregate|elementwise)#\\d+.*");
        });
        assertThat(runs.get().model().labels())
                .allSatisfy(label ->
                        assertThat(label.text()).doesNotMatch(".*(selectorwidth|aggregate|elementwise)#\\d+.*"));
    }

    private static boolean isKnown(Condition condition, Interpreted facts) {
        if (condition instanceof Condition.SelectorOf) {
            return false;
        }
        if (condition instanceof Condition.Compare compare) {
            return value(compare.key(), facts, 0).isPresent()
                    && value(compare.query(), facts, 0).isPresent();
        }
        return parts(condition).stream().allMatch(part -> isKnown(part, facts));
    }

    private static boolean holds(Condition condition, Interpreted facts, int query, int key) {
        if (condition instanceof Condition.Compare compare) {
            Comparison comparison = Arrays.stream(Comparison.values())
                    .filter(one -> one.symbol().equals(compare.operator()))
                    .findFirst()
                    .orElseThrow();
            Value left = value(compare.key(), facts, key).orElseThrow();
            Value right = value(compare.query(), facts, query).orElseThrow();
            try {
                return Operators.compare(comparison, left, right) == compare.holds();
            } catch (EvaluationException e) {
                throw new AssertionError(compare.words(), e);
            }
        }
        return condition instanceof Condition.All
                ? parts(condition).stream().allMatch(part -> holds(part, facts, query, key))
                : parts(condition).stream().anyMatch(part -> holds(part, facts, query, key));
    }

    private static ImmutableList<Condition> parts(Condition condition) {
        return condition instanceof Condition.All all ? all.parts() : ((Condition.Any) condition).parts();
    }

    private static Optional<Value> value(String name, Interpreted facts, int position) {
        if (name.equals("length - 1")) {
            return Optional.of(Value.of(facts.input().size() - 1));
        }
        return Optional.ofNullable(facts.values().get(name)).map(values -> values.get(position));
    }

    private static Optional<RunsOfModel> runs(String file, Level level) throws IOException {
        SourceFile source = SourceFile.of(Path.of(file));
        CompileOptions options = CompileOptions.DEFAULT.level(level);
        Result<CompiledModel> compiled = RaspCompiler.compile(source, options);
        if (!(compiled instanceof Result.Success)) {
            return Optional.empty();
        }
        CompiledModel model = compiled.orThrow();
        Elaboration elaboration =
                RaspCompiler.elaborate(source, new FileLoader(Path.of(""))).orThrow();
        CompileTarget target =
                RaspCompiler.elaborateTarget(elaboration, options).orThrow();
        var random = new Random(15);
        List<Interpreted> inputs = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            List<Value> input = new ArrayList<>();
            int length = 1 + random.nextInt(target.maxLength());
            for (int p = 0; p < length; p++) {
                input.add(target.vocabulary()
                        .get(random.nextInt(target.vocabulary().size())));
            }
            facts(target.program(), ImmutableList.copyOf(input)).ifPresent(inputs::add);
        }
        return Optional.of(new RunsOfModel(model, HookedTransformer.load(model), inputs));
    }

    /** Nothing for an input on which the program fails. */
    private static Optional<Interpreted> facts(RaspProgram program, ImmutableList<Value> input) {
        Trace trace;
        try {
            trace = Interpreter.trace(ImmutableList.of(program.output()), input, program.causal());
        } catch (EvaluationException e) {
            return Optional.empty();
        }
        if (trace.values(program.output()).isEmpty()) {
            return Optional.empty();
        }
        Map<String, ImmutableList<Value>> values = new HashMap<>();
        for (ProgramNode node : trace.nodes()) {
            if (node instanceof SOp sop && trace.values(sop).isPresent()) {
                values.putIfAbsent(
                        DescribeNode.reference(program, sop), trace.values(sop).orElseThrow());
            }
        }
        ImmutableList.Builder<Value> indices = ImmutableList.builder();
        ImmutableList.Builder<Value> length = ImmutableList.builder();
        for (int p = 0; p < input.size(); p++) {
            indices.add(Value.of(p));
            length.add(Value.of(input.size()));
        }
        values.putIfAbsent("indices", indices.build());
        values.putIfAbsent("length", length.build());
        values.putIfAbsent("tokens", input);
        return Optional.of(new Interpreted(input, values));
    }
}
