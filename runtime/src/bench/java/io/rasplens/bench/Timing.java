package io.rasplens.bench;

/**
 * Milliseconds that one run takes, the best of several.
 *
 * @param first in a new JVM, its classes loaded and its loops interpreted
 * @param warm once the JVM has compiled them
 */
record Timing(double first, double warm) {}
