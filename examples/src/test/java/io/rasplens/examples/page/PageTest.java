package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.runtime.view.page.PageHtml;
import io.rasplens.runtime.web.PageEngine;
import io.rasplens.runtime.web.PageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a learner does on the page, done in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
    private static final String RIGHT = "\ue014";
    private static final String ENTER = "\ue007";
    private static final Path EXAMPLES = Path.of("");

    /** The bits of all numbers in an answer, in the order of the answer, as one number. */
    private static final String HASH = """
        const word = new DataView(new ArrayBuffer(8));
        let hash = 17;
        const mix = (x) => {
          if (Array.isArray(x)) x.forEach(mix);
          else { word.setFloat64(0, x === 'inf' ? Infinity : x === '-inf' ? -Infinity : x === 'nan' ? NaN : x);
            hash = (Math.imul(hash, 31) + word.getInt32(0)) | 0; hash = (Math.imul(hash, 31) + word.getInt32(4)) | 0; }
        };
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Chromium browser;

    @SuppressWarnings("NullAway.Init")
    private String page;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        assumeTrue(PageHtml.isBuilt(), "the page is not built in this run; 'mvn verify' builds it");
        Optional<String> missing = Chromium.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Path file = folder.resolve("page.html");
        Files.writeString(file, PageHtml.of(Optional.empty()).orElseThrow());
        page = file.toUri().toString();
        browser = Chromium.start(1600, 1000);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void theConsoleStaysSilent() throws IOException, InterruptedException {
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aProgramIsSteppedThroughByKeyboard() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]");
        int steps = browser.script("return document.querySelectorAll('.stop').length;")
                .getAsInt();
        assertThat(steps).isGreaterThan(3);
        for (int i = 1; i < steps; i++) {
            browser.press(RIGHT);
        }
        assertThat(text("#sentence")).isEqualTo("Position 0 answers 3, as the interpreter says.");
        assertThat(browser.script("return location.hash;").getAsString()).contains("step=" + (steps - 1));
    }

    @Test
    void eachPositionIsToldWhatItAsksFor() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]&sop=reverse&position=1");
        browser.await("document.querySelector('.band.open')");
        assertThat(text("#sentence"))
                .isEqualTo("Position 1 asks for index 1. Position 1 itself has index 1, and brings its token 2.");
        browser.press(".");
        assertThat(text("#sentence"))
                .isEqualTo("Position 2 asks for index 0. Position 0 has index 0, and brings its token 1.");
    }

    @Test
    void anErrorIsToldAsOneTypesAndIsMendedByItsButton() throws IOException, InterruptedException {
        show("#program=reverse");
        type("opposite = lenght - indices - 1;\nreverse = aggregate(select(indices, opposite, ==), tokens_asis);\n");
        browser.await("document.querySelector('#problems .problem.error')");
        assertThat(text("#problems")).contains("Unknown name 'lenght'").contains("E0201, line 1");
        browser.script("document.querySelector('#problems button.primary').click();");
        browser.await("!document.querySelector('.problem.error') && document.querySelector('[data-sop=opposite]')");
        assertThat(browser.script("return document.getElementById('source').value;")
                        .getAsString())
                .startsWith("opposite = length - indices - 1;");
    }

    @Test
    void aChangedTokenChangesTheAnswer() throws IOException, InterruptedException {
        show("#program=hist&input=aba");
        String before = text(".row.answer");
        browser.script("document.querySelector('#input [data-token=\"1\"]').click();");
        browser.script("document.querySelector('#input input').value = 'a';");
        browser.script("document.querySelector('#input input').focus();");
        browser.press(ENTER);
        browser.await("location.hash.includes('input=aaa')");
        assertThat(text(".row.answer")).isNotEqualTo(before);
    }

    @Test
    void whatAProgramSaysStaysText() throws IOException, InterruptedException {
        String hostile = "#@ vocab [\"</script><img src=x onerror=window.hacked=1>\", \"b\"]\n#@ max_length 3\n"
                + "#@ example [\"</script><img src=x onerror=window.hacked=1>\", \"b\"]\nx = tokens;\n";
        show("#source="
                + java.net.URLEncoder.encode(hostile, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20"));
        assertThat(browser.script("return window.hacked === undefined;").getAsBoolean())
                .isTrue();
        assertThat(browser.script("return document.images.length;").getAsInt()).isZero();
        assertThat(text("#stage")).contains("</script>");
    }

    @Test
    void aProgramWithoutEndIsStopped() throws IOException, InterruptedException {
        show("#program=reverse");
        type("def f(n) { return 0 if n == 0 else f(n - 1) + f(n - 1); }\nx = f(60);\n");
        browser.await("document.querySelector('.problem.error') || document.getElementById('stop')");
        browser.press("l");
        assertThat(browser.script("return document.querySelector('#sentence').textContent.length > 0;")
                        .getAsBoolean())
                .isTrue();
    }

    @Test
    void theMachineIsAGridAndTheSentenceIsSpoken() throws IOException, InterruptedException {
        show("#program=sort");
        assertThat(browser.script("return document.querySelector('[role=grid] [role=gridcell]') !== null;")
                        .getAsBoolean())
                .isTrue();
        assertThat(browser.script("return document.querySelector('#sentence').getAttribute('aria-live');")
                        .getAsString())
                .isEqualTo("polite");
    }

    @Test
    void noTextIsSmallAndInALectureAllIsLarge() throws IOException, InterruptedException {
        show("#program=sort&step=2");
        assertThat(smallestText()).isGreaterThanOrEqualTo(12);
        browser.press("l");
        browser.await("document.body.classList.contains('lecture')");
        assertThat(smallestText()).isGreaterThanOrEqualTo(18);
    }

    /** Every head and every group of units of every example has a sentence and stands beside a line or says why not. */
    @Test
    void everyPartOfEveryExampleIsTold() throws IOException, InterruptedException {
        for (Path program : examples()) {
            show("#program=" + name(program));
            int steps = browser.script("return document.querySelectorAll('.stop').length;")
                    .getAsInt();
            for (int i = 0; i < steps; i++) {
                browser.script("document.querySelectorAll('.stop')[" + i + "].click();");
                assertThat(text("#sentence"))
                        .as(program + " step " + i)
                        .startsWith("Position ")
                        .doesNotContain("undefined");
            }
        }
    }

    @Test
    void scriptsGetWhatTheCommandLinePrints() throws IOException, InterruptedException {
        show("#program=reverse");
        String source = Files.readString(EXAMPLES.resolve("reverse.rasp"));
        JsonObject here = engine("run", source, 1);
        JsonObject there = browser.promise("await rasplens.run({source: arguments[0], input: [1, 2, 3]})", source)
                .getAsJsonObject();
        for (String field :
                List.of("sop", "input", "token_ids", "output", "expected", "match", "optimization", "model")) {
            assertThat(there.get(field)).as(field).isEqualTo(here.get(field));
        }
    }

    @Test
    void allActivationsOfAllExamplesAreTheSameBits() throws IOException, InterruptedException {
        show("#program=reverse");
        for (Path program : examples()) {
            String source = Files.readString(program);
            for (int level : new int[] {0, 1, 2}) {
                JsonObject here = engine("cache", source, level);
                JsonElement there = browser.promise(
                        "(async () => { " + HASH
                                + " const answer = await rasplens.cache({source: arguments[0], level: arguments[1]});"
                                + " if (answer.error) return answer.error.code; for (const one of"
                                + " Object.values(answer.activations)) mix(one.values); return hash; })()",
                        source,
                        level);
                assertThat(there.getAsString()).as(program + " -O" + level).isEqualTo(hash(here));
            }
        }
    }

    private static String hash(JsonObject answer) {
        if (answer.has("error")) {
            return answer.getAsJsonObject("error").get("code").getAsString();
        }
        int[] hash = {17};
        answer.getAsJsonObject("activations")
                .entrySet()
                .forEach(entry -> mix(entry.getValue().getAsJsonObject().get("values"), hash));
        return Integer.toString(hash[0]);
    }

    private static void mix(JsonElement element, int[] hash) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(item -> mix(item, hash));
            return;
        }
        String text = element.getAsString();
        double value = text.equals("inf")
                ? Double.POSITIVE_INFINITY
                : text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
        long bits = Double.doubleToLongBits(value);
        hash[0] = hash[0] * 31 + (int) (bits >>> 32);
        hash[0] = hash[0] * 31 + (int) bits;
    }

    private static JsonObject engine(String verb, String source, int level) {
        return new PageEngine()
                .answer(
                        verb,
                        PageRequest.of(ImmutableListMultimap.of("source", source, "level", Integer.toString(level))));
    }

    private void show(String hash) throws IOException, InterruptedException {
        browser.go(page + hash);
        browser.await("document.querySelector('.grid')");
    }

    private void type(String program) throws IOException, InterruptedException {
        browser.script(
                "const field = document.getElementById('source'); field.focus(); field.value = arguments[0];"
                        + " field.dispatchEvent(new Event('input', {bubbles: true})); field.blur();",
                program);
    }

    private String text(String selector) throws IOException, InterruptedException {
        return browser.script("return document.querySelector(arguments[0])?.textContent ?? '';", selector)
                .getAsString();
    }

    private double smallestText() throws IOException, InterruptedException {
        return browser.script("""
            let least = 99;
            for (const node of document.querySelectorAll('body *')) {
              if (!node.getClientRects().length || node.closest('.hidden')) continue;
              if ([...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) least = Math.min(least, parseFloat(getComputedStyle(node).fontSize));
            }
            return least;\
            """).getAsDouble();
    }

    private static ImmutableList<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".rasp"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
    }

    private static String name(Path program) {
        return String.valueOf(program.getFileName()).replace(".rasp", "");
    }
}
