package io.rasplens.compiler.lower.direct.block;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Hidden units that recognise one combination each of the values of several one-hots: {@code relu(Σ x_a - (m - 1))} over m of them.
 *
 * <p>One unit passes the noise of what it reads on, a little more each time; where that adds up, two put an end to it.
 */
public final class Combinations {
    /** Noise of a one-hot that is put an end to: a hundredth of what a mean may be off, for a hardness of 100. */
    private static final double MAX_NOISE = 1e-12;

    /** What is left of it then. */
    private static final double ROUNDING = 4 * Math.ulp(2.0);

    private final ImmutableList<Encoded.Category> arguments;
    private final int depth;
    private final double noise;
    private final ImmutableList.Builder<UnitGroup> steps = ImmutableList.builder();
    private final ImmutableList.Builder<HiddenUnit> cases = ImmutableList.builder();

    public Combinations(List<Encoded.Category> arguments) {
        this.arguments = ImmutableList.copyOf(arguments);
        this.depth = 1 + arguments.stream().mapToInt(Encoded::depth).max().orElse(0);
        this.noise = arguments.stream().mapToDouble(a -> 2 * a.noise()).sum();
    }

    /** After which blocks the units can be read. */
    public int depth() {
        return depth;
    }

    /** How far what they write can be from 0 and 1. */
    public double noise() {
        return saturates() ? ROUNDING : noise;
    }

    private boolean saturates() {
        return noise > MAX_NOISE;
    }

    /** Writes {@code output} where the arguments have these values. */
    public void add(List<Value> combination, LinearForm output, PartOrigin origin) {
        List<LinearForm> holds = new ArrayList<>();
        for (int a = 0; a < combination.size(); a++) {
            holds.add(Objects.requireNonNull(arguments.get(a).forms().get(combination.get(a))));
        }
        double low = 1.0 - combination.size();
        holds.add(LinearForm.constant(low));
        LinearForm all = LinearForm.sum(holds);
        if (saturates()) {
            var step = new Construction.Step(0, 1, output);
            steps.add(Steps.of(new Construction.Staircase(all, low, 1, ImmutableList.of(step)), origin));
        } else {
            cases.add(new HiddenUnit(all, output, origin));
        }
    }

    public DirectBlock block(PartOrigin origin) {
        ImmutableList<HiddenUnit> units = cases.build();
        if (!units.isEmpty()) {
            steps.add(new UnitGroup(new Construction.Cases(), units, origin));
        }
        return new DirectBlock(depth, Optional.empty(), steps.build());
    }
}
