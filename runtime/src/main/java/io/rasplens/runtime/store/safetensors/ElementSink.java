package io.rasplens.runtime.store.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Takes the elements of tensors in row-major order and writes them through a small buffer. */
public final class ElementSink {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final Dtype dtype;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long count;

    /** @param dtype F64 or F32 */
    ElementSink(FileChannel channel, Dtype dtype) {
        if (dtype != Dtype.F64 && dtype != Dtype.F32) {
            throw new IllegalArgumentException("can't write " + dtype);
        }
        this.channel = channel;
        this.dtype = dtype;
    }

    public void add(double value) throws IOException {
        if (buffer.remaining() < dtype.bytes()) {
            flush();
        }
        if (dtype == Dtype.F64) {
            buffer.putDouble(value);
        } else {
            buffer.putFloat((float) value);
        }
        count++;
    }

    public void zeros(long howMany) throws IOException {
        for (long i = 0; i < howMany; i++) {
            add(0);
        }
    }

    /** How many elements there were so far. */
    long count() {
        return count;
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
