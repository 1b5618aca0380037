package io.rasplens.compiler.certify;

/**
 * What a linear form can be when it is read.
 *
 * @param low the least value it stands for
 * @param high the greatest
 * @param error how far the number that is read may be from that, the rounding of products and sums included
 * @param noise the part of the error that was there before, in the directions themselves
 * @param size bound on the sum of the terms' magnitudes
 * @param terms how many terms can be other than zero at once
 * @param grid what the value is a multiple of; see {@link BinaryGrid}
 * @param kept whether products and sums are not rounded
 * @param single how much better small numbers are known, where the form is of one number
 */
record FormBound(
        double low,
        double high,
        double error,
        double noise,
        double size,
        int terms,
        double grid,
        boolean kept,
        Single single) {

    /**
     * A form {@code x = c d + shift} of one number d: its noise is {@code base + relative |x - shift|} at most.
     *
     * @param shift or what x is where the number is best known, if that is not 0
     * @param exact whether c d does not round: c is a power of two
     */
    record Single(double shift, double base, double relative, boolean exact) {
        /** Of a form of several numbers nothing is known in this way. */
        static final Single NONE = new Single(0, Double.POSITIVE_INFINITY, 0, false);

        /** With more noise, whatever the number. */
        Single plus(double noise) {
            return new Single(shift, base + noise, relative, exact);
        }
    }

    double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Whether it is of one number whose noise is the less the less it is, down to some rest. */
    boolean isBestKnownAtZero() {
        return single.shift == 0 && single.relative > 0 && Double.isFinite(single.base);
    }

    /** Bound on {@link #noise} where the form stands for {@code x}. */
    double noiseAt(double x) {
        return Math.min(noise, single.base + single.relative * Math.abs(x - single.shift));
    }

    /** The same where it stands for {@code least} or less or for {@code greatest} or more, less what it is beyond them. */
    double noiseBeyond(double least, double greatest) {
        return single.relative <= 1 ? Math.max(noiseAt(least), noiseAt(greatest)) : noise;
    }
}
