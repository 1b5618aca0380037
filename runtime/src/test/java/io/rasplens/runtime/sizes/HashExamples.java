package io.rasplens.runtime.sizes;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compiles every example to a file and prints the files' hashes; run in a Java machine of its own as well. */
final class HashExamples {
    private HashExamples() {}

    public static void main(String[] args) throws IOException {
        System.out.print(hashes(Path.of(args[0])));
    }

    static String hashes(Path folder) throws IOException {
        var out = new StringBuilder();
        List<Path> files;
        try (Stream<Path> listed = Files.list(Path.of("..", "examples"))) {
            files = listed.filter(f -> f.toString().endsWith(".rasp")).sorted().toList();
        }
        for (Path file : files) {
            Path model = folder.resolve("model.safetensors");
            ModelStore.save(
                            RaspCompiler.compile(SourceFile.of(file), CompileOptions.DEFAULT)
                                    .orThrow(),
                            model,
                            Dtype.F64)
                    .orThrow();
            out.append(file.getFileName())
                    .append(' ')
                    .append(MoreFiles.asByteSource(model).hash(Hashing.sha256()))
                    .append('\n');
        }
        return out.toString();
    }
}
