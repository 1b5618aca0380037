package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much is wrong, and however much loads what, the answer comes soon and is short. */
@Timeout(60)
class UnboundedProgramsTest {
    private static final int MANY = 30_000;
    private static final int MOST = 51;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = a $ b;\n",
                "x = tokns;\n",
                "x = = 3;\n",
                "x = tokens\n",
                "#@ vocab [a]\n",
                "#@ frobnicate 3\n",
                "#@ max_length 0\n",
                "x = \"abc;\n",
                "x = {tokens: 1};\n",
                "x = select(1);\n",
                "x = 1 / 0;\n",
                "x = 'abc' + 1;\n",
                "def f() { x = = 3; return 1; }\n",
                "load \"nowhere\";\n",
                "x = not tokens == 1;\n",
                "x = tokens == 1;\n"
            })
    void manyBadLinesGiveFewDiagnostics(String line) {
        Result<?> result = RaspParser.parse(SourceFile.of("bad.rasp", line.repeat(MANY)))
                .then(script -> Elaborator.elaborate(script, new MemoryLoader(ImmutableMap.of())));
        assertThat(result.diagnostics()).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x = tokns;\n", "x = = 3;\n", "x = 1 / 0;\n"})
    void aSessionTellsFewErrorsOfAFile(String line) {
        var session = new Session(new MemoryLoader(ImmutableMap.of("bad", line.repeat(MANY))));
        session.tryOn(ImmutableList.of(Value.of("a")));
        Result<ImmutableList<Event>> run = session.run(load("bad"));
        List<Diagnostic> told = run instanceof Result.Success<ImmutableList<Event>> success
                ? ((Event.FileLoaded) success.value().get(0)).diagnostics()
                : run.diagnostics();
        assertThat(told).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
    }

    /** File i loads file i + 1 twice: 2^40 loads, if nobody counted. */
    @Test
    void loadsThatMultiplyAreCounted() {
        var texts = ImmutableMap.<String, String>builder();
        for (int i = 0; i < 40; i++) {
            texts.put("f" + i, "load \"f" + (i + 1) + "\";\nload \"f" + (i + 1) + "\";\n");
        }
        texts.put("f40", "x = 1;\n");
        var files = new MemoryLoader(texts.buildOrThrow());
        var asked = new AtomicInteger();
        SourceLoader counting = new SourceLoader() {
            @Override
            public Optional<LoadedSource> find(String path, SourceFile from) {
                asked.incrementAndGet();
                return files.find(path, from);
            }

            @Override
            public List<String> alternatives(String path, SourceFile from) {
                return files.alternatives(path, from);
            }
        };
        var script = RaspParser.parse(SourceFile.of("main.rasp", "load \"f0\";\nload \"f0\";\ny = x;"))
                .orThrow();
        Result<Elaboration> result = Elaborator.elaborate(script, counting);
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).code()).isEqualTo(ElaborationCode.TOO_MANY_STEPS);
        assertThat(asked.get()).isLessThan(40_000);
    }

    private static Statement load(String name) {
        return (Statement) RaspParser.parse(SourceFile.of("console", "load \"" + name + "\";"))
                .orThrow()
                .items()
                .get(0);
    }
}
