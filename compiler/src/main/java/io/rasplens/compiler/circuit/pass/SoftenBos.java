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
 * multiplied before it enters every query's scores. How hard it must is for {@link BosPin#least} to say; where a {@link HeadKind.Sum} takes
 * what others leave there times {@code e^Λ}, all stays as it is.
 */
public final class SoftenBos {
    private SoftenBos() {}

    public static Circuit soften(Circuit circuit) {
        if (circuit.hasSums()) {
            return circuit;
        }
        double pin = BosPin.least(circuit);
        return circuit.with(
                circuit.blocks().stream().map(block -> block(block, pin)).collect(ImmutableList.toImmutableList()));
    }

    private static Block block(Block block, double pin) {
        return new Block(
                block.heads().stream()
                        .map(head -> new Head(
                                head.terms().stream()
                                        .map(term -> term(term, pin))
                                        .collect(ImmutableList.toImmutableList()),
                                head.values(),
                                head.kind(),
                                head.origin()))
                        .collect(ImmutableList.toImmutableList()),
                block.groups());
    }

    private static ScoreTerm term(ScoreTerm term, double pin) {
        double itself = term.query().terms().getOrDefault(Direction.BOS, 0.0);
        return itself <= pin
                ? term
                : new ScoreTerm(term.query().plus(LinearForm.of(Direction.BOS, pin - itself)), term.key());
    }
}
