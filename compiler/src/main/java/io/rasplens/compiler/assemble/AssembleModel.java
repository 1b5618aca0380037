package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.ModelDescription;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.stack.Interrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Gives the directions of a circuit numbers and writes its blocks down as sparse weights. */
public final class AssembleModel {
    private final Circuit circuit;
    private final Coordinates coordinates;
    private final int dModel;
    private final ImmutableDoubleArray noBias;

    private AssembleModel(Circuit circuit, Layout layout) {
        this.circuit = circuit;
        this.coordinates = layout instanceof Layout.Tracr tracr
                ? new TracrCoordinates(circuit, tracr)
                : new CompactCoordinates(circuit);
        this.dModel = coordinates.labels().size();
        this.noBias = zeros(dModel);
    }

    /** The circuit as compact as it can be. */
    public static CompiledModel assemble(Circuit circuit, Optional<Certificate> certificate) {
        return assemble(circuit, certificate, new Layout.Compact());
    }

    public static CompiledModel assemble(Circuit circuit, Optional<Certificate> certificate, Layout layout) {
        return new AssembleModel(circuit, layout).model(certificate);
    }

    private CompiledModel model(Optional<Certificate> certificate) {
        TokenEncoder encoder = TokenEncoder.forVocabulary(circuit.tokens().keySet());
        TransformerConfig config = config(encoder.vocabulary().size());
        List<CoordinateRow> tokens = new ArrayList<>();
        for (int id = 0; id < encoder.vocabulary().size(); id++) {
            tokens.add(
                    id == encoder.bos()
                            ? coordinates.bos()
                            : id == encoder.pad() ? coordinates.pad() : coordinates.token(tokenForm(encoder, id)));
        }
        List<CoordinateRow> positions = new ArrayList<>(List.of(CoordinateRow.ZERO));
        circuit.positions().forEach(form -> positions.add(coordinates.position(form)));
        double scale = config.attnScale();
        ImmutableList<LayerWeights> layers =
                circuit.blocks().stream().map(block -> layer(block, scale)).collect(ImmutableList.toImmutableList());
        List<CoordinateRow> logits = logits(circuit.logits());
        var weights =
                new Weights(rows(tokens), rows(positions), layers, Optional.empty(), columns(logits), biases(logits));
        return new CompiledModel(
                config,
                weights,
                Optional.of(encoder),
                Optional.of(circuit.decoder()),
                ModelDescription.later(this::description),
                Optional.empty(),
                certificate.map(known -> known.withLargestWeight(weights.largest())));
    }

    private ModelDescription description() {
        Provenance provenance = provenance();
        return ModelDescription.of(
                TrueLabels.of(coordinates.labels(), provenance.anatomy()),
                circuit.allReadouts().stream().map(this::readout).collect(ImmutableList.toImmutableList()),
                provenance);
    }

    private LinearForm tokenForm(TokenEncoder encoder, int id) {
        LinearForm form = circuit.tokens().get(encoder.vocabulary().get(id));
        return form == null ? LinearForm.ZERO : form;
    }

    private List<CoordinateRow> logits(List<LinearForm> forms) {
        return forms.stream().map(coordinates::logit).toList();
    }

    private TransformerConfig config(int dVocab) {
        int heads = max(circuit.blocks(), block -> block.heads().size());
        int dHead = coordinates.dHead(max(
                circuit.blocks(),
                block -> max(
                        block.heads(),
                        h -> Math.max(h.terms().size(), h.values().size()))));
        int dMlp = max(circuit.blocks(), block -> block.units().size());
        return new TransformerConfig(
                circuit.blocks().size(),
                Math.max(coordinates.least(), heads),
                dModel,
                dHead,
                Math.max(coordinates.least(), dMlp),
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
        List<CoordinateRow> inputs =
                units.stream().map(unit -> coordinates.unit(unit.input())).toList();
        var mlp = new MlpWeights(
                columns(inputs),
                biases(inputs),
                rows(units.stream()
                        .map(unit -> coordinates.output(unit.output()))
                        .toList()),
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
        double before = head.queryFactor(scale);
        boolean guardsBos =
                head.terms().stream().anyMatch(term -> term.query().terms().containsKey(Direction.BOS));
        List<CoordinateRow> queries = head.terms().stream()
                .map(term -> coordinates.query(term.query(), guardsBos).times(before))
                .toList();
        List<CoordinateRow> keys =
                head.terms().stream().map(term -> coordinates.key(term.key())).toList();
        double factor = head.valueFactor(scale);
        List<CoordinateRow> values = head.values().stream()
                .map(value -> coordinates.value(value.value()).times(factor))
                .toList();
        return new HeadWeights(
                columns(queries),
                biases(queries),
                columns(keys),
                biases(keys),
                columns(values),
                biases(values),
                rows(head.values().stream()
                        .map(value -> coordinates.output(value.output()))
                        .toList()));
    }

    private SopReadout readout(Circuit.Readout readout) {
        List<CoordinateRow> logits = logits(readout.logits());
        return new SopReadout(
                readout.sop(),
                readout.stage().point().layer(),
                readout.stage().point().afterAttention(),
                columns(logits),
                biases(logits),
                readout.decoder());
    }

    private Provenance provenance() {
        return new Provenance(
                origins(block ->
                        block.heads().stream().map(head -> head.origin().origin())),
                origins(block ->
                        block.units().stream().map(unit -> unit.origin().origin())),
                coordinates.origins(new DirectionOrigins(circuit)),
                DescribeParts.of(circuit, coordinates));
    }

    private ImmutableList<ImmutableList<Origin>> origins(Function<Block, Stream<Origin>> part) {
        return circuit.blocks().stream()
                .map(block -> part.apply(block).collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
    }

    private WeightMatrix columns(List<CoordinateRow> forms) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(dModel, forms.size());
        for (int column = 0; column < forms.size(); column++) {
            Interrupted.check();
            int c = column;
            forms.get(column).weights().forEach((dimension, v) -> matrix.add(dimension, c, v));
        }
        return matrix.build();
    }

    private WeightMatrix rows(List<CoordinateRow> forms) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(forms.size(), dModel);
        for (int row = 0; row < forms.size(); row++) {
            Interrupted.check();
            int r = row;
            forms.get(row).weights().forEach((dimension, v) -> matrix.add(r, dimension, v));
        }
        return matrix.build();
    }

    private static ImmutableDoubleArray biases(List<CoordinateRow> forms) {
        return ImmutableDoubleArray.copyOf(forms.stream().mapToDouble(CoordinateRow::bias));
    }

    private static ImmutableDoubleArray zeros(int length) {
        return ImmutableDoubleArray.copyOf(new double[length]);
    }

    private static <T> int max(List<T> items, ToIntFunction<T> size) {
        return items.stream().mapToInt(size).max().orElse(0);
    }
}
