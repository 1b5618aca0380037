package io.rasplens.runtime.store.safetensors;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a safetensors header to its entries, checked against the size of the data behind it.
 *
 * <p>Read as a stream of tokens, not as a tree: a tree would hide a name that stands there twice, and a hostile nesting would
 * cost its depth in stack. What the format's own reader demands is demanded here: the tensors cover the data without gap or
 * overlap, and each has the bytes its shape and element type need.
 */
public final class ReadHeader {
    public static final int MOST_TENSORS = 200_000;
    private static final int MOST_AXES = 16;
    private static final int MOST_DIGITS = 18;
    private static final String METADATA = "__metadata__";

    private final String file;

    /** @param file the file's name, for messages */
    ReadHeader(String file) {
        this.file = file;
    }

    SafetensorsHeader read(byte[] json, long dataBytes) throws StoreException {
        if (json.length == 0 || json[0] != '{') {
            throw new StoreException(
                    StoreCode.BAD_HEADER,
                    file + ": the header must begin with '{'",
                    "is it a safetensors file, and did it arrive whole?");
        }
        var tensors = new LinkedHashMap<String, TensorEntry>();
        var metadata = new LinkedHashMap<String, String>();
        var text = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        try (var reader = new JsonReader(text)) {
            reader.setStrictness(Strictness.STRICT);
            readObject(reader, tensors, metadata);
        } catch (CharacterCodingException e) {
            throw bad("is not valid UTF-8");
        } catch (IOException e) {
            throw bad("is not valid JSON: " + JsonText.reason(e));
        } catch (IllegalStateException e) {
            // Gson's way to say that a token of another kind stands here.
            throw bad("has not the form of a safetensors header: " + JsonText.reason(e));
        }
        checkLayout(tensors, dataBytes);
        return new SafetensorsHeader(
                ImmutableMap.copyOf(tensors), ImmutableMap.copyOf(metadata), Long.BYTES + (long) json.length);
    }

    private void readObject(JsonReader reader, Map<String, TensorEntry> tensors, Map<String, String> metadata)
            throws IOException, StoreException {
        boolean metadataSeen = false;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (name.equals(METADATA)) {
                if (metadataSeen) {
                    throw bad("names " + METADATA + " twice");
                }
                metadataSeen = true;
                readMetadata(reader, metadata);
            } else {
                if (tensors.size() == MOST_TENSORS) {
                    throw new StoreException(
                            StoreCode.TOO_LARGE, file + ": more than " + MOST_TENSORS + " tensors in one file");
                }
                if (tensors.containsKey(name)) {
                    throw bad("names tensor " + ForeignName.name(name) + " twice");
                }
                tensors.put(name, readEntry(reader, name));
            }
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw bad("goes on after its closing brace");
        }
    }

    private void readMetadata(JsonReader reader, Map<String, String> metadata) throws IOException, StoreException {
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (reader.peek() != JsonToken.STRING) {
                throw bad("has the metadata " + ForeignName.name(key) + ", which is not a string");
            }
            if (metadata.put(key, reader.nextString()) != null) {
                throw bad("names the metadata " + ForeignName.name(key) + " twice");
            }
        }
        reader.endObject();
    }

    private TensorEntry readEntry(JsonReader reader, String name) throws IOException, StoreException {
        @Nullable Dtype dtype = null;
        @Nullable ImmutableLongArray shape = null;
        @Nullable ImmutableLongArray offsets = null;
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw tensor(name, "is described by something other than an object");
        }
        reader.beginObject();
        while (reader.hasNext()) {
            String field = reader.nextName();
            boolean again = switch (field) {
                case "dtype" -> dtype != null;
                case "shape" -> shape != null;
                case "data_offsets" -> offsets != null;
                default -> throw tensor(name, "has an unknown field " + ForeignName.name(field));
            };
            if (again) {
                throw tensor(name, "has the field " + field + " twice");
            }
            switch (field) {
                case "dtype" -> dtype = readDtype(reader, name);
                case "shape" -> shape = readNumbers(reader, name, field, MOST_AXES);
                default -> offsets = readNumbers(reader, name, field, 2);
            }
        }
        reader.endObject();
        if (dtype == null || shape == null || offsets == null) {
            throw tensor(name, "lacks its " + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        if (offsets.length() != 2) {
            throw tensor(name, "needs two data_offsets, begin and end, but has " + offsets.length());
        }
        return checkSize(new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1)));
    }

    private Dtype readDtype(JsonReader reader, String name) throws IOException, StoreException {
        if (reader.peek() != JsonToken.STRING) {
            throw tensor(name, "has a dtype that is not a string");
        }
        String text = reader.nextString();
        Optional<Dtype> dtype = Dtype.named(text);
        if (dtype.isEmpty()) {
            throw tensor(name, "has the unknown dtype " + ForeignName.name(text));
        }
        return dtype.get();
    }

    private ImmutableLongArray readNumbers(JsonReader reader, String name, String field, int most)
            throws IOException, StoreException {
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            throw tensor(name, "has a " + field + " that is not a list");
        }
        var numbers = ImmutableLongArray.builder();
        int count = 0;
        reader.beginArray();
        while (reader.hasNext()) {
            if (++count > most) {
                throw tensor(name, "has more than " + most + " numbers in its " + field);
            }
            if (reader.peek() != JsonToken.NUMBER) {
                throw tensor(name, "has something in its " + field + " that is not a number");
            }
            String text = reader.nextString();
            OptionalLong number = wholeNumber(text);
            if (number.isEmpty()) {
                throw tensor(
                        name,
                        "has " + ForeignName.name(text) + " in its " + field
                                + ", where only whole numbers from 0 stand");
            }
            numbers.add(number.getAsLong());
        }
        reader.endArray();
        return numbers.build();
    }

    private static OptionalLong wholeNumber(String text) {
        boolean digits = text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private TensorEntry checkSize(TensorEntry entry) throws StoreException {
        if (entry.begin() > entry.end()) {
            throw layout(entry, "ends before it begins");
        }
        long bytes = entry.dtype().bytes();
        boolean empty = entry.shape().contains(0);
        for (int i = 0; i < entry.shape().length() && !empty; i++) {
            if (entry.shape().get(i) > Long.MAX_VALUE / bytes) {
                throw tensor(
                        entry.name(),
                        "has the shape " + TensorEntry.text(entry.shape()) + ", which is too large to count");
            }
            bytes *= entry.shape().get(i);
        }
        long needed = empty ? 0 : bytes;
        if (needed != entry.end() - entry.begin()) {
            throw layout(
                    entry,
                    "has " + (entry.end() - entry.begin()) + " bytes of data, but its shape "
                            + TensorEntry.text(entry.shape()) + " of " + entry.dtype() + " needs " + needed);
        }
        return entry;
    }

    private void checkLayout(Map<String, TensorEntry> tensors, long dataBytes) throws StoreException {
        List<TensorEntry> inOrder = tensors.values().stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        long covered = 0;
        for (TensorEntry entry : inOrder) {
            if (entry.end() > dataBytes) {
                throw layout(
                        entry, "ends at byte " + entry.end() + " of the data, which has only " + dataBytes + " bytes");
            }
            if (entry.begin() < covered) {
                throw layout(entry, "overlaps the tensor before it");
            }
            if (entry.begin() > covered) {
                throw layout(entry, "leaves a gap of " + (entry.begin() - covered) + " bytes before it");
            }
            covered = entry.end();
        }
        if (covered != dataBytes) {
            throw new StoreException(
                    StoreCode.BAD_LAYOUT,
                    file + ": " + (dataBytes - covered) + " bytes after the last tensor belong to none");
        }
    }

    private StoreException bad(String what) {
        return new StoreException(StoreCode.BAD_HEADER, file + ": the header " + what);
    }

    private StoreException tensor(String name, String what) {
        return new StoreException(StoreCode.BAD_TENSOR, file + ": tensor " + ForeignName.name(name) + " " + what);
    }

    private StoreException layout(TensorEntry entry, String what) {
        return new StoreException(
                StoreCode.BAD_LAYOUT, file + ": tensor " + ForeignName.name(entry.name()) + " " + what);
    }
}
