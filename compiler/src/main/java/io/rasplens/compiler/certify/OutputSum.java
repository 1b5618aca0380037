package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one group of hidden units adds up to in one direction, as far as its digits go. */
final class OutputSum {
    private final Before others;
    private final double u;
    private boolean kept = true;
    private double grid = BinaryGrid.ANY;
    private double size;
    private double noise;
    private int units;

    private OutputSum(Before others, double unit) {
        this.others = others;
        this.u = unit;
    }

    /** The sums of all directions that the group writes. */
    static Map<Direction, OutputSum> of(UnitGroup group, StreamBounds stream, Map<Direction, Before> others) {
        var sums = new LinkedHashMap<Direction, OutputSum>();
        for (HiddenUnit unit : group.units()) {
            FormBound input = stream.form(unit.input());
            unit.output()
                    .terms()
                    .forEach((d, c) -> sums.computeIfAbsent(
                                    d, n -> new OutputSum(others.getOrDefault(d, Before.NOTHING), stream.unit()))
                            .add(input, c, stream.isExact(c)));
        }
        return sums;
    }

    private void add(FormBound input, double c, boolean stored) {
        kept &= input.kept() && stored;
        grid = Math.min(grid, BinaryGrid.of(c) * input.grid());
        size += Math.abs(c) * Math.max(0, input.high());
        noise += Math.abs(c) * input.error();
        units++;
    }

    /** The bound with what is known of digits: none is lost, or some are to what other groups wrote in this direction. */
    Bound refine(Bound bound) {
        boolean exact = kept
                && BinaryGrid.keeps(Math.min(grid, others.grid()), size + others.size(), noise + others.noise(), u);
        double error = exact ? Math.min(noise, bound.error()) : bound.error() + u * units * others.most();
        return new Bound(bound.low(), bound.high(), error, grid);
    }
}
