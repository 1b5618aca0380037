package io.rasplens.runtime.view.parts;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.WeightMatrix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixSparseCSC;

/**
 * A linear combination of the residual stream's directions under their names: {@code 2 place - 3 one}.
 *
 * @param terms those that are not 0, in the stream's order
 * @param constant what is added to them
 */
public record ResidualForm(ImmutableList<DirectionTerm> terms, double constant) {
    /** Longer forms are cut: nobody reads on. */
    private static final int MOST_TERMS = 8;

    private static final MathContext DIGITS = new MathContext(6);

    /**
     * A direction, and how much of it.
     *
     * @param shown how it stands among others in a sum
     */
    public record DirectionTerm(String direction, double weight, String shown) {
        public DirectionTerm(String direction, double weight) {
            this(direction, weight, direction);
        }
    }

    /** What each hidden unit reads. */
    static ImmutableList<ResidualForm> inputs(MlpWeights mlp, List<ResidualLabel> labels) {
        List<ImmutableList.Builder<DirectionTerm>> units = builders(mlp.hiddenWidth());
        forEach(mlp.wIn(), (direction, unit, weight) -> units.get(unit).add(read(labels, direction, weight)));
        return forms(units, mlp.bIn());
    }

    /** What each hidden unit writes. */
    static ImmutableList<ResidualForm> outputs(MlpWeights mlp, List<ResidualLabel> labels) {
        List<ImmutableList.Builder<DirectionTerm>> units = builders(mlp.hiddenWidth());
        forEach(mlp.wOut(), (unit, direction, weight) -> units.get(unit).add(written(labels, direction, weight)));
        return forms(units, ImmutableDoubleArray.copyOf(new double[units.size()]));
    }

    /** {@code 2 place - 3 one}, what is added first, shortened where it is long; {@code 0} for nothing. */
    public String text() {
        var out = new StringBuilder();
        Stream<DirectionTerm> shown = Stream.concat(
                terms.stream()
                        .sorted(Comparator.comparing(term -> term.weight < 0))
                        .limit(MOST_TERMS),
                constant == 0 ? Stream.empty() : Stream.of(new DirectionTerm("", constant)));
        shown.forEach(term -> append(out, term));
        if (terms.size() > MOST_TERMS) {
            out.append(" + … (").append(terms.size() - MOST_TERMS).append(" more)");
        }
        return out.isEmpty() ? "0" : out.toString();
    }

    private static void append(StringBuilder out, DirectionTerm term) {
        boolean first = out.isEmpty();
        String sign = term.weight < 0 ? first ? "-" : " - " : first ? "" : " + ";
        BigDecimal size = new BigDecimal(Math.abs(term.weight)).round(DIGITS).stripTrailingZeros();
        String number = Math.abs(size.precision() - size.scale()) > 9 ? size.toString() : size.toPlainString();
        out.append(sign);
        if (term.direction.isEmpty()) {
            out.append(number);
        } else {
            out.append(number.equals("1") ? "" : number + " ").append(term.shown);
        }
    }

    /** Between brackets where it is a sum itself: {@code 2 (plus + 1)}. */
    private static DirectionTerm read(List<ResidualLabel> labels, int direction, double weight) {
        if (direction >= labels.size()) {
            return new DirectionTerm("resid[" + direction + "]", weight);
        }
        String text = labels.get(direction).text();
        return new DirectionTerm(text, weight, labels.get(direction).isOneTerm() ? text : "(" + text + ")");
    }

    /** By how much a number is moved does not depend on where it is counted from. */
    private static DirectionTerm written(List<ResidualLabel> labels, int direction, double weight) {
        DirectionTerm read = read(labels, direction, weight);
        return direction < labels.size() && labels.get(direction).scale() == 1
                ? new DirectionTerm(
                        read.direction, weight, labels.get(direction).unmoved().text())
                : read;
    }

    private static List<ImmutableList.Builder<DirectionTerm>> builders(int count) {
        var builders = new ArrayList<ImmutableList.Builder<DirectionTerm>>();
        for (int i = 0; i < count; i++) {
            builders.add(ImmutableList.builder());
        }
        return builders;
    }

    private static ImmutableList<ResidualForm> forms(
            List<ImmutableList.Builder<DirectionTerm>> terms, ImmutableDoubleArray constants) {
        return IntStream.range(0, terms.size())
                .mapToObj(i -> new ResidualForm(terms.get(i).build(), constants.get(i)))
                .collect(ImmutableList.toImmutableList());
    }

    private interface WeightVisitor {
        void at(int row, int column, double value);
    }

    private static void forEach(WeightMatrix matrix, WeightVisitor entry) {
        DMatrixSparseCSC csc = matrix.csc();
        for (int column = 0; column < csc.numCols; column++) {
            for (int i = csc.col_idx[column]; i < csc.col_idx[column + 1]; i++) {
                entry.at(csc.nz_rows[i], column, csc.nz_values[i]);
            }
        }
    }
}
