package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The language reference shows what the REPL answers, a session for each section; its whole files compile and pass their own tests.
 * {@code -Drecord=true} writes the answers anew, to be looked at in the diff.
 */
class LanguageGuideTest {
    private static final Path GUIDE = Path.of("..", "grammar", "LANGUAGE.md");
    private static final DiagnosticRenderer RENDERER = DiagnosticRenderer.plain();
    private static final String FENCE = "```";

    private ReplEngine engine = session();

    @Test
    void showsWhatTheReplAnswers() throws IOException {
        List<String> real = replay(Files.readAllLines(GUIDE));
        if (Boolean.getBoolean("record")) {
            Files.write(GUIDE, real);
        }

        assertThat(Files.readAllLines(GUIDE)).isEqualTo(real);
        assertThat(real.stream().filter(line -> line.startsWith(">> "))).hasSizeGreaterThan(80);
    }

    static List<String> wholeFiles() throws IOException {
        var files = new ArrayList<String>();
        StringBuilder current = null;
        for (String line : Files.readAllLines(GUIDE)) {
            if (line.equals(FENCE + "rasp")) {
                current = new StringBuilder();
            } else if (current != null && line.equals(FENCE)) {
                files.add(current.toString());
                current = null;
            } else if (current != null) {
                current.append(line).append('\n');
            }
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        return files;
    }

    @ParameterizedTest
    @MethodSource("wholeFiles")
    void theWholeFilesCompileAndPassTheirTests(String text) {
        SourceFile source = SourceFile.of("guide.rasp", text);
        Script script = RaspParser.parse(source).orThrow();
        HookedTransformer model = HookedTransformer.load(
                RaspCompiler.compile(source, CompileOptions.DEFAULT, new MemoryLoader(ImmutableMap.of()))
                        .orThrow());
        int tests = 0;
        for (Item item : script.items()) {
            if (item instanceof Directive.TestDirective test) {
                assertThat(model.run(test.input())).isEqualTo(test.expected());
                tests++;
            }
        }
        assertThat(tests).isPositive();
    }

    /** The lines, with the answers to what is typed replaced by what the REPL says. */
    private List<String> replay(List<String> lines) {
        var out = new ArrayList<String>();
        boolean inBlock = false;
        boolean inAnswer = false;
        for (String line : lines) {
            if (line.startsWith("## ")) {
                engine = session();
            }
            if (line.startsWith(FENCE)) {
                inBlock = !inBlock;
                inAnswer = false;
                assertThat(engine.continues())
                        .as("an unfinished statement before: " + line)
                        .isFalse();
            }
            if (inBlock && (line.startsWith(">> ") || line.startsWith(".. "))) {
                out.add(line);
                assertThat(engine.continues()).as(line).isEqualTo(line.startsWith("."));
                for (Response response : engine.handle(line.substring(3))) {
                    text(response).lines().forEach(out::add);
                }
                inAnswer = true;
            } else if (!inAnswer) {
                out.add(line);
            }
        }
        return out;
    }

    private static String text(Response response) {
        if (response instanceof Response.Output output) {
            return output.text();
        }
        if (response instanceof Response.Problem problem) {
            return RENDERER.render(ImmutableList.of(problem.diagnostic()));
        }
        throw new AssertionError("the guide shows no " + response);
    }

    private static ReplEngine session() {
        return new ReplEngine(new MemoryLoader(ImmutableMap.of()), (verb, program, input) -> ImmutableList.of());
    }
}
