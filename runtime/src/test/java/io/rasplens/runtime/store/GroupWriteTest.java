package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group of files looks like after a writer was killed, and what is never replaced. */
class GroupWriteTest {
    private static final CompiledModel MODEL = Models.ragged(Normalization.NONE);

    @TempDir
    Path folder = Path.of("");

    /** The process is gone before one of the renamings, each in its turn. */
    @Test
    void aKilledWriterLeavesNoTwoGroupsMixed() throws IOException, InterruptedException, StoreException {
        for (int step = 0; step < 12; step++) {
            DyingWriter.main(new String[] {folder.toString(), "old", "99"});
            boolean finished = writeAndDie("new", step);

            assertThat(contents()).as("after %d renamings", step).hasSize(1);
            // The next writer cleans up.
            DyingWriter.main(new String[] {folder.toString(), "newer", "99"});
            assertThat(names()).containsExactly("codec", "config", "model");
            assertThat(contents()).containsExactly("newer");
            if (finished) {
                assertThat(step).as("renamings").isEqualTo(5);
                return;
            }
        }
        throw new AssertionError("the writer never finished");
    }

    private boolean writeAndDie(String text, int step) throws IOException, InterruptedException {
        return new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DyingWriter.class.getName(),
                                folder.toString(),
                                text,
                                String.valueOf(step))
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    /** The texts of the files that have their names. */
    private Set<String> contents() throws IOException {
        Set<String> texts = new TreeSet<>();
        for (String name : new String[] {"model", "config", "codec"}) {
            if (Files.exists(folder.resolve(name))) {
                texts.add(Files.readString(folder.resolve(name)));
            }
        }
        return texts;
    }

    @Test
    void aLivingWritersFilesStay() throws IOException {
        long me = ProcessHandle.current().pid();
        Path mine = Files.writeString(folder.resolve(".model.safetensors." + me + "-5f.tmp"), "being written");
        Path other =
                Files.writeString(folder.resolve(".another.safetensors.999999999999-5f.tmp"), "not of this target");
        Path dead = Files.writeString(folder.resolve(".model.safetensors.999999999999-5f.tmp"), "left behind");

        ModelStore.save(MODEL, folder.resolve("model.safetensors"), Dtype.F64).orThrow();

        assertThat(mine).exists();
        assertThat(other).exists();
        assertThat(dead).doesNotExist();
    }

    @Test
    void whatOnlyItsOwnerMayReadStaysSo() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = folder.resolve("secret.safetensors");
        ModelStore.save(MODEL, file, Dtype.F64).orThrow();
        for (String mode : List.of("rw-------", "rw-r-----", "rw-rw----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            ModelStore.save(MODEL, file, Dtype.F64).orThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode.equals("rw-rw----") ? widest(mode) : mode);
        }
    }

    /** The process's own mask may take the group's right to write. */
    private String widest(String mode) throws IOException {
        Path probe = Files.createFile(
                folder.resolve("probe"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(probe));
    }

    @Test
    void aReadOnlyFileIsNotReplaced() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path text = Files.writeString(folder.resolve("p.rasp"), "y = tokens;");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("r--r--r--"));

        refused(TextFiles.write(text, "y = 1;"), StoreCode.NOT_WRITABLE, "is read-only; nothing was changed");
        assertThat(text).hasContent("y = tokens;");
    }

    @Test
    void whatAnotherProgramWroteIsNotReplaced() throws IOException {
        Path foreign = folder.resolve("model.safetensors");
        Files.copy(Fixtures.model("reverse"), foreign);
        byte[] before = Files.readAllBytes(foreign);
        Path text = Files.writeString(folder.resolve("notes.safetensors"), "not even one");
        Path activations = folder.resolve("acts.safetensors");
        ActivationFile.write(activations, ImmutableMap.of()).orThrow();

        refused(
                ModelStore.save(MODEL, foreign, Dtype.F64),
                StoreCode.FOREIGN_FILE,
                "is not a model that Rasplens wrote");
        refused(ModelStore.save(MODEL, text, Dtype.F64), StoreCode.FOREIGN_FILE, "nothing was changed");
        refused(
                ActivationFile.write(foreign, ImmutableMap.of()),
                StoreCode.FOREIGN_FILE,
                "is not a file of activations");
        assertThat(ActivationFile.write(activations, ImmutableMap.of())).isInstanceOf(Result.Success.class);
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
        assertThat(text).hasContent("not even one");

        Path ours = folder.resolve("ours/m.safetensors");
        Files.createDirectory(folder.resolve("ours"));
        ModelStore.save(MODEL, ours, Dtype.F64).orThrow();
        refused(ActivationFile.write(ours, ImmutableMap.of()), StoreCode.FOREIGN_FILE, "is not a file of activations");
    }

    @Test
    void theBytesDoNotTellTheFolder() throws IOException {
        byte[] here = bytes("p.rasp");
        byte[] there = bytes("/home/somebody/secret/p.rasp");
        assertThat(there).isEqualTo(here);
        assertThat(new String(there, StandardCharsets.ISO_8859_1)).doesNotContain("somebody");
    }

    private byte[] bytes(String name) throws IOException {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of(
                                name, "def f(x) { return selector_width(select(x, x, ==)); }\ny = f(tokens) + 1;"),
                        CompileOptions.forVocabulary("a", "b").maxLength(3))
                .orThrow();
        Path file = folder.resolve("named.safetensors");
        ModelStore.save(model, file, Dtype.F64).orThrow();
        return Files.readAllBytes(file);
    }

    private static void refused(Result<?> result, StoreCode code, String words) {
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).code()).isEqualTo(code);
        assertThat(result.diagnostics().get(0).message()).contains(words);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }
}
