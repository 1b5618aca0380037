package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.BosPin;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;

/**
 * Lets BOS see itself no harder than it must. Scores of BOS for itself are weights by which an error of the coordinate {@code bos} is
 * multiplied before it enters every query's scores; with {@value BosPin#SOFT} what other keys leave at BOS is {@code e^-64}, 1e-28, of
 * their values. That is lost beside anything but zero, and beside zero it is far below what is promised, unless a
 * {@link HeadKind.Sum} takes it times {@code e^Λ}: where there is one, all stays as it is.
 */
public final class SoftenBos {
    private SoftenBos() {}

    public static Circuit soften(Circuit circuit) {
        return circuit.hasSums()
                ? circuit
                : circuit.with(
                        circuit.blocks().stream().map(SoftenBos::block).collect(ImmutableList.toImmutableList()));
    }

    private static Block block(Block block) {
        return new Block(
                block.heads().stream()
                        .map(head -> new Head(
                                head.terms().stream().map(SoftenBos::term).collect(ImmutableList.toImmutableList()),
                                head.values(),
                                head.kind(),
                                head.origin()))
                        .collect(ImmutableList.toImmutableList()),
                block.groups());
    }

    private static ScoreTerm term(ScoreTerm term) {
        double itself = term.query().terms().getOrDefault(Direction.BOS, 0.0);
        return itself <= BosPin.SOFT
                ? term
                : new ScoreTerm(term.query().plus(LinearForm.of(Direction.BOS, BosPin.SOFT - itself)), term.key());
    }
}
