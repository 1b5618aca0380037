package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that lie about themselves: each is refused with a diagnostic, at once and before memory is taken for it. */
class HostileFilesTest {
    private final Path folder;

    HostileFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anHonestFileIsRead() throws IOException {
        Path file = file("{\"__metadata__\":{\"a\":\"b\"},\"x\":" + entry("F64", "[2]", "[0,16]") + "}  ", 16);

        try (SafetensorsFile open = SafetensorsFile.open(file).orThrow()) {
            assertThat(open.read("x").orThrow()).containsExactly(0, 0);
            assertThat(open.metadata()).containsEntry("a", "b");
        }
    }

    @Test
    void noTensorsAreATensorlessFile() throws IOException {
        try (SafetensorsFile open = SafetensorsFile.open(file("{}", 0)).orThrow()) {
            assertThat(open.tensors()).isEmpty();
        }
    }

    @Test
    void lengthsThatCannotBe() throws IOException {
        refused(raw(new byte[0]), StoreCode.NOT_SAFETENSORS, "0 bytes");
        refused(raw(new byte[7]), StoreCode.NOT_SAFETENSORS, "7 bytes");
        refused(raw(withLength(-1, "{}")), StoreCode.NOT_SAFETENSORS, "18446744073709551615");
        refused(raw(withLength(Long.MAX_VALUE, "{}")), StoreCode.NOT_SAFETENSORS, "only 2 follow");
        refused(raw(withLength(3, "{}")), StoreCode.NOT_SAFETENSORS, "only 2 follow");
        refused(raw(withLength(0, "{}")), StoreCode.BAD_HEADER, "must begin with '{'");
        refused(
                raw("#!/bin/sh\necho this is a script\n".getBytes(StandardCharsets.UTF_8)),
                StoreCode.NOT_SAFETENSORS,
                "");
    }

    @Test
    void aHeaderBeyondTheLimitIsNotReadEvenIfTheFileIsThatLarge() throws IOException {
        Path file = folder.resolve("huge.safetensors");
        long length = 1L << 33;
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(withLength(length, ""));
            sparse.setLength(length + 8);
        }
        refused(file, StoreCode.TOO_LARGE, "8589934592");
    }

    @Test
    void headersThatAreNotJson() throws IOException {
        refused(file("{", 0), StoreCode.BAD_HEADER, "not valid JSON");
        refused(file("{}{}", 0), StoreCode.BAD_HEADER, "");
        refused(file("[]", 0), StoreCode.BAD_HEADER, "begin with");
        refused(file("{'x':1}", 0), StoreCode.BAD_HEADER, "not valid JSON");
        refused(file("{\"x\":" + entry("F64", "[1]", "[0,8]") + ",}", 8), StoreCode.BAD_HEADER, "not valid JSON");
        refused(file("{\"a\":[[[[[[", 0), StoreCode.BAD_TENSOR, "other than an object");
        refused(file("{\"a\":".repeat(1_000_000), 0), StoreCode.BAD_TENSOR, "unknown field 'a'");
        refused(file("{\"a\":{\"shape\":" + "[".repeat(1_000_000), 0), StoreCode.BAD_TENSOR, "not a number");
        byte[] latin = "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1);
        refused(raw(withLength(latin.length, latin)), StoreCode.BAD_HEADER, "UTF-8");
    }

    @Test
    void namesThatStandTwice() throws IOException {
        String x = entry("F64", "[1]", "[0,8]");
        refused(file("{\"x\":" + x + ",\"x\":" + x + "}", 8), StoreCode.BAD_HEADER, "names tensor 'x' twice");
        refused(file("{\"__metadata__\":{},\"__metadata__\":{}}", 0), StoreCode.BAD_HEADER, "twice");
        refused(file("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0), StoreCode.BAD_HEADER, "'k' twice");
        refused(
                file("{\"x\":{\"dtype\":\"F64\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8),
                StoreCode.BAD_TENSOR,
                "dtype twice");
    }

    @Test
    void metadataOfTheWrongKind() throws IOException {
        refused(file("{\"__metadata__\":{\"k\":1}}", 0), StoreCode.BAD_HEADER, "not a string");
        refused(file("{\"__metadata__\":[]}", 0), StoreCode.BAD_HEADER, "form");
    }

    @Test
    void descriptionsThatLackSomething() throws IOException {
        refused(file("{\"x\":{\"shape\":[1],\"data_offsets\":[0,8]}}", 8), StoreCode.BAD_TENSOR, "lacks its dtype");
        refused(file("{\"x\":{\"dtype\":\"F64\",\"data_offsets\":[0,8]}}", 8), StoreCode.BAD_TENSOR, "lacks its shape");
        refused(file("{\"x\":{\"dtype\":\"F64\",\"shape\":[1]}}", 8), StoreCode.BAD_TENSOR, "lacks its data_offsets");
        refused(one("F64", "[1]", "[0]", 8), StoreCode.BAD_TENSOR, "two data_offsets");
        refused(one("F64", "[1]", "[0,8,8]", 8), StoreCode.BAD_TENSOR, "more than 2");
        refused(file("{\"x\":null}", 8), StoreCode.BAD_TENSOR, "other than an object");
        refused(one("C128", "[1]", "[0,8]", 8), StoreCode.BAD_TENSOR, "unknown dtype 'C128'");
        refused(file("{\"x\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,8]}}", 8), StoreCode.BAD_TENSOR, "dtype");
    }

    @Test
    void shapesThatAreNoShapes() throws IOException {
        refused(one("F64", "[-1]", "[0,8]", 8), StoreCode.BAD_TENSOR, "'-1'");
        refused(one("F64", "[1.0]", "[0,8]", 8), StoreCode.BAD_TENSOR, "'1.0'");
        refused(one("F64", "[1e0]", "[0,8]", 8), StoreCode.BAD_TENSOR, "'1e0'");
        refused(one("F64", "[NaN]", "[0,8]", 8), StoreCode.BAD_HEADER, "JSON");
        refused(one("F64", "[\"1\"]", "[0,8]", 8), StoreCode.BAD_TENSOR, "not a number");
        refused(one("F64", "[null]", "[0,8]", 8), StoreCode.BAD_TENSOR, "not a number");
        refused(one("F64", "[9999999999999999999999]", "[0,8]", 8), StoreCode.BAD_TENSOR, "whole numbers");
        refused(one("F64", "7", "[0,8]", 8), StoreCode.BAD_TENSOR, "not a list");
        refused(one("F64", "[4294967296,4294967296]", "[0,8]", 8), StoreCode.BAD_TENSOR, "too large to count");
        // 2^61 elements of 8 bytes: the product of the shape fits, the bytes don't.
        refused(one("F64", "[2305843009213693952]", "[0,8]", 8), StoreCode.BAD_TENSOR, "whole numbers");
        refused(one("F64", "[1000000000,1000000000]", "[0,8]", 8), StoreCode.BAD_LAYOUT, "needs 8000000000000000000");
        refused(one("F64", "[1000000000,1000000000,2]", "[0,8]", 8), StoreCode.BAD_TENSOR, "too large to count");
        refused(one("F64", "[" + "1,".repeat(99) + "1]", "[0,8]", 8), StoreCode.BAD_TENSOR, "more than 16");
    }

    @Test
    void dataOutOfPlace() throws IOException {
        refused(one("F64", "[2]", "[0,8]", 8), StoreCode.BAD_LAYOUT, "tensor 'x' has 8 bytes");
        refused(one("F64", "[2]", "[0,16]", 8), StoreCode.BAD_LAYOUT, "only 8 bytes");
        refused(one("F64", "[1]", "[8,0]", 8), StoreCode.BAD_LAYOUT, "ends before it begins");
        refused(one("F64", "[1]", "[8,16]", 16), StoreCode.BAD_LAYOUT, "gap of 8 bytes");
        refused(one("F64", "[1]", "[0,8]", 9), StoreCode.BAD_LAYOUT, "1 bytes after the last tensor");
        refused(one("F64", "[1]", "[-8,0]", 8), StoreCode.BAD_TENSOR, "'-8'");
        refused(
                file("{\"x\":" + entry("F64", "[1]", "[0,8]") + ",\"y\":" + entry("F64", "[1]", "[4,12]") + "}", 12),
                StoreCode.BAD_LAYOUT,
                "tensor 'y' overlaps");
        refused(
                file("{\"x\":" + entry("F64", "[1]", "[0,8]") + ",\"y\":" + entry("F64", "[1]", "[0,8]") + "}", 8),
                StoreCode.BAD_LAYOUT,
                "overlaps");
    }

    @Test
    void anEmptyTensorOfVastShapeTakesNoRoom() throws IOException {
        try (SafetensorsFile open =
                SafetensorsFile.open(one("F64", "[999999999999,0]", "[0,0]", 0)).orThrow()) {
            assertThat(open.read("x").orThrow()).isEmpty();
        }
    }

    @Test
    void namesFromAFileCannotPlayWithTheTerminal() throws IOException {
        Path file = file("{\"\\u001b[31mred\\u202e\":" + entry("F99", "[1]", "[0,8]") + "}", 8);

        assertThat(refused(file, StoreCode.BAD_TENSOR, "").message()).contains("\\u001b[31mred\\u202e");
    }

    @Test
    void placesThatAreNoFiles() {
        refused(folder, StoreCode.NOT_READABLE, "directory");
        refused(folder.resolve("absent"), StoreCode.NOT_FOUND, "absent");
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            refused(device, StoreCode.NOT_READABLE, "not an ordinary file");
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.model("frac_prevs"));
        for (int length = 0; length < whole.length; length += 97) {
            Path cut = raw(java.util.Arrays.copyOf(whole, length));
            assertThat(SafetensorsFile.open(cut)).as("%d bytes", length).isInstanceOf(Result.Failure.class);
        }
    }

    @Test
    void aFlippedByteNeverThrows() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.model("frac_prevs"));
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(2200)] = (byte) random.nextInt(256);
            Path file = raw(bytes);
            Files.copy(
                    Fixtures.folder("frac_prevs").resolve("config.json"),
                    folder.resolve("config.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Result<?> result = ModelStore.load(file);
            assertThat(result.diagnostics().stream().allMatch(d -> d.code() instanceof StoreCode))
                    .isTrue();
        }
    }

    @Test
    void editedMetadataNeverThrow() throws IOException {
        Path file = folder.resolve("ours.safetensors");
        ModelStore.save(Models.ragged(TransformerConfig.Normalization.LN), file, Dtype.F64)
                .orThrow();
        byte[] whole = Files.readAllBytes(file);
        int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] likely = "0123456789-.e\"\\{}[],:ntf".getBytes(StandardCharsets.US_ASCII);
        var random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = whole.clone();
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                bytes[8 + random.nextInt(header)] = likely[random.nextInt(likely.length)];
            }
            Result<?> result = ModelStore.load(raw(bytes));
            refused += result.diagnostics().size();
            assertThat(result.diagnostics()).allMatch(d -> d.code() instanceof StoreCode);
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private Diagnostic refused(Path file, StoreCode code, String message) {
        Result<SafetensorsFile> result = SafetensorsFile.open(file);
        assertThat(result).isInstanceOf(Result.Failure.class);
        Diagnostic diagnostic = result.diagnostics().get(0);
        assertThat(diagnostic.code()).as(diagnostic.message()).isEqualTo(code);
        assertThat(diagnostic.message()).contains(message);
        return diagnostic;
    }

    private static String entry(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    private Path one(String dtype, String shape, String offsets, int dataBytes) throws IOException {
        return file("{\"x\":" + entry(dtype, shape, offsets) + "}", dataBytes);
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] start = withLength(json.length, json);
        return raw(java.util.Arrays.copyOf(start, start.length + dataBytes));
    }

    private static byte[] withLength(long length, String header) {
        return withLength(length, header.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] withLength(long length, byte[] header) {
        return ByteBuffer.allocate(8 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    private Path raw(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.safetensors"), bytes);
    }
}
