package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.runtime.web.PageEngine;
import io.rasplens.runtime.web.PageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every activation of every example has the same bits in the Java virtual machine, in Node and in Chromium. Node and Chromium run the
 * same script on the same engine, V8, and the examples at {@code -O0} are slow there. So each build compares all levels in Node, and in
 * Chromium the level that the page starts with, {@code -O1}; all levels in Chromium are compared under {@code -Pfuzz}. Where there is no
 * Node, {@code -O0} and {@code -O2} are compared only then.
 */
class SameBitsTest extends OnThePage {
    private static final ImmutableList<Integer> LEVELS = ImmutableList.of(0, 1, 2);

    private final Map<String, JsonObject> here = new LinkedHashMap<>();

    @Test
    void chromiumComputesWhatTheVirtualMachineComputes() throws IOException, InterruptedException {
        compareInChromium(ImmutableList.of(1));
    }

    @Test
    @Tag("long")
    void chromiumComputesTheSameAtEachLevel() throws IOException, InterruptedException {
        compareInChromium(LEVELS);
    }

    private void compareInChromium(ImmutableList<Integer> levels) throws IOException, InterruptedException {
        show("#program=reverse");
        for (Path program : examples()) {
            for (int level : levels) {
                JsonObject there = browser.promise(
                                "await rasplens.cache({source: arguments[0], level: arguments[1], digest: true})",
                                Files.readString(program),
                                level)
                        .getAsJsonObject();
                assertSame(at(program, level), there, expected(program, level));
            }
        }
    }

    @Test
    void scriptsGetWhatTheCommandLinePrints() throws IOException, InterruptedException {
        show("#program=reverse");
        String source = Files.readString(EXAMPLES.resolve("reverse.rasp"));
        for (String verb : new String[] {"run", "cache", "compile", "check", "format", "test"}) {
            JsonObject there = browser.promise("await rasplens[arguments[0]]({source: arguments[1]})", verb, source)
                    .getAsJsonObject();
            JsonObject expected = answer(verb, source, 1, false);
            there.remove("timing_ms");
            expected.remove("timing_ms");
            assertThat(there).as(verb).isEqualTo(JsonParser.parseString(expected.toString()));
        }
    }

    /** The same script without a browser; where there is no Node there is nothing to run it with. */
    @Test
    void nodeComputesTheSame() throws IOException, InterruptedException {
        Optional<Path> node = Chromium.find("node");
        if (node.isEmpty()) {
            System.out.println("[page] skipping the comparison with Node: no node here");
        }
        assumeTrue(node.isPresent(), "no node here");
        Path script = folder.resolve("engine.js");
        Files.writeString(script, """
            globalThis.self = globalThis;
            const fs = require("fs");
            const html = fs.readFileSync(process.argv[2], "utf8");
            const from = html.indexOf('id="engine">') + 12;
            (0, eval)(html.slice(from, html.indexOf("</" + "script>", from)) + "\\nmain([]);");
            for (const program of process.argv.slice(3)) {
              for (const level of ["0", "1", "2"]) {
                const source = fs.readFileSync(program, "utf8");
                console.log(rasplensEngine("cache", ["source", source, "level", level, "digest", "true"]));
              }
            }
            """);
        Path output = folder.resolve("node.txt");
        var command = new ArrayList<String>();
        command.add(node.get().toString());
        command.add("--stack-size=3900");
        command.add(script.toString());
        command.add(folder.resolve("page.html").toString());
        for (Path program : examples()) {
            command.add(program.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        ImmutableList<Path> programs = examples();
        assertThat(lines).hasSize(programs.size() * LEVELS.size());
        var answers = lines.iterator();
        for (Path program : programs) {
            for (int level : LEVELS) {
                assertSame(
                        at(program, level),
                        JsonParser.parseString(answers.next()).getAsJsonObject(),
                        expected(program, level));
            }
        }
    }

    private static void assertSame(String program, JsonObject there, JsonObject here) {
        if (here.has("activations") && there.has("activations")) {
            JsonObject expected = here.getAsJsonObject("activations");
            JsonObject found = there.getAsJsonObject("activations");
            assertThat(found.keySet()).as(program).isEqualTo(expected.keySet());
            expected.entrySet()
                    .forEach(one -> assertThat(found.get(one.getKey()))
                            .as(program + ", " + one.getKey())
                            .isEqualTo(one.getValue()));
        } else {
            assertThat(there.get("error")).as(program).isEqualTo(here.get("error"));
        }
    }

    private static String at(Path program, int level) {
        return name(program) + " -O" + level;
    }

    /** What the virtual machine answers; what is refused is refused everywhere, in the same words. */
    private JsonObject expected(Path program, int level) throws IOException {
        JsonObject known = here.get(at(program, level));
        if (known == null) {
            known = JsonParser.parseString(answer("cache", Files.readString(program), level, true)
                            .toString())
                    .getAsJsonObject();
            here.put(at(program, level), known);
        }
        return known;
    }

    private static JsonObject answer(String verb, String source, int level, boolean digest) {
        return new PageEngine()
                .answer(
                        verb,
                        PageRequest.of(ImmutableListMultimap.of(
                                "source",
                                source,
                                "level",
                                Integer.toString(level),
                                "digest",
                                Boolean.toString(digest))));
    }
}
