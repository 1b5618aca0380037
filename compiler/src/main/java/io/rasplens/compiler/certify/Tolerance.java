package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.model.OutputDecoder;
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
    /** Edits are looked at that are a quarter of a power of two apart. */
    private static final double STEPS = 4;

    /** Edits as small as 2^-128 are: less would make no difference to any double. */
    private static final int LEAST = (int) (128 * STEPS);

    /** An edit so small that what it does is proportional to it. */
    private static final double SMALL = 0x1p-40;

    /** Larger edits may move a number so much more, in proportion, and no further: beyond that nothing is known of it any more. */
    private static final double STEEPER = 2;

    /** Most circuits bear edits of about 2^-16. */
    private static final int FIRST_GUESS = (int) (16 * STEPS);

    /**
     * Searches by halves: bounds grow with the edits. Large edits fail early, small ones are followed to the end, so it begins with the
     * larger half, where most circuits' tolerance is.
     */
    public static Tolerance of(Circuit circuit) {
        CertifyCircuit untouched = CertifyCircuit.of(circuit, Edits.NONE);
        var ranges = untouched.ranges();
        double steepest = answersNumber(circuit) ? STEEPER * movement(untouched, at(circuit, SMALL, ranges), SMALL) : 0;
        int bears = LEAST + 1;
        int fails = -1;
        Optional<PartOrigin> limit = Optional.empty();
        double movement = 0;
        while (bears - fails > 1) {
            int steps = bears > LEAST && fails < LEAST / 2 ? Math.max(FIRST_GUESS, 2 * fails) : (bears + fails) / 2;
            double size = size(steps);
            CertifyCircuit edited = at(circuit, size, ranges);
            Optional<Weakness> weakness = edited.weakness();
            double moved = movement(untouched, edited, size);
            // Below that rounding, which is there without any edit, moves the number more than the edit does.
            boolean proportional = size <= SMALL || moved <= steepest;
            if (weakness.isPresent() || !proportional) {
                fails = steps;
                limit = weakness.flatMap(Weakness::origin);
            } else {
                bears = steps;
                movement = moved;
            }
        }
        return new Tolerance(bears > LEAST ? 0 : size(bears), limit, movement);
    }

    /** Whether the output is a number that is not looked up in a list. */
    private static boolean answersNumber(Circuit circuit) {
        return circuit.decoder() instanceof OutputDecoder.Numerical numerical
                && numerical.values().isEmpty();
    }

    private static double size(int steps) {
        return StrictMath.pow(2, -steps / STEPS);
    }

    private static CertifyCircuit at(Circuit circuit, double size, ImmutableMap<Direction, Double> ranges) {
        return CertifyCircuit.of(circuit, new Edits(size, ranges));
    }

    private static double movement(CertifyCircuit untouched, CertifyCircuit edited, double size) {
        return Math.max(0, edited.outputError() - untouched.outputError()) / size;
    }
}
