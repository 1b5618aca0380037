package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.stack.Interrupted;
import java.util.List;
import java.util.function.UnaryOperator;

/** Hidden units that are one construction, in the order in which their outputs are added up. */
public record UnitGroup(Construction construction, ImmutableList<HiddenUnit> units, PartOrigin origin) {

    /** How many weights other than 0 the units have. */
    public long weights() {
        return units.stream()
                .mapToLong(u ->
                        u.input().terms().size() + (long) u.output().terms().size())
                .sum();
    }

    /** The group with its forms rewritten: those it reads and those it writes; steps and units that write nothing are dropped. */
    public UnitGroup map(UnaryOperator<LinearForm> reading, UnaryOperator<LinearForm> writing) {
        Interrupted.check();
        return new UnitGroup(
                map(construction, reading, writing),
                units.stream()
                        .map(u -> new HiddenUnit(reading.apply(u.input()), writing.apply(u.output()), u.origin()))
                        .filter(u -> !u.output().isZero())
                        .collect(ImmutableList.toImmutableList()),
                origin);
    }

    private static ImmutableList<Construction.Step> map(
            List<Construction.Step> steps, UnaryOperator<LinearForm> writing) {
        return steps.stream()
                .map(step -> new Construction.Step(step.left(), step.right(), writing.apply(step.change())))
                .filter(step -> !step.change().isZero())
                .collect(ImmutableList.toImmutableList());
    }

    private static Construction map(
            Construction construction, UnaryOperator<LinearForm> reading, UnaryOperator<LinearForm> writing) {
        if (construction instanceof Construction.Staircase s) {
            ImmutableList<Construction.Step> below = map(s.steps().subList(0, s.below()), writing);
            ImmutableList<Construction.Step> above =
                    map(s.steps().subList(s.below(), s.steps().size()), writing);
            return new Construction.Staircase(
                    reading.apply(s.input()),
                    s.low(),
                    s.high(),
                    ImmutableList.<Construction.Step>builder()
                            .addAll(below)
                            .addAll(above)
                            .build(),
                    below.size());
        }
        if (construction instanceof Construction.Polyline p) {
            return new Construction.Polyline(
                    reading.apply(p.input()), p.xs(), p.ys(), writing.apply(p.output()), p.slope(), p.room());
        }
        if (construction instanceof Construction.BothSigns s) {
            return new Construction.BothSigns(reading.apply(s.input()), writing.apply(s.output()));
        }
        return construction;
    }
}
