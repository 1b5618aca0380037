package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.runtime.analysis.FactoredMatrix;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One term of the singular value decomposition of a head's circuit, in the words of the residual stream: what it reads, or looks for,
 * and what it writes, or finds.
 *
 * @param value the singular value
 * @param left directions of the side that comes first (what OV reads, what the query of QK asks), the weightiest first
 * @param right directions of the other side
 */
public record SingularDirection(double value, ImmutableList<Weight> left, ImmutableList<Weight> right) {
    /** What weighs less than this against the weightiest direction is rounding. */
    private static final double LEAST = 1e-9;

    /** A residual direction's share. */
    public record Weight(String direction, double weight) {}

    /**
     * The terms whose value is not 0, greatest first.
     *
     * @param circuit of size {@code [dModel, dModel]}
     * @param most directions to list on each side
     */
    public static ImmutableList<SingularDirection> of(FactoredMatrix circuit, CompiledModel model, int most) {
        ImmutableList<FactoredMatrix.SingularTerm> terms = circuit.components();
        double greatest = terms.isEmpty() ? 0 : terms.get(0).value();
        return terms.stream()
                .filter(term -> term.value() > LEAST * greatest)
                .map(term -> new SingularDirection(
                        term.value(), weights(term.left(), model, most), weights(term.right(), model, most)))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Weight> weights(ImmutableDoubleArray vector, CompiledModel model, int most) {
        double greatest = vector.stream().map(Math::abs).max().orElse(0);
        return IntStream.range(0, vector.length())
                .filter(d -> Math.abs(vector.get(d)) > LEAST * greatest)
                .mapToObj(d -> new Weight(
                        d < model.labels().size() ? model.labels().get(d).text() : "dim " + d, vector.get(d)))
                .sorted(Comparator.comparingDouble((Weight weight) -> -Math.abs(weight.weight())))
                .limit(most)
                .collect(ImmutableList.toImmutableList());
    }
}
