package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which s-ops a part serves, in files: as a list, and as older versions wrote it. */
class OriginFileTest {
    private static final String LIST = ",\\\"sops\\\":[\\\"reverse\\\",\\\"also\\\"]";

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void save() {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of(
                                "reverse.rasp",
                                "reverse = aggregate(select(indices, length - 1 - indices, ==), tokens);"),
                        CompileOptions.forVocabulary("a", "b").maxLength(3))
                .orThrow();
        Provenance told = model.provenance();
        var both = new Origin(ImmutableList.of("reverse", "also"), "copies", Optional.empty(), Optional.empty());
        ImmutableList<ImmutableList<Origin>> heads = told.heads().stream()
                .map(layer -> layer.stream().map(head -> both).collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
        file = folder.resolve("model.safetensors");
        ModelStore.save(
                        model.with(new Provenance(heads, told.neurons(), told.dimensions(), told.anatomy())),
                        file,
                        Dtype.F64)
                .orThrow();
    }

    @Test
    void aPartThatServesSeveralStillDoesWhenLoaded() {
        assertThat(loaded().sops()).containsExactly("reverse", "also");
    }

    @Test
    void olderFilesHaveTheNamesInOneText() throws IOException {
        replace(LIST, "");

        assertThat(loaded().sops()).containsExactly("reverse, also");
        assertThat(loaded().sop()).isEqualTo("reverse, also");
    }

    @Test
    void aPartThatServesNothingIsRefused() throws IOException {
        replace(LIST, ",\\\"sops\\\":[]");

        assertThat(ModelStore.load(file).diagnostics())
                .singleElement()
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(StoreCode.BAD_METADATA));
    }

    private Origin loaded() {
        return ModelStore.load(file).orThrow().provenance().heads().get(0).get(0);
    }

    /** In the header, whose length changes with it. */
    private void replace(String before, String after) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        String header = new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8);
        assertThat(header).contains(before);
        byte[] changed = header.replace(before, after).getBytes(StandardCharsets.UTF_8);
        int weights = bytes.capacity() - Long.BYTES - length;
        ByteBuffer out =
                ByteBuffer.allocate(Long.BYTES + changed.length + weights).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(changed.length).put(changed).put(bytes.array(), Long.BYTES + length, weights);
        Files.write(file, out.array());
    }
}
