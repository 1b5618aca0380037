package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.DirectionMeaning;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.FeatureForm;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What directions hold, learned from how s-ops are read: an s-op that is {@code a d + c} is told by d, and d holds {@code (x - c) / a}.
 * Of several s-ops that one direction tells of, that counts which the direction was made for.
 */
public final class MeaningTable {
    private static final int MADE_FOR = 0;
    private static final int TELLS_OF = 1;
    private static final int REST_OF = 2;
    private static final int HELPER = 3;

    private final Map<Direction, DirectionMeaning> meanings = new LinkedHashMap<>();
    private final Map<Direction, Integer> ranks = new HashMap<>();

    /**
     * An s-op in a table.
     *
     * @param reference what tells it from every other
     * @param label what directions that are made for it are called
     */
    public record NamedSop(String reference, String label) {
        private boolean isNameOf(Direction direction) {
            String name = direction.feature().name();
            return name.equals(label) || FeatureForm.plainName(name).equals(label) || name.startsWith(label + "²");
        }
    }

    /** The s-op's number is read so. */
    public void number(NamedSop sop, LinearForm form) {
        power(sop, form, (scale, constant) -> new double[] {-constant / scale, 1 / scale});
    }

    /** {@code (x - centre)²} is read so. */
    public void square(NamedSop sop, double centre, LinearForm form) {
        power(sop, form, (scale, constant) ->
                new double[] {(centre * centre - constant) / scale, -2 * centre / scale, 1 / scale});
    }

    private void power(NamedSop sop, LinearForm form, BiFunction<Double, Double, double[]> coefficients) {
        LinearForm rest = form.minus(LinearForm.constant(form.constant()));
        for (Map.Entry<Direction, Double> term : rest.terms().entrySet()) {
            Direction direction = term.getKey();
            if (direction.value().isPresent() || direction.equals(Direction.BOS)) {
                continue;
            }
            double scale = term.getValue();
            if (rest.terms().size() == 1) {
                double[] all = coefficients.apply(scale, form.constant());
                var polynomial = new Holds.PowersOf(sop.reference(), ImmutableDoubleArray.copyOf(all));
                put(direction, sop, new DirectionMeaning.Alone(sop.reference(), polynomial));
            } else if (sop.isNameOf(direction)) {
                LinearForm others = form.minus(LinearForm.of(direction, scale));
                put(direction, REST_OF, new DirectionMeaning.Beside(sop.reference(), scale, others));
            }
        }
    }

    /** The s-op's values are read so, each 1 where the s-op has it. */
    public void oneHot(NamedSop sop, Map<Value, LinearForm> forms) {
        forms.forEach((value, form) -> {
            LinearForm rest = form.minus(LinearForm.constant(form.constant()));
            if (rest.terms().size() == 1) {
                Map.Entry<Direction, Double> term =
                        rest.terms().entrySet().iterator().next();
                if (term.getKey().value().isPresent()) {
                    double scale = term.getValue();
                    var indicator = new Holds.Indicator(
                            sop.reference(), ImmutableList.of(value), 1 / scale, -form.constant() / scale);
                    put(term.getKey(), sop, new DirectionMeaning.Alone(sop.reference(), indicator));
                }
            }
        });
    }

    /** A direction was made to hold just that. */
    public void holds(LinearForm direction, String sop, Holds holds) {
        direction.terms().keySet().stream()
                .filter(d -> !d.equals(Direction.ONE))
                .forEach(d -> put(d, MADE_FOR, new DirectionMeaning.Alone(sop, holds)));
    }

    /** A direction was made for an s-op, and holds what the words say. */
    void helper(Direction direction, String sop, String words) {
        put(direction, HELPER, new DirectionMeaning.Alone(sop, new Holds.Helper(sop, words)));
    }

    private void put(Direction direction, NamedSop sop, DirectionMeaning meaning) {
        put(direction, sop.isNameOf(direction) ? MADE_FOR : TELLS_OF, meaning);
    }

    private void put(Direction direction, int rank, DirectionMeaning meaning) {
        Integer before = ranks.get(direction);
        if (before == null || rank < before) {
            ranks.put(direction, rank);
            meanings.put(direction, meaning);
        }
    }

    public ImmutableMap<Direction, DirectionMeaning> meanings() {
        return ImmutableMap.copyOf(meanings);
    }
}
