package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.PartOrigin;
import java.util.Optional;

/**
 * What edits of activations a circuit bears.
 *
 * @param edit the greatest edit, relative to each coordinate's range, found under which every decoded answer is certain to stay, and a number
 *     that is not looked up in a list to move no more than {@code movement} says; 0 where none is
 * @param limitedBy the part that an edit a fifth larger may get through; empty where it is the output, or nothing
 * @param movement how far an output that is a number which is not looked up in a list moves for each unit of edit, at the most
 */
public record Tolerance(double edit, Optional<PartOrigin> limitedBy, double movement) {
    public static Tolerance of(Circuit circuit) {
        return new FindTolerance(circuit).find();
    }
}
