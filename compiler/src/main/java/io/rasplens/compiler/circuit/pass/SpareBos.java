package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops score terms that do nothing but keep BOS to itself, where that makes no difference: in heads that write nothing at BOS that
 * any key or value ever reads, and in causal ones, where BOS sees no other. The direction {@code bos} is then free to go, unless BOS
 * has a score among the keys.
 */
public final class SpareBos {
    /** Directions that have to be 0 at BOS, seen from the place in the blocks that has been reached, backwards. */
    private final Set<Direction> clean = new HashSet<>();

    private final boolean causal;

    private SpareBos(boolean causal) {
        this.causal = causal;
    }

    public static Circuit spare(Circuit circuit) {
        var spare = new SpareBos(circuit.causal());
        List<Block> spared = new ArrayList<>();
        for (Block block : circuit.blocks().reverse()) {
            spared.add(0, spare.block(block));
        }
        return circuit.with(ImmutableList.copyOf(spared));
    }

    private Block block(Block block) {
        for (HiddenUnit unit : block.units()) {
            if (isClean(unit.output())) {
                clean.addAll(unit.input().terms().keySet());
            }
        }
        ImmutableList<Head> heads = block.heads().stream().map(this::head).collect(ImmutableList.toImmutableList());
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            head.values().forEach(v -> clean.addAll(v.value().terms().keySet()));
            head.terms().forEach(t -> clean.addAll(t.key().terms().keySet()));
            if (head.equals(block.heads().get(h))) {
                // BOS outdoes keys whose scores are 0 there, as they are where queries are.
                head.terms().forEach(t -> clean.addAll(t.query().terms().keySet()));
            }
        }
        return new Block(heads, block.groups());
    }

    private Head head(Head head) {
        boolean matters = head.values().stream().anyMatch(value -> isClean(value.output()));
        return matters && !causal
                ? head
                : new Head(
                        head.terms().stream()
                                .filter(term -> !term.query().terms().keySet().equals(Set.of(Direction.BOS)))
                                .collect(ImmutableList.toImmutableList()),
                        head.values(),
                        head.kind(),
                        head.origin());
    }

    private boolean isClean(LinearForm output) {
        return output.terms().keySet().stream().anyMatch(clean::contains);
    }
}
