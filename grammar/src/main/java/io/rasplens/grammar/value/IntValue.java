package io.rasplens.grammar.value;

import java.math.BigInteger;

/** An integer of any size. */
public record IntValue(BigInteger value) implements Value {
    private static final int CACHE_LOW = -1024;
    private static final int CACHE_HIGH = 4096;
    private static final IntValue[] CACHE = fillCache();

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
    public String toString() {
        return repr();
    }
}
