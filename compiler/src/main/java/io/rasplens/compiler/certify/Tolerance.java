package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.PartOrigin;
import java.util.Optional;

/**
 * What edits of activations a circuit bears.
 *
 * @param edit the greatest edit, relative to each coordinate's range, found under which every decoded answer is certain to stay; a power of
 *     two, and 0 where none is
 * @param limitedBy the part that twice the edit may get through; empty where it is the output, or nothing
 * @param movement how far an output that is a number which is not looked up in a list moves for each unit of edit, at the most
 */
public record Tolerance(double edit, Optional<PartOrigin> limitedBy, double movement) {
    /** Edits as small as 2^-128 are looked at: more would make no difference to any double. */
    private static final int LEAST = 128;

    /** Searches by halves: bounds grow with the edits. */
    public static Tolerance of(Circuit circuit) {
        CertifyCircuit untouched = CertifyCircuit.of(circuit, Edits.NONE);
        var ranges = untouched.ranges();
        int bears = LEAST + 1;
        int fails = -1;
        Optional<PartOrigin> limit = Optional.empty();
        double movement = 0;
        while (bears - fails > 1) {
            int halves = (bears + fails) / 2;
            double size = Math.scalb(1.0, -halves);
            CertifyCircuit edited = CertifyCircuit.of(circuit, new Edits(size, ranges));
            Optional<Weakness> weakness = edited.weakness();
            if (weakness.isPresent()) {
                fails = halves;
                limit = weakness.get().origin();
            } else {
                bears = halves;
                movement = Math.max(0, edited.outputError() - untouched.outputError()) / size;
            }
        }
        return new Tolerance(bears > LEAST ? 0 : Math.scalb(1.0, -bears), limit, movement);
    }
}
