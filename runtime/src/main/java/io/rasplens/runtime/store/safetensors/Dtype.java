package io.rasplens.runtime.store.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of safetensors. All are recognised, so that a file's layout can be checked; most can be read as numbers. */
public enum Dtype {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1),
    F8_E4M3(1),
    F8_E5M2(1);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    static Optional<Dtype> named(String name) {
        return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
    }

    /** True where {@link #read} gives numbers. */
    public boolean isReadable() {
        return this != U64 && this != F8_E4M3 && this != F8_E5M2;
    }

    /** True for those that hold weights: whole numbers and truth values are something else, whatever their tensor is called. */
    public boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** The next element of a little-endian buffer as a double; exact but for ints beyond 2^53. */
    double read(ByteBuffer buffer) {
        return switch (this) {
            case F64 -> buffer.getDouble();
            case F32 -> buffer.getFloat();
            case F16 -> half(buffer.getShort());
            case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
            case I64 -> buffer.getLong();
            case I32 -> buffer.getInt();
            case I16 -> buffer.getShort();
            case I8 -> buffer.get();
            case U32 -> Integer.toUnsignedLong(buffer.getInt());
            case U16 -> Short.toUnsignedInt(buffer.getShort());
            case U8 -> Byte.toUnsignedInt(buffer.get());
            case BOOL -> buffer.get() == 0 ? 0 : 1;
            case U64, F8_E4M3, F8_E5M2 -> throw new IllegalStateException(this + " is not readable");
        };
    }

    /** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. (Float.float16ToFloat needs JDK 20.) */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction + 0x400), exponent - 25);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
