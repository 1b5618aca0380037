package io.rasplens.compiler.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Removes what makes no difference: reads of directions that hold nothing yet, and writes to directions that nobody reads
 * later, with the hidden units and heads that do nothing else.
 */
public final class PruneBlocks {
    private final Blocks blocks;

    private PruneBlocks(Blocks blocks) {
        this.blocks = blocks;
    }

    public static Blocks prune(Blocks blocks) {
        return new PruneBlocks(new PruneBlocks(blocks).withoutEmptyReads()).withoutDeadWrites();
    }

    private Blocks withoutEmptyReads() {
        var written = new HashSet<Direction>(List.of(Direction.BOS, Direction.ONE));
        blocks.tokens().values().forEach(form -> written.addAll(form.terms().keySet()));
        blocks.positions().forEach(form -> written.addAll(form.terms().keySet()));
        ImmutableList.Builder<Block> kept = ImmutableList.builder();
        for (Block block : blocks.blocks()) {
            ImmutableList<Head> heads = block.heads().stream()
                    .map(head -> reading(head, written))
                    .filter(head -> !head.values().isEmpty())
                    .collect(ImmutableList.toImmutableList());
            heads.forEach(h ->
                    h.values().forEach(v -> written.addAll(v.output().terms().keySet())));
            ImmutableList<UnitGroup> groups = block.groups().stream()
                    .map(group -> reading(group, written))
                    .collect(ImmutableList.toImmutableList());
            groups.forEach(g ->
                    g.units().forEach(u -> written.addAll(u.output().terms().keySet())));
            kept.add(new Block(heads, groups));
        }
        return with(
                kept.build(),
                direction -> true,
                blocks.logits().stream().map(f -> only(f, written::contains)).collect(ImmutableList.toImmutableList()),
                blocks.readouts().stream()
                        .map(r -> new Blocks.Readout(
                                r.sop(),
                                r.stage(),
                                r.logits().stream()
                                        .map(f -> only(f, written::contains))
                                        .collect(ImmutableList.toImmutableList()),
                                r.decoder()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Head reading(Head head, Set<Direction> written) {
        ImmutableList<ScoreTerm> terms = head.terms().stream()
                .map(t -> new ScoreTerm(only(t.query(), written::contains), only(t.key(), written::contains)))
                .filter(t -> !t.query().isZero() && !t.key().isZero())
                .collect(ImmutableList.toImmutableList());
        ImmutableList<ValueTerm> values = head.values().stream()
                .map(v -> new ValueTerm(only(v.value(), written::contains), v.output()))
                .filter(v -> !v.value().isZero())
                .collect(ImmutableList.toImmutableList());
        return new Head(terms, values, head.kind(), head.origin());
    }

    private static UnitGroup reading(UnitGroup group, Set<Direction> written) {
        Construction construction = group.construction();
        if (construction instanceof Construction.Staircase s) {
            construction = new Construction.Staircase(only(s.input(), written::contains), s.low(), s.high(), s.steps());
        } else if (construction instanceof Construction.Polyline p) {
            construction = new Construction.Polyline(
                    only(p.input(), written::contains), p.xs(), p.ys(), p.output(), p.slope(), p.room());
        }
        return new UnitGroup(
                construction,
                group.units().stream()
                        .map(u -> new HiddenUnit(only(u.input(), written::contains), u.output(), u.origin()))
                        .collect(ImmutableList.toImmutableList()),
                group.origin());
    }

    /** From the last block to the first: what is live is what something later reads. */
    private Blocks withoutDeadWrites() {
        var live = new HashSet<Direction>(List.of(Direction.BOS, Direction.ONE));
        blocks.logits().forEach(form -> live.addAll(form.terms().keySet()));
        blocks.readouts()
                .forEach(
                        r -> r.logits().forEach(form -> live.addAll(form.terms().keySet())));
        var kept = new ArrayList<Block>();
        for (Block block : blocks.blocks().reverse()) {
            ImmutableList<UnitGroup> groups = block.groups().stream()
                    .map(group -> writing(group, live))
                    .filter(group -> !group.units().isEmpty())
                    .collect(ImmutableList.toImmutableList());
            groups.forEach(
                    g -> g.units().forEach(u -> live.addAll(u.input().terms().keySet())));
            ImmutableList<Head> heads = block.heads().stream()
                    .map(head -> writing(head, live))
                    .filter(head -> !head.values().isEmpty())
                    .collect(ImmutableList.toImmutableList());
            for (Head head : heads) {
                head.values().forEach(v -> live.addAll(v.value().terms().keySet()));
                head.terms().forEach(t -> live.addAll(t.query().terms().keySet()));
                head.terms().forEach(t -> live.addAll(t.key().terms().keySet()));
            }
            kept.add(0, new Block(heads, groups));
        }
        return with(ImmutableList.copyOf(kept), live::contains, blocks.logits(), blocks.readouts());
    }

    private static Head writing(Head head, Set<Direction> live) {
        ImmutableList<ValueTerm> values = head.values().stream()
                .map(v -> new ValueTerm(v.value(), only(v.output(), live::contains)))
                .filter(v -> !v.output().isZero())
                .collect(ImmutableList.toImmutableList());
        return new Head(head.terms(), values, head.kind(), head.origin());
    }

    private static UnitGroup writing(UnitGroup group, Set<Direction> live) {
        Construction construction = group.construction();
        if (construction instanceof Construction.Staircase s) {
            construction = new Construction.Staircase(
                    s.input(),
                    s.low(),
                    s.high(),
                    s.steps().stream()
                            .map(step -> new Construction.Step(
                                    step.left(), step.right(), only(step.change(), live::contains)))
                            .filter(step -> !step.change().isZero())
                            .collect(ImmutableList.toImmutableList()));
        } else if (construction instanceof Construction.Polyline p) {
            construction = new Construction.Polyline(
                    p.input(), p.xs(), p.ys(), only(p.output(), live::contains), p.slope(), p.room());
        }
        return new UnitGroup(
                construction,
                group.units().stream()
                        .map(u -> new HiddenUnit(u.input(), only(u.output(), live::contains), u.origin()))
                        .filter(u -> !u.output().isZero())
                        .collect(ImmutableList.toImmutableList()),
                group.origin());
    }

    private Blocks with(
            ImmutableList<Block> kept,
            Predicate<Direction> embedded,
            ImmutableList<LinearForm> logits,
            ImmutableList<Blocks.Readout> readouts) {
        return new Blocks(
                ImmutableMap.copyOf(Maps.transformValues(blocks.tokens(), form -> only(form, embedded))),
                blocks.positions().stream().map(form -> only(form, embedded)).collect(ImmutableList.toImmutableList()),
                kept,
                logits,
                blocks.decoder(),
                readouts,
                blocks.causal());
    }

    private static LinearForm only(LinearForm form, Predicate<Direction> wanted) {
        return form.terms().keySet().stream().allMatch(wanted)
                ? form
                : LinearForm.ofMap(Maps.filterKeys(form.terms(), wanted::test));
    }
}
