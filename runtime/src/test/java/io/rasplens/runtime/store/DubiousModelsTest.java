package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model files that could be run, but would answer something else than they say. */
class DubiousModelsTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.folder("reverse"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    @Test
    void padIsNotBos() throws IOException {
        edit("codec.json", text -> text.replaceFirst("\"pad\": *\"[^\"]*\"", "\"pad\": \"BOS\""));

        refused(load(), StoreCode.BAD_CODEC, "pad must not be the token that begins every input");
    }

    @Test
    void aTokenHasOneId() throws IOException {
        edit("codec.json", text -> text.replaceFirst("(\"input\": *\\[\\s*)1,(\\s*)2", "$11,$21"));

        refused(load(), StoreCode.BAD_CODEC, "input lists the token '1' twice");
    }

    @Test
    void aTokenThatIsATextStandsInQuotesOnce() throws IOException {
        edit("codec.json", text -> text.replaceFirst("(\"input\": *\\[\\s*)1,(\\s*)2", "$1\"a\",$2\"a\""));

        refused(load(), StoreCode.BAD_CODEC, "input lists the token 'a' twice");
    }

    @Test
    void hiddenUnitsHaveAnActivationFunction() throws IOException {
        edit("config.json", text -> text.replaceFirst("\"act_fn\": *\"relu\"", "\"act_fn\": null"));

        refused(load(), StoreCode.BAD_CONFIG, "lacks 'act_fn', which its 30 hidden units need");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I64", "U8", "BOOL", "I16"})
    void weightsAreFloats(String type) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        String header = new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8);
        // The last tensor, three numbers long, made anew in the other type.
        Matcher last = Pattern.compile("\\{\"dtype\":\"F32\",\"shape\":\\[3],\"data_offsets\":\\[([0-9]+),[0-9]+]}}")
                .matcher(header);
        assertThat(last.find()).isTrue();
        int begin = Integer.parseInt(last.group(1));
        int end = begin + 3 * Dtype.valueOf(type).bytes();
        String changed = header.substring(0, last.start()) + "{\"dtype\":\"" + type
                + "\",\"shape\":[3],\"data_offsets\":[" + begin + "," + end + "]}}";
        ByteBuffer out =
                ByteBuffer.allocate(Long.BYTES + changed.length() + end).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(changed.length()).put(changed.getBytes(StandardCharsets.UTF_8));
        out.put(bytes.array(), Long.BYTES + length, begin);
        Files.write(file, out.array());

        refused(load(), StoreCode.BAD_WEIGHT, "tensor 'unembed.b_U' holds " + type + " elements, which are no weights");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsAreFiniteNumbers(float weight) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(bytes.capacity() - Float.BYTES, weight);
        Files.write(file, bytes.array());

        refused(
                load(),
                StoreCode.BAD_WEIGHT,
                "tensor 'unembed.b_U' holds " + weight + "; weights must be finite numbers");
        assertThat(load().diagnostics().get(0).help().orElseThrow())
                .contains("train or convert the model again, and store it as F64 or F32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nan\"", "-1", "-0.25", "\"-inf\""})
    void aBoundBelowNoughtIsNone(String bound) throws IOException {
        Path file = ours(
                metadata -> metadata.replaceFirst("(\"numeric_error\":)[^,}]*", "$1" + bound.replace("\"", "\\\"")),
                MetadataKeys.CERTIFICATE);

        refused(ModelStore.load(file), StoreCode.BAD_METADATA, "numeric_error must be a bound, 0 or more");
    }

    @Test
    void padIsNotBosInAFileOfOursEither() throws IOException {
        Path file = ours(
                metadata -> metadata.replaceFirst("\"bos\":([0-9]+),\"pad\":-?[0-9]+", "\"bos\":$1,\"pad\":$1"),
                MetadataKeys.ENCODER);

        refused(ModelStore.load(file), StoreCode.BAD_METADATA, "pad must not be the token that begins every input");
    }

    @Test
    void aTokenHasOneIdInAFileOfOursEither() throws IOException {
        Path file = ours(metadata -> metadata.replaceFirst(",1,1\\.0,", ",1,1,"), MetadataKeys.ENCODER);

        refused(ModelStore.load(file), StoreCode.BAD_METADATA, "vocabulary lists the token '1' twice");
    }

    /** A model of ours, one of its documents edited. */
    private Path ours(UnaryOperator<String> change, String key) throws IOException {
        Path file = folder.resolve("ours.safetensors");
        CompiledModel model = Models.ragged(TransformerConfig.Normalization.NONE);
        ImmutableMap<String, String> metadata = WriteMetadata.of(model);
        String changed = change.apply(String.valueOf(metadata.get(key)));
        assertThat(changed).isNotEqualTo(metadata.get(key));
        var all = ImmutableMap.<String, String>builder()
                .putAll(metadata)
                .put(key, changed)
                .buildKeepingLast();
        var tensors = WeightTensors.of(model.weights(), WeightLayout.of(model));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            new SafetensorsWriter(Dtype.F64, tensors, all).writeTo(channel);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    private Result<CompiledModel> load() {
        return ModelStore.load(folder.resolve("model.safetensors"));
    }

    private void edit(String name, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        String changed = change.apply(text);
        assertThat(changed).as(text).isNotEqualTo(text);
        Files.writeString(file, changed);
    }

    private static void refused(Result<?> result, StoreCode code, String words) {
        assertThat(result.diagnostics()).hasSize(1);
        Diagnostic diagnostic = result.diagnostics().get(0);
        assertThat(diagnostic.code()).isEqualTo(code);
        assertThat(diagnostic.message()).contains(words);
    }
}
