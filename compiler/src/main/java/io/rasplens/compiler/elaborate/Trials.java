package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes that a statement made and that are still to be tried: on the example, or on the input they are applied to. */
final class Trials {
    /** A node, and where the user wrote it. */
    record Trial(ProgramNode node, ElaborationRun.WrittenAt place) {}

    /** @param input in place of the example, if it is there */
    private record Planned(Trial trial, Optional<ImmutableList<Value>> input) {}

    private final List<Planned> planned = new ArrayList<>();
    private final Set<ProgramNode> onExample = new HashSet<>();

    /** Plans to try a node on the example, once however often it is made. */
    void add(ProgramNode node, ElaborationRun.WrittenAt place) {
        if (onExample.add(node)) {
            planned.add(new Planned(new Trial(node, place), Optional.empty()));
        }
    }

    int size() {
        return planned.size();
    }

    /** Those planned from {@code start} to before {@code end} are tried on {@code input} instead. */
    void redirect(int start, int end, ImmutableList<Value> input) {
        for (Planned plan : planned.subList(start, end)) {
            if (plan.input().isEmpty()) {
                onExample.remove(plan.trial().node());
            }
        }
        planned.subList(start, end)
                .replaceAll(plan -> plan.input().isEmpty() ? new Planned(plan.trial(), Optional.of(input)) : plan);
    }

    /** Where a node that was planned from {@code start} on was written; not if it had been made by then. */
    Optional<ElaborationRun.WrittenAt> placeSince(int start, ProgramNode node) {
        return planned.subList(start, planned.size()).stream()
                .map(Planned::trial)
                .filter(trial -> trial.node().equals(node))
                .map(Trial::place)
                .findFirst();
    }

    /** All of them by the input they are planned on (none: the example), in the order in which they were made; none are left. */
    Map<Optional<ImmutableList<Value>>, List<Trial>> take() {
        Map<Optional<ImmutableList<Value>>, List<Trial>> byInput = new LinkedHashMap<>();
        planned.forEach(plan -> byInput.computeIfAbsent(plan.input(), input -> new ArrayList<>())
                .add(plan.trial()));
        clear();
        return byInput;
    }

    void clear() {
        planned.clear();
        onExample.clear();
    }
}
