package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonParser;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and strings that somebody else wrote can't act on the terminal, nor look like a line of ours. */
class ForeignTextTest {
    /** Clears the screen, sets the title, C1, turns the writing round, hides; and forges a diagnostic. */
    private static final String EVIL = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\u2066\u200b\u00ad\udb40\udc41";

    private static final String FORGED = EVIL + "\nerror[E0001]: forged\r\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("evil.rasp"), """
                marked = "%" if tokens == "%" else tokens;
                first = aggregate(select(indices, 0, ==), marked, "%");
                #@ vocab ["%", "a"]
                #@ max_length 3
                #@ example ["a", "%"]
                #@ test ["a", "%"] == ["a", "a"]
                """.replace("%", EVIL));
        CommandRun.of("compile", folder + "/evil.rasp", "-o", folder + "/m.safetensors");
        CompiledModel model = ModelStore.load(folder.resolve("m.safetensors")).orThrow();
        Files.createDirectory(folder.resolve("named"));
        ModelStore.save(forged(model), folder.resolve("named/m.safetensors"), Dtype.F64)
                .orThrow();
    }

    private static CompiledModel forged(CompiledModel m) {
        UnaryOperator<Origin> origin =
                o -> new Origin(FORGED, FORGED, Optional.of(new SourceRange(FORGED, 1, 1, FORGED)));
        var p = m.provenance();
        return new CompiledModel(
                m.config(),
                m.weights(),
                m.encoder(),
                m.decoder(),
                m.labels().stream()
                        .map(l -> new ResidualLabel(FORGED, l.value()))
                        .collect(ImmutableList.toImmutableList()),
                m.readouts().stream()
                        .map(r -> new SopReadout(
                                FORGED, r.layer(), r.afterAttention(), r.projection(), r.bias(), r.decoder()))
                        .collect(ImmutableList.toImmutableList()),
                new Provenance(
                        p.heads().stream()
                                .map(l -> l.stream().map(origin).collect(ImmutableList.toImmutableList()))
                                .collect(ImmutableList.toImmutableList()),
                        p.neurons().stream()
                                .map(l -> l.stream().map(origin).collect(ImmutableList.toImmutableList()))
                                .collect(ImmutableList.toImmutableList()),
                        p.dimensions().stream().map(origin).collect(ImmutableList.toImmutableList())),
                m.program(),
                m.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run %/evil.rasp",
                "eval %/evil.rasp",
                "inspect %/evil.rasp --units",
                "inspect %/named/m.safetensors --units",
                "cache %/evil.rasp --names blocks.*.hook_resid_post",
                "cache %/named/m.safetensors --plot",
                "cache %/named/m.safetensors",
                "patch %/named/m.safetensors --corrupted [\"a\",\"a\"]",
                "run %/named/m.safetensors",
                "run %/named/m.safetensors --input xy",
                "verify %/named/m.safetensors",
                "test %/evil.rasp",
                "compile %/evil.rasp -o %/again.safetensors",
                "compile %/evil.rasp --dump graph",
                "compile %/evil.rasp --dump layers",
                "run %/evil.rasp --input \u001b[31m\u202e",
                "run %/none\u001b]0;x\u0007\nerror[E0001].rasp",
                "explain \u001b[31m\u202e",
                "\u001b[31m\u202e"
            })
    void everyVerbIsHarmless(String command) {
        String[] words = command.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("%", folder.toString());
        }
        CommandRun run = CommandRun.of(words);
        isHarmless(run.out());
        isHarmless(run.err());

        String[] json =
                ImmutableList.<String>builder().add(words).add("--json").build().toArray(new String[0]);
        CommandRun data = CommandRun.of(json);
        isHarmless(data.out());
        assertThat(JsonParser.parseString(data.out()).isJsonObject()).isTrue();
    }

    private static void isHarmless(String text) {
        assertThat(text.replace("\n", "")
                        .replace("\t", "")
                        .codePoints()
                        .filter(SafeText::isUnsafe)
                        .toArray())
                .as(text)
                .isEmpty();
        assertThat(text.lines()).noneMatch(line -> line.startsWith("error[E0001]"));
    }

    @Test
    void theSessionIsHarmlessToo() {
        CommandRun run =
                CommandRun.withInput("x = \"" + EVIL + "\"; x; (tokens + \"" + EVIL + "\")(\"ab\");\n", "repl");
        isHarmless(run.out());
        isHarmless(run.err());
        assertThat(run.out()).contains("\\u001b");
    }

    @Test
    void aProgramIsPrintedLetterByLetter() {
        CommandRun run = CommandRun.of("fmt", folder + "/evil.rasp");
        assertThat(run.out()).contains(EVIL);
    }
}
