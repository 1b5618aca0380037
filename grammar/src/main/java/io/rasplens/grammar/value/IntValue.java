package io.rasplens.grammar.value;

import java.math.BigInteger;

/**
 * An integer of any size. Nearly all of them are small, and the interpreter does little else than arithmetic on them, so a small
 * one is at hand as a {@code long} too.
 */
public final class IntValue implements Value {
    private static final int CACHE_LOW = -1024;
    private static final int CACHE_HIGH = 4096;
    private static final IntValue[] CACHE = fillCache();

    private final BigInteger value;
    private final long number;
    private final boolean small;

    public IntValue(BigInteger value) {
        this.value = value;
        this.small = value.bitLength() < Integer.SIZE;
        this.number = value.longValue();
    }

    private static IntValue[] fillCache() {
        var cache = new IntValue[CACHE_HIGH - CACHE_LOW + 1];
        for (int i = 0; i < cache.length; i++) {
            cache[i] = new IntValue(BigInteger.valueOf(CACHE_LOW + (long) i));
        }
        return cache;
    }

    public static IntValue of(long value) {
        return value >= CACHE_LOW && value <= CACHE_HIGH
                ? CACHE[(int) (value - CACHE_LOW)]
                : new IntValue(BigInteger.valueOf(value));
    }

    public static IntValue of(BigInteger value) {
        return value.bitLength() < Integer.SIZE - 1 ? of(value.longValue()) : new IntValue(value);
    }

    public BigInteger value() {
        return value;
    }

    /** Whether it is an {@code int} of Java's, so that no sum or product of two such numbers leaves a {@code long}. */
    public boolean isSmall() {
        return small;
    }

    /** The number itself if it {@linkplain #isSmall is small}. */
    public long toLong() {
        return number;
    }

    @Override
    public boolean isNumeric() {
        return true;
    }

    @Override
    public boolean isTrue() {
        return value.signum() != 0;
    }

    @Override
    public String repr() {
        return value.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntValue that
                && (small ? that.small && number == that.number : value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return repr();
    }
}
