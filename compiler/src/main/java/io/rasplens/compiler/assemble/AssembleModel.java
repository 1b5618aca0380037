package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreScale;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.stack.Interrupted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives the directions numbers and writes the blocks down as sparse weights.
 *
 * <p>{@code one} gets no number: it is 1 - {@code bos}, a bias and the {@code bos} row. Elsewhere than at BOS the bias is added last,
 * where the sum over directions would have had {@code one}; at BOS everything else that is read together with {@code one} is exactly
 * 0, and so is c - c.
 */
public final class AssembleModel {
    private final Circuit circuit;
    private final ImmutableSortedMap<Direction, Integer> numbers;
    private final int dModel;
    private final ImmutableDoubleArray noBias;

    private AssembleModel(Circuit circuit) {
        this.circuit = circuit;
        this.numbers = number(circuit);
        this.dModel = numbers.size();
        this.noBias = zeros(dModel);
    }

    public static CompiledModel assemble(Circuit circuit, Optional<Certificate> certificate) {
        return new AssembleModel(circuit).model(certificate);
    }

    private CompiledModel model(Optional<Certificate> certificate) {
        TokenEncoder encoder = TokenEncoder.forVocabulary(circuit.tokens().keySet());
        TransformerConfig config = config(encoder.vocabulary().size());
        WeightMatrix.Builder embed = WeightMatrix.builder(encoder.vocabulary().size(), dModel);
        for (int id = 0; id < encoder.vocabulary().size(); id++) {
            LinearForm form = id == encoder.bos()
                    ? LinearForm.of(Direction.BOS)
                    : id == encoder.pad() ? LinearForm.ZERO : tokenForm(encoder, id);
            addEmbedding(embed, id, form);
        }
        WeightMatrix.Builder positions = WeightMatrix.builder(config.nCtx(), dModel);
        for (int i = 0; i < circuit.positions().size(); i++) {
            addEmbedding(positions, i + 1, circuit.positions().get(i));
        }
        double scale = config.attnScale();
        ImmutableList<LayerWeights> layers =
                circuit.blocks().stream().map(block -> layer(block, scale)).collect(ImmutableList.toImmutableList());
        var weights = new Weights(
                embed.build(),
                positions.build(),
                layers,
                Optional.empty(),
                columns(circuit.logits()),
                biases(circuit.logits()));
        return new CompiledModel(
                config,
                weights,
                Optional.of(encoder),
                Optional.of(circuit.decoder()),
                numbers.keySet().stream()
                        .map(d -> new ResidualLabel(d.feature().name(), d.value()))
                        .collect(ImmutableList.toImmutableList()),
                circuit.readouts().stream().map(this::readout).collect(ImmutableList.toImmutableList()),
                provenance(),
                Optional.empty(),
                certificate);
    }

    private LinearForm tokenForm(TokenEncoder encoder, int id) {
        LinearForm form = circuit.tokens().get(encoder.vocabulary().get(id));
        return form == null ? LinearForm.ZERO : form;
    }

    private TransformerConfig config(int dVocab) {
        int heads = max(circuit.blocks(), block -> block.heads().size());
        int dHead = max(
                circuit.blocks(),
                block -> max(
                        block.heads(),
                        h -> Math.max(h.terms().size(), h.values().size())));
        int dMlp = max(circuit.blocks(), block -> block.units().size());
        return new TransformerConfig(
                circuit.blocks().size(),
                heads,
                dModel,
                dHead,
                dMlp,
                circuit.positions().size() + 1,
                dVocab,
                circuit.logits().size(),
                TransformerConfig.Activation.RELU,
                circuit.causal()
                        ? TransformerConfig.AttentionDirection.CAUSAL
                        : TransformerConfig.AttentionDirection.BIDIRECTIONAL,
                TransformerConfig.Normalization.NONE,
                1e-5,
                Math.sqrt(Math.max(dHead, 1)));
    }

    private LayerWeights layer(Block block, double scale) {
        var units = block.units();
        List<LinearForm> inputs =
                units.stream().map(unit -> offAtBos(unit.input())).toList();
        var mlp = new MlpWeights(
                columns(inputs),
                biases(inputs),
                rows(units.stream().map(HiddenUnit::output).toList()),
                noBias);
        return new LayerWeights(
                block.heads().stream().map(h -> head(h, scale)).collect(ImmutableList.toImmutableList()),
                noBias,
                mlp,
                Optional.empty(),
                Optional.empty());
    }

    /** The engine divides scores by {@code scale}; the query side is multiplied by as much beforehand. */
    private HeadWeights head(Head head, double scale) {
        double before = ScoreScale.before(scale);
        // A head that lets BOS see what it likes is one whose output at BOS nobody reads.
        boolean guardsBos =
                head.terms().stream().anyMatch(term -> term.query().terms().containsKey(Direction.BOS));
        List<LinearForm> queries = head.terms().stream()
                .map(ScoreTerm::query)
                .map(query -> guardsBos ? zeroAtBos(query) : query)
                .map(query -> query.times(before))
                .toList();
        List<LinearForm> keys =
                head.terms().stream().map(term -> zeroAtBos(term.key())).toList();
        double factor = head.valueFactor(scale);
        List<LinearForm> values = head.values().stream()
                .map(value -> zeroAtBos(value.value()).times(factor))
                .toList();
        return new HeadWeights(
                columns(queries),
                biases(queries),
                columns(keys),
                biases(keys),
                columns(values),
                biases(values),
                rows(head.values().stream().map(ValueTerm::output).toList()));
    }

    /** The form with {@code one} as it is made: 1 everywhere, less {@code bos}. */
    private static LinearForm zeroAtBos(LinearForm form) {
        return form.minus(LinearForm.of(Direction.BOS, form.constant()));
    }

    /** A unit's input: of a constant below 0 nothing comes through at BOS in any case. */
    private static LinearForm offAtBos(LinearForm form) {
        return form.constant() <= 0 ? form : zeroAtBos(form);
    }

    private SopReadout readout(Circuit.Readout readout) {
        return new SopReadout(
                readout.sop(),
                (readout.stage() + 1) / 2 - 1,
                readout.stage() % 2 == 1,
                columns(readout.logits()),
                biases(readout.logits()),
                readout.decoder());
    }

    private Provenance provenance() {
        var directions = new DirectionOrigins(circuit);
        return new Provenance(
                origins(block -> block.heads().stream().map(head -> head.origin().origin())),
                origins(block -> block.units().stream().map(unit -> unit.origin().origin())),
                numbers.keySet().stream().map(directions::of).collect(ImmutableList.toImmutableList()));
    }

    private ImmutableList<ImmutableList<Origin>> origins(Function<Block, Stream<Origin>> part) {
        return circuit.blocks().stream()
                .map(block -> part.apply(block).collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
    }

    private WeightMatrix columns(List<LinearForm> forms) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(dModel, forms.size());
        for (int column = 0; column < forms.size(); column++) {
            Interrupted.check();
            int c = column;
            forms.get(column).terms().forEach((direction, v) -> {
                if (!direction.equals(Direction.ONE)) {
                    matrix.add(index(direction), c, v);
                }
            });
        }
        return matrix.build();
    }

    private WeightMatrix rows(List<LinearForm> forms) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(forms.size(), dModel);
        IntStream.range(0, forms.size()).forEach(row -> addRow(matrix, row, forms.get(row)));
        return matrix.build();
    }

    /** What the forms have of {@code one}. */
    private static ImmutableDoubleArray biases(List<LinearForm> forms) {
        return ImmutableDoubleArray.copyOf(forms.stream().mapToDouble(LinearForm::constant));
    }

    private void addEmbedding(WeightMatrix.Builder matrix, int row, LinearForm form) {
        addRow(matrix, row, form.minus(LinearForm.constant(form.constant())));
    }

    private void addRow(WeightMatrix.Builder matrix, int row, LinearForm form) {
        Interrupted.check();
        form.terms().forEach((direction, v) -> matrix.add(row, index(direction), v));
    }

    private int index(Direction direction) {
        Integer index = numbers.get(direction);
        if (index == null) {
            throw new IllegalStateException("no number for direction " + direction);
        }
        return index;
    }

    private static ImmutableDoubleArray zeros(int length) {
        return ImmutableDoubleArray.copyOf(new double[length]);
    }

    private static <T> int max(List<T> items, java.util.function.ToIntFunction<T> size) {
        return items.stream().mapToInt(size).max().orElse(0);
    }

    private static ImmutableSortedMap<Direction, Integer> number(Circuit circuit) {
        ImmutableSortedMap.Builder<Direction, Integer> numbers = ImmutableSortedMap.naturalOrder();
        int next = 0;
        for (Direction direction : Sets.difference(circuit.directions(), Set.of(Direction.ONE))) {
            numbers.put(direction, next++);
        }
        return numbers.buildOrThrow();
    }
}
