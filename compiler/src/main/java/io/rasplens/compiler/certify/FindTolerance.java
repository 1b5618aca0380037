package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.model.OutputDecoder;
import java.util.Optional;

/**
 * Looks for the greatest edit that a circuit bears. Bounds grow with the edits, so that it lies between one that is borne and one that is
 * not. How far errors are from what they may come to says where to try next.
 */
final class FindTolerance {
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

    /** Where errors lead nowhere so many times, halves do. */
    private static final int GUESSES = 6;

    private final Circuit circuit;
    private final StreamBounds embedded;
    private final CertifyCircuit untouched;
    private final Edits whole;
    private final double steepest;
    private EditTried fails = new EditTried(-1, Double.POSITIVE_INFINITY, Optional.empty(), 0);
    private EditTried bears = new EditTried(LEAST + 1, 0, Optional.empty(), 0);

    FindTolerance(Circuit circuit) {
        this.circuit = circuit;
        this.embedded = StreamBounds.embedded(circuit, Roundoff.FLOAT64);
        this.untouched = CertifyCircuit.of(circuit, embedded, Edits.NONE);
        this.whole = new Edits(1, untouched.ranges());
        this.steepest = answersNumber(circuit) ? STEEPER * movement(edited(SMALL), SMALL) : 0;
    }

    /**
     * What an edit does.
     *
     * @param steps its size, see {@link #size}
     * @param strain how much of what errors may come to they do come to
     * @param limit the part that it gets through
     * @param movement of the output
     */
    private record EditTried(int steps, double strain, Optional<PartOrigin> limit, double movement) {}

    Tolerance find() {
        for (int count = 0; bears.steps() - fails.steps() > 1; count++) {
            double guess = count < GUESSES ? Math.ceil(guess()) : Double.NaN;
            int steps = Double.isNaN(guess) ? half() : (int) guess;
            attempt(Math.min(Math.max(steps, fails.steps() + 1), bears.steps() - 1));
        }
        return new Tolerance(bears.steps() > LEAST ? 0 : size(bears.steps()), fails.limit(), bears.movement());
    }

    private void attempt(int steps) {
        double size = size(steps);
        CertifyCircuit edited = edited(size);
        Optional<Weakness> weakness = edited.weakness();
        double moved = movement(edited, size);
        // Below that rounding, which is there without any edit, moves the number more than the edit does.
        boolean proportional = size <= SMALL || moved <= steepest;
        double strain = proportional ? edited.strain() : Math.max(edited.strain(), moved / steepest);
        var tried = new EditTried(steps, strain, weakness.flatMap(Weakness::origin), moved);
        if (weakness.isPresent() || !proportional) {
            fails = tried;
        } else {
            bears = tried;
        }
    }

    /** Where the errors would come to just what they may, were they a power of the edit: of the first degree, where one edit alone is known. */
    private double guess() {
        double below = StrictMath.log(bears.strain());
        double above = StrictMath.log(fails.strain());
        if (fails.steps() < 0) {
            return bears.steps() > LEAST ? FIRST_GUESS : bears.steps() + STEPS * below / StrictMath.log(2);
        }
        return bears.steps() > LEAST
                ? fails.steps() + STEPS * above / StrictMath.log(2)
                : bears.steps() + (bears.steps() - fails.steps()) * below / (above - below);
    }

    /** Half-way. Small edits are followed to the end, large ones fail early: while all fail, the smaller half of few is tried first. */
    private int half() {
        return bears.steps() > LEAST && fails.steps() < LEAST / 2
                ? Math.max(FIRST_GUESS, 2 * fails.steps())
                : (bears.steps() + fails.steps()) / 2;
    }

    private static double size(int steps) {
        return StrictMath.pow(2, -steps / STEPS);
    }

    /** Whether the output is a number that is not looked up in a list. */
    private static boolean answersNumber(Circuit circuit) {
        return circuit.decoder() instanceof OutputDecoder.Numerical numerical
                && numerical.values().isEmpty();
    }

    private CertifyCircuit edited(double size) {
        return CertifyCircuit.of(circuit, embedded, whole.ofSize(size));
    }

    private double movement(CertifyCircuit edited, double size) {
        return Math.max(0, edited.outputError() - untouched.outputError()) / size;
    }
}
