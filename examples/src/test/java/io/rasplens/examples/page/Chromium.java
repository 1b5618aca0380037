package io.rasplens.examples.page;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium, driven by chromedriver in the words of the W3C's WebDriver protocol. */
final class Chromium implements AutoCloseable {
    /** So long that a machine which does much else meanwhile is never taken for a page that hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Gson GSON = new Gson();

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private String session = "";

    private Chromium(Process driver, int port) {
        this.driver = driver;
        this.address = "http://127.0.0.1:" + port;
    }

    /** Whether browser and driver are there, and if not what is missing. */
    static Optional<String> missing() {
        for (String program : List.of("chromedriver", "chromium")) {
            if (find(program).isEmpty()) {
                return Optional.of("no " + program + " here: on Debian, apt-get install chromium chromium-driver");
            }
        }
        return Optional.empty();
    }

    static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process driver = new ProcessBuilder("chromedriver", "--port=" + port)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var browser = new Chromium(driver, port);
        browser.awaitDriver();
        browser.open();
        return browser;
    }

    private void awaitDriver() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                request("GET", "/status", null);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("chromedriver does not answer", e);
                }
                Thread.sleep(100);
            }
        }
    }

    private void open() throws IOException, InterruptedException {
        var options = Map.of(
                "binary",
                find("chromium").orElseThrow().toString(),
                "args",
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--force-device-scale-factor=1"));
        JsonElement value = request(
                "POST",
                "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of("goog:loggingPrefs", Map.of("browser", "ALL"), "goog:chromeOptions", options))));
        session = "/session/" + value.getAsJsonObject().get("sessionId").getAsString();
        request("POST", session + "/timeouts", Map.of("script", PATIENCE.toMillis(), "pageLoad", PATIENCE.toMillis()));
    }

    /** A command of Chromium's own protocol. */
    JsonElement command(String name, Map<String, Object> parameters) throws IOException, InterruptedException {
        return request("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
    }

    /** The room that a page has, in CSS pixels, and how many of the screen's make one of them. */
    void size(int width, int height, double scale) throws IOException, InterruptedException {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
    }

    /** What the system prefers: light or dark. */
    void colours(String scheme) throws IOException, InterruptedException {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Processor time of the browser and all that it started, up to now. */
    Duration worked() {
        return Stream.concat(Stream.of(driver.toHandle()), driver.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    void go(String url) throws IOException, InterruptedException {
        request("POST", session + "/url", Map.of("url", "about:blank"));
        request("POST", session + "/url", Map.of("url", url));
    }

    /** What a script returns. */
    JsonElement script(String script, Object... arguments) throws IOException, InterruptedException {
        return request("POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** What a promise comes to. */
    JsonElement promise(String expression, Object... arguments) throws IOException, InterruptedException {
        String script = "const done = arguments[arguments.length - 1]; (async () => { return " + expression
                + "; })().then(done, (e) => done({thrown: String(e)}));";
        return request("POST", session + "/execute/async", Map.of("script", script, "args", List.of(arguments)));
    }

    /** Waits until an expression is true. */
    void await(String expression) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!script("return Boolean(" + expression + ");").getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came true: " + expression + "; the page says: "
                        + script("return document.body.innerText.slice(0, 2000);"));
            }
            Thread.sleep(50);
        }
    }

    /** Presses keys, one after the other; WebDriver's codes for those without a character. */
    void press(String... keys) throws IOException, InterruptedException {
        var actions = new ArrayList<Map<String, Object>>();
        for (String key : keys) {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        }
        request(
                "POST",
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
    }

    /** What the browser's console was told since this was asked last. */
    List<String> console() throws IOException, InterruptedException {
        JsonArray entries =
                request("POST", session + "/se/log", Map.of("type", "browser")).getAsJsonArray();
        var lines = new ArrayList<String>();
        entries.forEach(
                entry -> lines.add(entry.getAsJsonObject().get("message").getAsString()));
        return lines;
    }

    private JsonElement request(String method, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE.plusMinutes(1))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(GSON.toJson(body)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonObject answer = JsonParser.parseString(response.body()).getAsJsonObject();
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return answer.get("value");
    }

    @Override
    public void close() {
        try {
            request("DELETE", session, null);
        } catch (IOException | IllegalStateException e) {
            // The driver ends it below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        driver.descendants().forEach(ProcessHandle::destroy);
        driver.destroy();
    }
}
