package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.gson.JsonObject;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.antlr.v4.runtime.Parser;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named module that embeds Rasplens: it gets what the modules export, without the command line's libraries, and no more. */
class EmbeddingModuleTest {
    private static final String OURS = "io.rasplens.";

    /** One class of each jar that an embedding has; neither picocli nor JLine. */
    private static final ImmutableList<Class<?>> ONE_OF_EACH_JAR = ImmutableList.of(
            SourceFile.class,
            RaspCompiler.class,
            HookedTransformer.class,
            ImmutableList.class,
            InternalFutureFailureAccess.class,
            JsonObject.class,
            Parser.class,
            DMatrixRMaj.class,
            CommonOps_DDRM.class,
            CommonOps_DSCC.class,
            NullMarked.class);

    private static final String MODULE = "module embedding {\n    requires io.rasplens.runtime;\n}\n";

    private static final String EMBEDDING = """
            package embedding;

            import io.rasplens.compiler.CompileOptions;
            import io.rasplens.compiler.RaspCompiler;
            import io.rasplens.compiler.model.CompiledModel;
            import io.rasplens.compiler.model.Level;
            import io.rasplens.grammar.diagnostic.Explanations;
            import io.rasplens.grammar.source.SourceFile;
            import io.rasplens.runtime.cache.CachedRun;
            import io.rasplens.runtime.hook.Hook;
            import io.rasplens.runtime.hook.HookAssignment;
            import io.rasplens.runtime.hook.HookName;
            import io.rasplens.runtime.store.ModelStore;
            import io.rasplens.runtime.store.safetensors.Dtype;
            import io.rasplens.runtime.tensor.Tensor;
            import io.rasplens.runtime.tensor.TokenBatch;
            import io.rasplens.runtime.transformer.HookedTransformer;
            import java.nio.file.Path;
            import java.util.List;

            public final class Embedding {
                public static void main(String[] words) {
                    SourceFile source = SourceFile.of("reverse.rasp", ""\"
                            opposite = length - 1 - indices;
                            reverse = aggregate(select(indices, opposite, ==), tokens);
                            ""\");
                    for (String code : List.of("E0101", "E0303", "E1116")) {
                        System.out.println(Explanations.of(code).orElse("nothing").contains(code));
                    }
                    for (Level level : Level.values()) {
                        CompiledModel compiled = RaspCompiler.compile(
                                source,
                                CompileOptions.forVocabulary("a", "b", "c").maxLength(5).level(level)).orThrow();
                        HookedTransformer model = HookedTransformer.load(compiled);
                        CachedRun run = model.runWithCache(List.of("a", "b", "c"));
                        System.out.println(model.run(List.of("a", "b", "c")) + " " + run.cache().sop("opposite"));
                        if (level == Level.DEFAULT) {
                            TokenBatch tokens = model.encode(List.of("a", "b", "c"));
                            Hook uniform = Hook.replace((scores, point) -> scores.times(0));
                            Tensor logits = model.runWithHooks(tokens, HookAssignment.of(HookName.attnScores(1), uniform));
                            System.out.println(model.decode(logits, tokens).get(0).equals(model.run(List.of("a", "b", "c"))));
                            Path file = Path.of(words[0]);
                            ModelStore.save(compiled, file, Dtype.F64).orThrow();
                            CompiledModel again = ModelStore.load(file).orThrow();
                            System.out.println(HookedTransformer.load(again).run(List.of("c", "a")));
                        }
                    }
                }
            }
            """;

    @BeforeEach
    void theModulesAreBuilt() {
        assumeTrue(
                ModuleFinder.of(modulePath()).findAll().stream()
                                .filter(module -> module.descriptor().name().startsWith(OURS))
                                .count()
                        == 3,
                "Maven has compiled the descriptors");
    }

    @Test
    void aModuleCompilesRunsHooksAndKeepsAModel(@TempDir Path folder) throws Exception {
        assertThat(compile(folder, EMBEDDING)).isEmpty();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        path() + File.pathSeparator + folder.resolve("classes"),
                        "--module",
                        "embedding/embedding.Embedding",
                        folder.resolve("model.safetensors").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .containsExactly(
                        "true",
                        "true",
                        "true",
                        "['c', 'b', 'a'] [2, 1, 0]",
                        "['c', 'b', 'a'] [2, 1, 0]",
                        "false",
                        "['a', 'c']",
                        "['c', 'b', 'a'] [2, 1, 0]");
    }

    @Test
    void whatIsInsideStaysInside(@TempDir Path folder) throws Exception {
        for (String inside : List.of(
                "io.rasplens.compiler.lower.LowerGraph",
                "io.rasplens.compiler.circuit.Circuit",
                "io.rasplens.compiler.certify.CertifyCircuit",
                "io.rasplens.grammar.frozen.ThawScript",
                "io.rasplens.runtime.transformer.forward.ForwardPass",
                "io.rasplens.runtime.cli.Main")) {
            String peeping = "package embedding;\n\nclass Peeping {\n    " + inside + " seen;\n}\n";
            assertThat(compile(folder, peeping)).as(inside).contains("is not visible");
        }
    }

    /** Whoever adds a package decides here whether it is for others. */
    @Test
    void theModulesExportWhatAnEmbeddingNeeds() {
        assertThat(exported("io.rasplens.grammar"))
                .containsExactlyInAnyOrder("ast", "diagnostic", "guide", "parse", "platform", "source", "value");
        assertThat(exported("io.rasplens.compiler"))
                .containsExactlyInAnyOrder("", "elaborate", "interpret", "model", "model.part", "program");
        assertThat(exported("io.rasplens.runtime"))
                .containsExactlyInAnyOrder(
                        "",
                        "analysis",
                        "analysis.circuit",
                        "analysis.intervene",
                        "analysis.patch",
                        "cache",
                        "hook",
                        "repl",
                        "store",
                        "store.error",
                        "store.safetensors",
                        "tensor",
                        "transformer",
                        "view",
                        "view.attention",
                        "view.circuit",
                        "view.flow",
                        "view.heat",
                        "view.page",
                        "view.parts",
                        "view.story");
    }

    /** @return names of packages without that of their module */
    private static ImmutableSet<String> exported(String module) {
        return ModuleFinder.of(modulePath()).find(module).orElseThrow().descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .map(name -> name.equals(module) ? "" : name.substring(module.length() + 1))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** @return what the compiler has to say; empty if the class is sound */
    private static String compile(Path folder, String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources").resolve("embedding"));
        Path descriptor = Files.writeString(folder.resolve("sources").resolve("module-info.java"), MODULE);
        String name = source.contains("class Peeping") ? "Peeping.java" : "Embedding.java";
        Path file = Files.writeString(sources.resolve(name), source);
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--module-path",
                    path(),
                    "-proc:none",
                    "-d",
                    folder.resolve("classes").toString());
            compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(descriptor, file))
                    .call();
        }
        return said.toString();
    }

    private static String path() {
        return Stream.of(modulePath()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Where the classes of an embedding are: jars in a build that packages, folders in one that only tests. */
    private static Path[] modulePath() {
        return ONE_OF_EACH_JAR.stream()
                .map(one -> {
                    try {
                        return Path.of(one.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
                    } catch (URISyntaxException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .distinct()
                .toArray(Path[]::new);
    }
}
