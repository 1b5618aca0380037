package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixSparseCSC;

/** How an s-op's value follows from the stream at one point: from a one-hot of it, or as a number. */
sealed interface StreamView {
    StreamPoint point();

    /** The number itself, where all values are numbers. */
    Optional<OneNumberView> number();

    /** One form for each value, 1 where the s-op has it and 0 elsewhere. */
    record OneHotView(StreamPoint point, ImmutableMap<Value, AffineForm> forms) implements StreamView {
        @Override
        public Optional<OneNumberView> number() {
            AffineForm sum = AffineForm.ZERO;
            for (Map.Entry<Value, AffineForm> entry : forms.entrySet()) {
                if (!Values.isNumber(entry.getKey())) {
                    return Optional.empty();
                }
                sum = sum.plus(entry.getValue().times(Values.toDouble(entry.getKey())));
            }
            return Optional.of(new OneNumberView(point, sum, forms.keySet().asList()));
        }
    }

    /**
     * The number.
     *
     * @param values those that it can be, and perhaps others; empty where they are not listed
     */
    record OneNumberView(StreamPoint point, AffineForm form, ImmutableList<Value> values) implements StreamView {
        @Override
        public Optional<OneNumberView> number() {
            return Optional.of(this);
        }
    }

    static StreamView of(SopReadout readout) {
        AffineForm[] columns = new AffineForm[readout.bias().length()];
        DMatrixSparseCSC projection = readout.projection().csc();
        for (int c = 0; c < columns.length; c++) {
            columns[c] = AffineForm.constant(readout.bias().get(c));
            for (int i = projection.col_idx[c]; i < projection.col_idx[c + 1]; i++) {
                columns[c] = columns[c].plus(AffineForm.of(projection.nz_rows[i], projection.nz_values[i], 0));
            }
        }
        if (readout.decoder() instanceof OutputDecoder.Categorical categorical) {
            ImmutableMap.Builder<Value, AffineForm> forms = ImmutableMap.builder();
            for (int c = 0; c < columns.length; c++) {
                forms.put(categorical.values().get(c), columns[c]);
            }
            return new OneHotView(readout.point(), forms.buildOrThrow());
        }
        return new OneNumberView(readout.point(), columns[0], readout.values());
    }

    /** The readout of an s-op that is seen so. */
    default SopReadout readout(String sop, int dModel) {
        List<AffineForm> columns = this instanceof OneHotView oneHot
                ? oneHot.forms().values().asList()
                : ImmutableList.of(((OneNumberView) this).form());
        WeightMatrix.Builder projection = WeightMatrix.builder(dModel, columns.size());
        ImmutableDoubleArray.Builder bias = ImmutableDoubleArray.builder();
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            columns.get(c).weights().forEach((dimension, weight) -> projection.add(dimension, column, weight));
            bias.add(columns.get(c).constant());
        }
        OutputDecoder decoder = this instanceof OneHotView oneHot
                ? new OutputDecoder.Categorical(oneHot.forms().keySet().asList())
                : new OutputDecoder.Numerical(((OneNumberView) this).values());
        return new SopReadout(
                sop, point().layer(), point().afterAttention(), projection.build(), bias.build(), decoder);
    }
}
