package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopName;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixSparseCSC;

/**
 * Readouts of a model of which nothing is known but its residual labels, as Tracr gives them: the dimensions {@code hist=0},
 * {@code hist=1}, … are a one-hot of {@code hist}, a dimension without a value is a number, each scaled and moved as the label says. Each
 * can be read behind the last part that writes to it.
 */
public final class LabelledReadouts {
    /** Names of dimensions that are no s-ops. */
    private static final ImmutableSet<String> NO_SOPS = ImmutableSet.of("one", "bos", "pad");

    private LabelledReadouts() {}

    public static ImmutableList<SopReadout> of(ImmutableList<ResidualLabel> labels, Weights weights) {
        Map<String, List<Integer>> families = new LinkedHashMap<>();
        for (int d = 0; d < labels.size(); d++) {
            families.computeIfAbsent(labels.get(d).sop(), name -> new ArrayList<>())
                    .add(d);
        }
        StreamPoint[] written = lastWriters(weights);
        ImmutableList.Builder<SopReadout> readouts = ImmutableList.builder();
        families.forEach((name, dimensions) -> {
            if (!NO_SOPS.contains(name)) {
                readout(name, dimensions, labels, written).ifPresent(readouts::add);
            }
        });
        return readouts.build();
    }

    private static Optional<SopReadout> readout(
            String name, List<Integer> dimensions, ImmutableList<ResidualLabel> labels, StreamPoint[] written) {
        ImmutableList<Value> values = dimensions.stream()
                .flatMap(d -> labels.get(d).value().stream())
                .collect(ImmutableList.toImmutableList());
        boolean number = values.isEmpty() && dimensions.size() == 1;
        boolean oneHot = values.size() == dimensions.size()
                && ImmutableSet.copyOf(values).size() == values.size();
        if (!number && !oneHot) {
            return Optional.empty();
        }
        StreamPoint point = dimensions.stream()
                .map(d -> written[d])
                .max(StreamPoint::compareTo)
                .orElseThrow();
        WeightMatrix.Builder projection = WeightMatrix.builder(labels.size(), dimensions.size());
        WeightMatrix.Builder held = WeightMatrix.builder(dimensions.size(), dimensions.size());
        double[] bias = new double[dimensions.size()];
        for (int i = 0; i < dimensions.size(); i++) {
            ResidualLabel label = labels.get(dimensions.get(i));
            projection.add(dimensions.get(i), i, 1 / label.scale());
            bias[i] = label.offset() == 0 ? 0 : -label.offset() / label.scale();
            FindEncodings.column(held, dimensions.size(), i, i, label.offset() + label.scale(), label.offset());
        }
        ResidualLabel first = labels.get(dimensions.get(0));
        ImmutableIntArray own = ImmutableIntArray.copyOf(dimensions);
        SopEncoding encoding = number
                ? new SopEncoding.Polynomial(
                        point,
                        own,
                        WeightMatrix.builder(1, 2)
                                .add(0, 0, first.offset())
                                .add(0, 1, first.scale())
                                .build())
                : new SopEncoding.Listed(point, own, values, held.build());
        return Optional.of(new SopReadout(
                name,
                point.layer(),
                point.afterAttention(),
                projection.build(),
                ImmutableDoubleArray.copyOf(bias),
                number ? new OutputDecoder.Numerical(ImmutableList.of()) : new OutputDecoder.Categorical(values),
                SopName.unplaced(name),
                ImmutableList.of(encoding),
                false));
    }

    /** For each dimension the point behind the last sublayer that has weights to write to it. */
    private static StreamPoint[] lastWriters(Weights weights) {
        var last = new StreamPoint[weights.embed().columns()];
        Arrays.fill(last, StreamPoint.EMBEDDING);
        for (int l = 0; l < weights.layers().size(); l++) {
            LayerWeights layer = weights.layers().get(l);
            for (HeadWeights head : layer.heads()) {
                note(last, head.wO(), layer.bO(), new StreamPoint(l, true));
            }
            note(last, layer.mlp().wOut(), layer.mlp().bOut(), new StreamPoint(l, false));
        }
        return last;
    }

    private static void note(StreamPoint[] last, WeightMatrix out, ImmutableDoubleArray bias, StreamPoint point) {
        DMatrixSparseCSC csc = out.csc();
        for (int d = 0; d < last.length; d++) {
            if (csc.col_idx[d] < csc.col_idx[d + 1] || bias.get(d) != 0) {
                last[d] = point;
            }
        }
    }
}
