package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.ResidualLabel;
import java.util.Set;

/**
 * {@link Layout.Compact}: {@code one} gets no number: it is 1 - {@code bos}, a bias and the {@code bos} row. Elsewhere than at BOS the
 * bias is added last, where the sum over directions would have had {@code one}; at BOS everything else that is read together with
 * {@code one} is exactly 0, and so is c - c.
 */
final class CompactCoordinates implements Coordinates {
    private final ImmutableSortedMap<Direction, Integer> numbers;

    CompactCoordinates(Circuit circuit) {
        ImmutableSortedMap.Builder<Direction, Integer> numbered = ImmutableSortedMap.naturalOrder();
        int next = 0;
        for (Direction direction : Sets.difference(circuit.directions(), Set.of(Direction.ONE))) {
            numbered.put(direction, next++);
        }
        this.numbers = numbered.buildOrThrow();
    }

    @Override
    public ImmutableList<ResidualLabel> labels() {
        return numbers.keySet().stream()
                .map(d -> new ResidualLabel(d.feature().name(), d.value()))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Origin> origins(DirectionOrigins directions) {
        return numbers.keySet().stream().map(directions::of).collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Dimension> dimensions() {
        return numbers.keySet().stream().map(Dimension::of).collect(ImmutableList.toImmutableList());
    }

    @Override
    public double writtenBeside(LinearForm value) {
        return 0;
    }

    @Override
    public CoordinateRow bos() {
        return output(LinearForm.of(Direction.BOS));
    }

    @Override
    public CoordinateRow pad() {
        return CoordinateRow.ZERO;
    }

    @Override
    public CoordinateRow token(LinearForm form) {
        return embedding(form);
    }

    @Override
    public CoordinateRow position(LinearForm form) {
        return embedding(form);
    }

    /** Without the constant 1, which is a bias of whoever reads it. */
    private CoordinateRow embedding(LinearForm form) {
        return new CoordinateRow(row(form).weights(), 0);
    }

    /** A head that lets BOS see what it likes is one whose output at BOS nobody reads. */
    @Override
    public CoordinateRow query(LinearForm form, boolean guardsBos) {
        return row(guardsBos ? zeroAtBos(form) : form);
    }

    @Override
    public CoordinateRow key(LinearForm form) {
        return row(zeroAtBos(form));
    }

    @Override
    public CoordinateRow value(LinearForm form) {
        return row(zeroAtBos(form));
    }

    /** Of a constant below 0 nothing comes through at BOS in any case. */
    @Override
    public CoordinateRow unit(LinearForm form) {
        return row(form.constant() <= 0 ? form : zeroAtBos(form));
    }

    @Override
    public CoordinateRow output(LinearForm form) {
        if (form.constant() != 0) {
            throw new IllegalStateException("nothing can write the constant 1: " + form);
        }
        return row(form);
    }

    @Override
    public CoordinateRow logit(LinearForm form) {
        return row(form);
    }

    @Override
    public int dHead(int needed) {
        return needed;
    }

    @Override
    public int least() {
        return 0;
    }

    /** The form with {@code one} as it is made: 1 everywhere, less {@code bos}. */
    private static LinearForm zeroAtBos(LinearForm form) {
        return form.minus(LinearForm.of(Direction.BOS, form.constant()));
    }

    private CoordinateRow row(LinearForm form) {
        ImmutableMap.Builder<Integer, Double> weights = ImmutableMap.builder();
        form.terms().forEach((direction, c) -> {
            if (!direction.equals(Direction.ONE)) {
                weights.put(number(direction), c);
            }
        });
        return new CoordinateRow(weights.buildOrThrow(), form.constant());
    }

    private int number(Direction direction) {
        Integer number = numbers.get(direction);
        if (number == null) {
            throw new IllegalStateException("no number for direction " + direction);
        }
        return number;
    }
}
