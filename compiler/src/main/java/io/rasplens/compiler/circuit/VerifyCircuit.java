package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that blocks are a transformer that can be: every direction is written before it is read, {@code bos} is never written,
 * and nothing that can be other than 0 on the BOS token is read there by a key or a value, but {@code bos}; and no two features have one
 * name.
 */
public final class VerifyCircuit {
    private final Set<Direction> written = new HashSet<>(List.of(Direction.BOS));
    private final ImmutableList.Builder<String> problems = ImmutableList.builder();

    /** What can hold something else than 0 at BOS. */
    private final Set<Direction> dirty = new HashSet<>();

    private final boolean causal;

    /** How much higher than any other key BOS has to score BOS. */
    private final double pin;

    private VerifyCircuit(Circuit circuit) {
        this.causal = circuit.causal();
        this.pin = BosPin.least(circuit);
    }

    /** What is wrong, in the order of the forward pass; empty if nothing is. */
    public static ImmutableList<String> problems(Circuit circuit) {
        var verify = new VerifyCircuit(circuit);
        circuit.tokens().forEach((token, form) -> verify.write("token " + token.repr(), form));
        circuit.positions().forEach(form -> verify.write("position", form));
        verify.readouts(circuit, Stage.EMBEDDING);
        for (int b = 0; b < circuit.blocks().size(); b++) {
            verify.heads("block " + b, circuit.blocks().get(b));
            verify.readouts(circuit, Stage.afterAttention(b));
            verify.units("block " + b, circuit.blocks().get(b));
            verify.readouts(circuit, Stage.afterMlp(b));
        }
        circuit.logits().forEach(form -> verify.read("logits", form));
        verify.names();
        return verify.problems.build();
    }

    /** Two features of one name could not be told apart in a file; two of one id are of two circuits. What is not written is no part of it. */
    private void names() {
        var byName = new HashMap<String, Feature>();
        var byId = new HashMap<Feature, Feature>();
        for (Direction direction : written) {
            Feature feature = direction.feature();
            Feature known = byId.getOrDefault(feature, feature);
            if (known.name().equals(feature.name()) && byId.putIfAbsent(feature, feature) != null) {
                continue;
            }
            if (!byName.computeIfAbsent(feature.name(), n -> feature).equals(feature)) {
                problems.add("two features are called " + feature.name());
            }
            if (!known.name().equals(feature.name())) {
                problems.add("one feature is called "
                        + String.join(" and ", ImmutableSortedSet.of(known.name(), feature.name())));
            }
        }
    }

    private void readouts(Circuit circuit, Stage stage) {
        circuit.readouts().stream()
                .filter(readout -> readout.stage().equals(stage))
                .forEach(readout -> readout.logits().forEach(form -> read("readout of " + readout.sop(), form)));
    }

    private void heads(String where, Block block) {
        var dirtyOutputs = new HashSet<Direction>();
        for (Head head : block.heads()) {
            String what = where + ", head for " + head.origin().sop();
            for (ScoreTerm term : head.terms()) {
                read(what, term.query());
                read(what, term.key());
                problemIfDirty(what + " has keys that read", term.key());
            }
            if (!keepsBosToItself(head)) {
                head.values()
                        .forEach(v -> dirtyOutputs.addAll(v.output().terms().keySet()));
            }
            for (ValueTerm value : head.values()) {
                read(what, value.value());
                problemIfDirty(what + " has values that read", value.value());
                if (value.value().terms().containsKey(Direction.BOS)) {
                    problems.add(what + " reads bos as a value: what it writes is not 0 where nothing is selected");
                }
            }
        }
        dirty.addAll(dirtyOutputs);
        block.heads()
                .forEach(head -> head.values()
                        .forEach(value ->
                                write(where + ", head for " + head.origin().sop(), value.output())));
    }

    private void units(String where, Block block) {
        var dirtyOutputs = new HashSet<Direction>();
        for (UnitGroup group : block.groups()) {
            String what = where + ", units for " + group.origin().sop();
            for (HiddenUnit unit : group.units()) {
                read(what, unit.input());
                if (isDirty(unit.input())) {
                    dirtyOutputs.addAll(unit.output().terms().keySet());
                }
                if (unit.input().terms().getOrDefault(Direction.BOS, 0.0) > 0) {
                    problems.add(what + " are on at BOS");
                }
            }
        }
        dirty.addAll(dirtyOutputs);
        block.groups()
                .forEach(group -> group.units()
                        .forEach(unit ->
                                write(where + ", units for " + group.origin().sop(), unit.output())));
    }

    private boolean keepsBosToItself(Head head) {
        return causal
                || (head.terms().stream().anyMatch(this::keepsBosToItself)
                        && head.terms().stream().noneMatch(term -> isDirty(term.query())));
    }

    private boolean isDirty(LinearForm form) {
        return form.terms().keySet().stream().anyMatch(dirty::contains);
    }

    private void problemIfDirty(String who, LinearForm form) {
        if (isDirty(form)) {
            problems.add(who + " what depends on the input at BOS: " + form);
        }
    }

    /** A BOS query scores the BOS key so high that exp of every other key's score, which is 0, is nothing beside it. */
    private boolean keepsBosToItself(ScoreTerm term) {
        return term.key().terms().getOrDefault(Direction.BOS, 0.0)
                        * term.query().terms().getOrDefault(Direction.BOS, 0.0)
                >= pin;
    }

    private void read(String who, LinearForm form) {
        for (Direction direction : form.terms().keySet()) {
            if (!written.contains(direction)) {
                problems.add(who + " reads " + direction + ", which is not written yet");
            }
        }
    }

    private void write(String who, LinearForm form) {
        if (form.terms().containsKey(Direction.BOS)) {
            problems.add(who + " writes bos");
        }
        written.addAll(form.terms().keySet());
    }
}
