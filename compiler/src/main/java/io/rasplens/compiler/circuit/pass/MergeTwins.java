package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.DirectionMeaning;
import io.rasplens.compiler.circuit.Glossary;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes one direction of one-hot directions that everybody reads alike: values that no reader tells apart. A step from one of them to
 * another then writes nothing, and {@link PruneCircuit} drops it.
 */
public final class MergeTwins {
    /** What reads a direction: the number of the reading form and the coefficient there. */
    private final Map<Direction, Map<Integer, Double>> readers = new TreeMap<>();

    private final Map<Direction, Direction> twins = new HashMap<>();
    private final Set<Direction> dropped = new HashSet<>();
    private int forms;

    private MergeTwins() {}

    public static Circuit merge(Circuit circuit) {
        return new MergeTwins().run(circuit);
    }

    private Circuit run(Circuit circuit) {
        for (Block block : circuit.blocks()) {
            for (Head head : block.heads()) {
                for (ScoreTerm term : head.terms()) {
                    read(term.query());
                    read(term.key());
                }
                head.values().forEach(value -> read(value.value()));
            }
            block.units().forEach(unit -> read(unit.input()));
        }
        circuit.logits().forEach(this::read);
        circuit.readouts().forEach(readout -> readout.logits().forEach(this::read));
        Map<Object, Direction> first = new HashMap<>();
        readers.forEach((direction, read) -> {
            Direction twin = first.putIfAbsent(Map.entry(direction.feature(), read), direction);
            if (twin != null) {
                twins.put(direction, twin);
                dropped.add(direction);
            }
        });
        return twins.isEmpty() ? circuit : merged(circuit);
    }

    private void read(LinearForm form) {
        int number = forms++;
        form.terms().forEach((direction, c) -> {
            if (direction.value().isPresent()) {
                readers.computeIfAbsent(direction, d -> new HashMap<>()).put(number, c);
            }
        });
    }

    private Circuit merged(Circuit circuit) {
        return new Circuit(
                ImmutableMap.copyOf(Maps.transformValues(circuit.tokens(), this::written)),
                written(circuit.positions()),
                circuit.blocks().stream()
                        .map(block -> new Block(
                                block.heads().stream()
                                        .map(h -> h.map(this::reading, this::written))
                                        .collect(ImmutableList.toImmutableList()),
                                block.groups().stream()
                                        .map(g -> g.map(this::reading, this::written))
                                        .collect(ImmutableList.toImmutableList())))
                        .collect(ImmutableList.toImmutableList()),
                reading(circuit.logits()),
                circuit.decoder(),
                circuit.readouts().stream()
                        .map(r -> new Circuit.Readout(r.sop(), r.stage(), reading(r.logits()), r.decoder()))
                        .collect(ImmutableList.toImmutableList()),
                circuit.causal(),
                glossary(circuit.glossary()));
    }

    /** A direction that stays holds what its twins did too. */
    private Glossary glossary(Glossary glossary) {
        Map<Direction, DirectionMeaning> meanings = new LinkedHashMap<>(glossary.meanings());
        new TreeMap<>(twins).forEach((dropped, stays) -> {
            DirectionMeaning gone = meanings.remove(dropped);
            if (gone != null) {
                meanings.merge(stays, gone, DirectionMeaning::and);
            }
        });
        return new Glossary(ImmutableMap.copyOf(meanings), glossary.functions(), glossary.readable());
    }

    private ImmutableList<LinearForm> written(List<LinearForm> forms) {
        return forms.stream().map(this::written).collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<LinearForm> reading(List<LinearForm> forms) {
        return forms.stream().map(this::reading).collect(ImmutableList.toImmutableList());
    }

    /** What was written to a twin goes to the direction that stays. */
    private LinearForm written(LinearForm form) {
        if (form.terms().keySet().stream().noneMatch(dropped::contains)) {
            return form;
        }
        var sum = new TreeMap<Direction, Double>();
        form.terms().forEach((direction, c) -> sum.merge(twins.getOrDefault(direction, direction), c, Double::sum));
        return LinearForm.ofMap(sum);
    }

    /** The direction that stays is read already. */
    private LinearForm reading(LinearForm form) {
        return form.terms().keySet().stream().noneMatch(dropped::contains)
                ? form
                : LinearForm.ofMap(Maps.filterKeys(form.terms(), direction -> !dropped.contains(direction)));
    }
}
