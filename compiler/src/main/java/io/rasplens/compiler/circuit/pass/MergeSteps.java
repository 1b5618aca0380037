package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one of the steps that several staircases of a block take at the same place of the same number: a number and its square, a
 * mark and its opposite, are then written by the same hidden units.
 */
public final class MergeSteps {
    private MergeSteps() {}

    public static Circuit merge(Circuit circuit) {
        return circuit.with(circuit.blocks().stream().map(MergeSteps::block).collect(ImmutableList.toImmutableList()));
    }

    private static Block block(Block block) {
        Map<Object, List<UnitGroup>> alike = new LinkedHashMap<>();
        for (UnitGroup group : block.groups()) {
            Object key = group.construction() instanceof Construction.Staircase staircase
                    ? List.of(staircase.input(), staircase.low(), staircase.high())
                    : new Object();
            alike.computeIfAbsent(key, k -> new ArrayList<>()).add(group);
        }
        return new Block(
                block.heads(),
                alike.values().stream().map(MergeSteps::merged).collect(ImmutableList.toImmutableList()));
    }

    private static UnitGroup merged(List<UnitGroup> groups) {
        if (groups.size() == 1) {
            return groups.get(0);
        }
        Map<List<LinearForm>, Merged> pairs = new LinkedHashMap<>();
        for (UnitGroup group : groups) {
            var staircase = (Construction.Staircase) group.construction();
            for (int s = 0; s < staircase.steps().size(); s++) {
                HiddenUnit on = group.units().get(2 * s);
                HiddenUnit off = group.units().get(2 * s + 1);
                boolean below = staircase.isBelow(s);
                pairs.computeIfAbsent(List.of(on.input(), off.input()), k -> new Merged(below))
                        .add(staircase.steps().get(s), on, off, group.origin());
            }
        }
        var ordered = pairs.values().stream()
                .sorted(Comparator.comparing((Merged pair) -> !pair.below)
                        .thenComparingDouble(pair -> pair.below
                                ? -pair.steps.get(0).left()
                                : pair.steps.get(0).left()))
                .toList();
        var first = (Construction.Staircase) groups.get(0).construction();
        var staircase = new Construction.Staircase(
                first.input(),
                first.low(),
                first.high(),
                ordered.stream().map(Merged::step).collect(ImmutableList.toImmutableList()),
                (int) ordered.stream().filter(pair -> pair.below).count());
        ImmutableList<HiddenUnit> units =
                ordered.stream().flatMap(pair -> pair.units().stream()).collect(ImmutableList.toImmutableList());
        return new UnitGroup(
                staircase,
                units,
                PartOrigin.joined(groups.stream().map(UnitGroup::origin).toList()));
    }

    /** A step, and what all that take it write. */
    private static final class Merged {
        private final List<Construction.Step> steps = new ArrayList<>();
        private final List<HiddenUnit> on = new ArrayList<>();
        private final List<HiddenUnit> off = new ArrayList<>();
        private final List<PartOrigin> origins = new ArrayList<>();
        private final boolean below;

        Merged(boolean below) {
            this.below = below;
        }

        void add(Construction.Step step, HiddenUnit up, HiddenUnit down, PartOrigin origin) {
            steps.add(step);
            on.add(up);
            off.add(down);
            origins.add(origin);
        }

        Construction.Step step() {
            Construction.Step first = steps.get(0);
            LinearForm change =
                    LinearForm.sum(steps.stream().map(Construction.Step::change).toList());
            return new Construction.Step(first.left(), first.right(), change);
        }

        List<HiddenUnit> units() {
            PartOrigin origin = PartOrigin.joined(origins);
            return List.of(unit(on, origin), unit(off, origin));
        }

        private static HiddenUnit unit(List<HiddenUnit> units, PartOrigin origin) {
            LinearForm output =
                    LinearForm.sum(units.stream().map(HiddenUnit::output).toList());
            return new HiddenUnit(units.get(0).input(), output, origin);
        }
    }
}
