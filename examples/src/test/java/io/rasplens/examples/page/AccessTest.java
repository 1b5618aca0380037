package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** For whoever has no mouse, or no eyes on the page: what the browser tells a screen reader, and what the keyboard alone can do. */
class AccessTest extends OnThePage {
    private static final String TAB = "\ue004";
    private static final String ESCAPE = "\ue00c";
    private static final String DOWN = "\ue015";
    private static final String SPACE = " ";

    /** Roles of what one works with, or what one is told by: none of these may be without a name. */
    private static final ImmutableSet<String> NAMED = ImmutableSet.of(
            "button",
            "textbox",
            "combobox",
            "checkbox",
            "tab",
            "link",
            "listbox",
            "option",
            "grid",
            "gridcell",
            "columnheader",
            "rowheader",
            "table",
            "dialog",
            "region",
            "tablist",
            "tabpanel",
            "group",
            "image");

    @Test
    void whatOneWorksWithHasAName() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (String at : List.of(
                "#program=reverse",
                "#program=sort&step=2",
                "#program=sort&step=2&lens=scores",
                "#program=hist&step=1&lens=weights",
                "#program=hist&step=2",
                "#program=reverse&set=opposite[1]=0&step=3",
                "#program=hist&levels=0,1",
                "#program=hist&other=bbbb",
                "#program=reverse&lecture=1&step=3",
                "#lesson=05",
                "#lesson=05&exercise=A")) {
            visit(at);
            browser.await("document.querySelector('.grid .answer, #runtests')");
            settled();
            named(softly, at);
        }
        browser.press("?");
        browser.await("document.getElementById('keys').open");
        named(softly, "keys");
        softly.assertAll();
    }

    private void named(SoftAssertions softly, String at) throws IOException, InterruptedException {
        int found = 0;
        for (JsonElement element : browser.command("Accessibility.getFullAXTree", Map.of())
                .getAsJsonObject()
                .getAsJsonArray("nodes")) {
            JsonObject node = element.getAsJsonObject();
            String role = value(node, "role");
            if (node.get("ignored").getAsBoolean()
                    || !NAMED.contains(role)
                    || (role.equals("group") && !labelled(node))) {
                continue;
            }
            found++;
            softly.assertThat(value(node, "name"))
                    .as(at + ": a " + role + " " + node)
                    .isNotBlank();
        }
        softly.assertThat(found).as(at).isGreaterThan(3);
    }

    /** Chromium calls details and option groups groups too: these are named by what stands in them. */
    private static boolean labelled(JsonObject node) {
        return node.has("properties") && node.get("properties").toString().contains("\"focusable\"");
    }

    private static String value(JsonObject node, String key) {
        JsonObject one = node.getAsJsonObject(key);
        return one == null || !one.has("value") ? "" : one.get("value").getAsString();
    }

    /** Each step's sentence comes into one region that is read out, once and whole; what is wrong comes into another. */
    @Test
    void sentencesAndErrorsAreReadOut() throws IOException, InterruptedException {
        show("#program=sort");
        browser.script(
                "globalThis.heard = []; new MutationObserver(() => heard.push(document.getElementById('sentence').textContent))"
                        + ".observe(document.getElementById('sentence'), {childList: true, subtree: true, characterData: true});");
        int steps = count(".stop");
        for (int step = 1; step < steps; step++) {
            browser.press(RIGHT);
            String sentence = text("#sentence");
            List<JsonElement> heard =
                    browser.script("return heard;").getAsJsonArray().asList();
            assertThat(heard).hasSize(step);
            assertThat(heard.get(step - 1).getAsString()).isEqualTo(sentence).endsWith(".");
        }
        assertThat(live("#sentence")).isEqualTo("polite");
        type("hist = selector_width(sme);");
        browser.await("document.querySelector('#problems .problem')");
        assertThat(text("#problems")).contains("sme");
        assertThat(live("#problems")).isEqualTo("polite");
        settled();
        assertThat(live("#banner")).isEqualTo("polite");
    }

    /** How the browser itself understands that a place is read out. */
    private String live(String selector) throws IOException, InterruptedException {
        browser.command("DOM.getDocument", Map.of());
        JsonObject root = browser.command("DOM.getDocument", Map.of()).getAsJsonObject();
        int document = root.getAsJsonObject("root").get("nodeId").getAsInt();
        int node = browser.command("DOM.querySelector", Map.of("nodeId", document, "selector", selector))
                .getAsJsonObject()
                .get("nodeId")
                .getAsInt();
        JsonElement tree =
                browser.command("Accessibility.getPartialAXTree", Map.of("nodeId", node, "fetchRelatives", false));
        for (JsonElement property : tree.getAsJsonObject()
                .getAsJsonArray("nodes")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("properties")) {
            if (property.getAsJsonObject().get("name").getAsString().equals("live")) {
                return property.getAsJsonObject()
                        .getAsJsonObject("value")
                        .get("value")
                        .getAsString();
            }
        }
        return "off";
    }

    /** Whatever can be pressed is met by Tab, or stands in the grid, which arrows walk, or has a key or a button elsewhere that does the same. */
    @Test
    void tabComesToEverything() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (String at : List.of("#program=sort&step=2", "#lesson=05", "#program=hist&levels=0,1")) {
            show(at);
            browser.script("document.activeElement.blur();");
            int most = browser.script(
                                    "return document.querySelectorAll('button, a, input, select, textarea, summary').length;")
                            .getAsInt()
                    + 40;
            browser.script(
                    "globalThis.met = new Set(); document.addEventListener('focusin', (event) => met.add(event.target));");
            for (int i = 0; i < most; i++) {
                boolean editor = browser.script("return document.activeElement.id === 'source';")
                        .getAsBoolean();
                if (editor) {
                    browser.press(ESCAPE);
                }
                browser.press(TAB);
            }
            String missed = browser.script("""
                    const elsewhere = '.badge, .colhead, .lanehead, [role=gridcell], .bandname';
                    return [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
                      .filter((node) => node.checkVisibility() && !node.disabled && !node.matches(elsewhere) && !met.has(node))
                      .map((node) => node.id || node.className || node.textContent).join('; ');
                    """).getAsString();
            softly.assertThat(missed).as(at).isEmpty();
        }
        softly.assertAll();
    }

    @Test
    void theKeyboardAloneSetsAValueAndTakesOutAHead() throws IOException, InterruptedException {
        show("#program=reverse");
        focus("#stage .chip[tabindex='0']");
        for (int i = 0; i < count("#stage .row"); i++) {
            if (!browser.script("return document.activeElement.dataset.sop === 'opposite';")
                    .getAsBoolean()) {
                browser.press(DOWN);
            }
        }
        browser.press(".", ENTER);
        browser.await("document.activeElement.matches('#stage input.field')");
        browser.press("0", ENTER);
        browser.await("document.querySelector('.editbanner')");
        settled();
        assertThat(text(".editbanner")).contains("opposite[1] = 0");
        assertThat(row("reverse").get(1)).contains("→1");
        assertThat(browser.script("return document.activeElement.dataset.sop;").getAsString())
                .isEqualTo("opposite");
        focus(".editbanner button");
        browser.press(ENTER);
        browser.await("!document.querySelector('.editbanner')");
        settled();
        show("#program=reverse&step=3");
        browser.script(
                "[...document.querySelectorAll('#lens button')].find((b) => b.textContent.startsWith('Knock')).focus();");
        browser.press(SPACE);
        browser.await("document.querySelector('.band.out')");
        settled();
        assertThat(text("#sentence")).contains("knocked out");
    }

    /** Whoever can't point at a lane of the stream presses its name in the lens. */
    @Test
    void lanesAreReachedFromTheLens() throws IOException, InterruptedException {
        show("#program=reverse");
        focus("#lens .lanename button");
        browser.press(ENTER);
        assertThat(text("#lens")).contains("written by", "read by");
        browser.press(ESCAPE);
        assertThat(text("#lens h2")).isEqualTo("The embedding");
    }

    /** What has no room in the bar of a narrow or enlarged page is in the list of keys. */
    @Test
    void whatHasNoRoomIsAmongTheKeys() throws IOException, InterruptedException {
        try {
            browser.size(700, 600, 2);
            show("#program=hist");
            assertThat(browser.script("return document.getElementById('theme').checkVisibility();")
                            .getAsBoolean())
                    .isFalse();
            focus("#help");
            browser.press(ENTER);
            browser.await("document.getElementById('keys').open");
            browser.script(
                    "[...document.querySelectorAll('#keys button')].find((b) => b.textContent === 'light or dark').focus();");
            browser.press(ENTER);
            assertThat(browser.script("return document.documentElement.dataset.theme;")
                            .getAsString())
                    .isEqualTo("dark");
            assertThat(browser.script("return document.getElementById('keys').open;")
                            .getAsBoolean())
                    .isFalse();
        } finally {
            browser.size(1600, 1000, 1);
        }
    }

    private void focus(String selector) throws IOException, InterruptedException {
        browser.script("document.querySelector(arguments[0]).focus();", selector);
    }
}
