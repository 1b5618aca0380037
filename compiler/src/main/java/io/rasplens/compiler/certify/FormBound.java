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
 */
record FormBound(double low, double high, double error, double noise, double size, int terms) {
    double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }
}
