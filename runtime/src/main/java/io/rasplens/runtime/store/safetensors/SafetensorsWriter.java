package io.rasplens.runtime.store.safetensors;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.gson.stream.JsonWriter;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes safetensors: tensors in the order given, without gaps; the header padded with spaces to 8 bytes so that the data are
 * aligned. Same tensors, same metadata, same bytes.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private final ImmutableMap<String, String> metadata;
    private final List<TensorSource> tensors;
    private final Dtype dtype;

    /** @param dtype F64 or F32, for all tensors */
    public SafetensorsWriter(Dtype dtype, List<TensorSource> tensors, ImmutableMap<String, String> metadata) {
        this.dtype = dtype;
        this.tensors = tensors;
        this.metadata = metadata;
    }

    public void writeTo(FileChannel channel) throws IOException, StoreException {
        byte[] header = header();
        ByteBuffer length =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
        for (ByteBuffer buffer : List.of(length.flip(), ByteBuffer.wrap(header))) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        var sink = new ElementSink(channel, dtype);
        for (TensorSource tensor : tensors) {
            long before = sink.count();
            tensor.elements().writeTo(sink);
            if (sink.count() - before != elements(tensor)) {
                throw new IllegalStateException(tensor.name() + " gave " + (sink.count() - before)
                        + " elements for the shape " + TensorEntry.text(tensor.shape()));
            }
        }
        sink.flush();
    }

    private byte[] header() throws IOException, StoreException {
        var text = new StringWriter();
        try (var json = new JsonWriter(text)) {
            json.beginObject();
            json.name("__metadata__").beginObject();
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                json.name(entry.getKey()).value(entry.getValue());
            }
            json.endObject();
            long offset = 0;
            for (TensorSource tensor : tensors) {
                json.name(tensor.name()).beginObject();
                json.name("dtype").value(dtype.name());
                json.name("shape").beginArray();
                for (long size : Iterables.unmodifiableIterable(tensor.shape().asList())) {
                    json.value(size);
                }
                json.endArray();
                json.name("data_offsets").beginArray().value(offset);
                offset = end(tensor, offset);
                json.value(offset).endArray();
                json.endObject();
            }
            json.endObject();
        }
        // Other readers of the format refuse half a surrogate pair even as an escape, so no string here may hold one;
        // the
        // documents in the metadata have theirs escaped within.
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int padding = (ALIGNMENT - bytes.length % ALIGNMENT) % ALIGNMENT;
        if (bytes.length + padding > SafetensorsFile.LONGEST_HEADER) {
            throw new StoreException(
                    StoreCode.TOO_LARGE,
                    "the labels and names of this model take " + bytes.length + " bytes; a file's header may have "
                            + SafetensorsFile.LONGEST_HEADER);
        }
        var padded = java.util.Arrays.copyOf(bytes, bytes.length + padding);
        java.util.Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        return padded;
    }

    private long end(TensorSource tensor, long begin) throws StoreException {
        try {
            return Math.addExact(begin, Math.multiplyExact(elements(tensor), (long) dtype.bytes()));
        } catch (ArithmeticException e) {
            throw new StoreException(
                    StoreCode.TOO_LARGE,
                    "tensor " + ForeignName.name(tensor.name()) + " of shape " + TensorEntry.text(tensor.shape())
                            + " is larger than any file");
        }
    }

    private static long elements(TensorSource tensor) {
        long product = 1;
        for (int i = 0; i < tensor.shape().length(); i++) {
            product = Math.multiplyExact(product, tensor.shape().get(i));
        }
        return product;
    }
}
