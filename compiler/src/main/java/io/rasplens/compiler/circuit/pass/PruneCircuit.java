package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Removes what makes no difference: reads of directions that hold nothing yet, and writes to directions that nobody reads
 * later, with the hidden units and heads that do nothing else.
 */
public final class PruneCircuit {
    private final Circuit circuit;

    private PruneCircuit(Circuit circuit) {
        this.circuit = circuit;
    }

    public static Circuit prune(Circuit circuit) {
        return new PruneCircuit(new PruneCircuit(circuit).withoutEmptyReads()).withoutDeadWrites();
    }

    /** The circuit without what reads directions that hold nothing yet; that alone. */
    public static Circuit emptyReads(Circuit circuit) {
        return new PruneCircuit(circuit).withoutEmptyReads();
    }

    private Circuit withoutEmptyReads() {
        var written = new HashSet<Direction>(List.of(Direction.BOS, Direction.ONE));
        circuit.tokens().values().forEach(form -> written.addAll(form.terms().keySet()));
        circuit.positions().forEach(form -> written.addAll(form.terms().keySet()));
        ImmutableList.Builder<Block> kept = ImmutableList.builder();
        for (Block block : circuit.blocks()) {
            ImmutableList<Head> heads = block.heads().stream()
                    .map(head -> reading(head, written))
                    .filter(head -> !head.values().isEmpty())
                    .collect(ImmutableList.toImmutableList());
            heads.forEach(h ->
                    h.values().forEach(v -> written.addAll(v.output().terms().keySet())));
            ImmutableList<UnitGroup> groups = block.groups().stream()
                    .map(group -> group.map(form -> only(form, written::contains), UnaryOperator.identity()))
                    .collect(ImmutableList.toImmutableList());
            groups.forEach(g ->
                    g.units().forEach(u -> written.addAll(u.output().terms().keySet())));
            kept.add(new Block(heads, groups));
        }
        return with(
                circuit.tokens(),
                circuit.positions(),
                kept.build(),
                circuit.logits().stream().map(f -> only(f, written::contains)).collect(ImmutableList.toImmutableList()),
                circuit.readouts().stream()
                        .map(r -> new Circuit.Readout(
                                r.sop(),
                                r.stage(),
                                r.logits().stream()
                                        .map(f -> only(f, written::contains))
                                        .collect(ImmutableList.toImmutableList()),
                                r.decoder()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Head reading(Head head, Set<Direction> written) {
        Head mapped = head.map(form -> only(form, written::contains), UnaryOperator.identity());
        return new Head(
                mapped.terms().stream()
                        .filter(t -> !t.query().isZero() && !t.key().isZero())
                        .collect(ImmutableList.toImmutableList()),
                mapped.values().stream().filter(v -> !v.value().isZero()).collect(ImmutableList.toImmutableList()),
                head.kind(),
                head.origin());
    }

    /** From the last block to the first: what is live is what something later reads. */
    private Circuit withoutDeadWrites() {
        var live = new HashSet<Direction>(List.of(Direction.ONE));
        circuit.logits().forEach(form -> live.addAll(form.terms().keySet()));
        circuit.readouts()
                .forEach(
                        r -> r.logits().forEach(form -> live.addAll(form.terms().keySet())));
        var kept = new ArrayList<Block>();
        for (Block block : circuit.blocks().reverse()) {
            ImmutableList<UnitGroup> groups = block.groups().stream()
                    .map(group -> group.map(UnaryOperator.identity(), form -> only(form, live::contains)))
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
        return with(
                ImmutableMap.copyOf(Maps.transformValues(circuit.tokens(), form -> only(form, live::contains))),
                circuit.positions().stream()
                        .map(form -> only(form, live::contains))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableList.copyOf(kept),
                circuit.logits(),
                circuit.readouts());
    }

    private static Head writing(Head head, Set<Direction> live) {
        Head mapped = head.map(UnaryOperator.identity(), form -> only(form, live::contains));
        return new Head(
                head.terms(),
                mapped.values().stream().filter(v -> !v.output().isZero()).collect(ImmutableList.toImmutableList()),
                head.kind(),
                head.origin());
    }

    private Circuit with(
            ImmutableMap<Value, LinearForm> tokens,
            ImmutableList<LinearForm> positions,
            ImmutableList<Block> kept,
            ImmutableList<LinearForm> logits,
            ImmutableList<Circuit.Readout> readouts) {
        return new Circuit(
                tokens, positions, kept, logits, circuit.decoder(), readouts, circuit.causal(), circuit.glossary());
    }

    private static LinearForm only(LinearForm form, Predicate<Direction> wanted) {
        for (Direction direction : form.terms().keySet()) {
            if (!wanted.test(direction)) {
                return LinearForm.ofMap(Maps.filterKeys(form.terms(), wanted::test));
            }
        }
        return form;
    }
}
