package io.rasplens.grammar.value;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An integer of any size. Nearly all of them are small, and the interpreter does little else than arithmetic on them, so a small
 * one is an {@code int} and nothing else: value sets and lists hold millions of them.
 */
public final class IntValue implements Value {
    private static final int CACHE_LOW = -1024;
    private static final int CACHE_HIGH = 4096;
    private static final IntValue[] CACHE = fillCache();

    /** The number if it is not small. */
    private final @Nullable BigInteger large;

    /** The number if it is small. */
    private final int number;

    public IntValue(BigInteger value) {
        this.large = value.bitLength() < Integer.SIZE ? null : value;
        this.number = value.intValue();
    }

    private IntValue(int value) {
        this.large = null;
        this.number = value;
    }

    private static IntValue[] fillCache() {
        var cache = new IntValue[CACHE_HIGH - CACHE_LOW + 1];
        for (int i = 0; i < cache.length; i++) {
            cache[i] = new IntValue(CACHE_LOW + i);
        }
        return cache;
    }

    public static IntValue of(long value) {
        if (value >= CACHE_LOW && value <= CACHE_HIGH) {
            return CACHE[(int) (value - CACHE_LOW)];
        }
        return value == (int) value ? new IntValue((int) value) : new IntValue(BigInteger.valueOf(value));
    }

    public static IntValue of(BigInteger value) {
        return value.bitLength() < Integer.SIZE - 1 ? of(value.longValue()) : new IntValue(value);
    }

    public BigInteger value() {
        return large == null ? BigInteger.valueOf(number) : large;
    }

    /** Whether it is an {@code int} of Java's, so that no sum or product of two such numbers leaves a {@code long}. */
    public boolean isSmall() {
        return large == null;
    }

    /** The number itself if it {@linkplain #isSmall is small}. */
    public long toLong() {
        return number;
    }

    /** The same. */
    public int toInt() {
        return number;
    }

    @Override
    public Object toJava() {
        BigInteger value = value();
        // Written out, as a conditional expression would make numbers of one kind of the two.
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    @Override
    public boolean isNumeric() {
        return true;
    }

    @Override
    public boolean isTrue() {
        return large != null || number != 0;
    }

    @Override
    public String repr() {
        return large == null ? Integer.toString(number) : large.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntValue that
                && (large == null ? that.large == null && number == that.number : large.equals(that.large));
    }

    @Override
    public int hashCode() {
        return large == null ? (number < 0 ? ~number : number) : large.hashCode();
    }

    @Override
    public String toString() {
        return repr();
    }
}
