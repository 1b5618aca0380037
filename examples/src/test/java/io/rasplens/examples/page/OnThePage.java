package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import io.rasplens.runtime.view.page.PageHtml;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The built page in Chromium; skipped with a word where there is none. Whatever a test does, the console stays silent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnThePage {
    static final Path EXAMPLES = Path.of("").toAbsolutePath();
    static final String RIGHT = "\ue014";
    static final String LEFT = "\ue012";
    static final String ENTER = "\ue007";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    Chromium browser;

    @SuppressWarnings("NullAway.Init")
    private String page;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        assumeTrue(PageHtml.isBuilt(), "the page is not built in this run; 'mvn -B verify' builds it");
        Optional<String> missing = Chromium.missing();
        missing.ifPresent(
                what -> System.out.println("[page] skipping " + getClass().getSimpleName() + ": " + what));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Path file = folder.resolve("page.html");
        Files.writeString(file, PageHtml.of(Optional.empty()).orElseThrow());
        page = file.toUri().toString();
        browser = Chromium.start();
        browser.size(1600, 1000, 1);
        browser.colours("light");
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

    /** Opens the page by a link and waits for its machine. */
    void show(String hash) throws IOException, InterruptedException {
        visit(hash);
        browser.await("document.querySelector('.grid .answer')");
        settled();
    }

    /** Opens the page by a link. */
    void visit(String hash) throws IOException, InterruptedException {
        browser.go(page + hash);
    }

    /** Waits until nothing is being computed. */
    void settled() throws IOException, InterruptedException {
        browser.await("document.getElementById('middle').ariaBusy === 'false'");
    }

    /** Puts a text into the editor, as typing does, and leaves it. */
    void type(String program) throws IOException, InterruptedException {
        browser.script(
                "const field = document.getElementById('source'); field.focus(); field.value = arguments[0];"
                        + " field.dispatchEvent(new Event('input', {bubbles: true})); field.blur();",
                program);
    }

    String text(String selector) throws IOException, InterruptedException {
        return browser.script("return document.querySelector(arguments[0])?.textContent ?? '';", selector)
                .getAsString();
    }

    void click(String selector) throws IOException, InterruptedException {
        browser.script("document.querySelector(arguments[0]).click();", selector);
    }

    int count(String selector) throws IOException, InterruptedException {
        return browser.script("return document.querySelectorAll(arguments[0]).length;", selector)
                .getAsInt();
    }

    /** What a row of the machine shows, position by position. */
    ImmutableList<String> row(String sop) throws IOException, InterruptedException {
        JsonElement cells = browser.script(
                "return [...document.querySelectorAll('#stage [data-sop=\"' + arguments[0] + '\"]')].map(x => x.textContent);",
                sop);
        return cells.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .collect(ImmutableList.toImmutableList());
    }

    static String inAddress(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static ImmutableList<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".rasp"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
    }

    static String name(Path program) {
        return String.valueOf(program.getFileName()).replace(".rasp", "");
    }
}
