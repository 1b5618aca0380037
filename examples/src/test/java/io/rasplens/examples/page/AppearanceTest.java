package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Legible in both colours, at every width, enlarged, and from the back row. */
class AppearanceTest extends OnThePage {
    /** All texts that can be seen: what they say, how large, and the contrast with what they stand on. */
    private static final String TEXTS = """
        const rgb = (text) => (text.match(/[0-9.]+/g) ?? []).map(Number);
        const linear = (x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
        const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const behind = (node) => {
          for (let at = node; at; at = at.parentElement) {
            const colour = rgb(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
          }
          return [255, 255, 255];
        };
        const out = [];
        for (const node of document.querySelectorAll('body *')) {
          if (['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(node.tagName) || !node.checkVisibility() || node.closest('.hidden, [hidden]')) continue;
          if (![...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
          const style = getComputedStyle(node);
          const svg = node instanceof SVGElement;
          const a = luminance(rgb(svg ? style.fill : style.color));
          const b = luminance(behind(node));
          out.push([node.textContent.trim().slice(0, 30), parseFloat(style.fontSize), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.disabled || Boolean(node.closest(':disabled'))]);
        }
        return out;
        """;

    @Test
    void lightAndDarkAreLegible() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (String theme : List.of("light", "dark")) {
            for (String at : List.of(
                    "#program=sort&step=2&position=1", "#program=hist", "#lesson=05", "#lesson=15&set=opposite[1]=0")) {
                show(at + "&theme=" + theme);
                for (JsonElement element : browser.script(TEXTS).getAsJsonArray()) {
                    var text = element.getAsJsonArray();
                    String what = theme + " " + at + ": " + text.get(0).getAsString();
                    softly.assertThat(text.get(1).getAsDouble()).as(what).isGreaterThanOrEqualTo(12);
                    if (!text.get(3).getAsBoolean()) {
                        softly.assertThat(text.get(2).getAsDouble()).as(what).isGreaterThanOrEqualTo(4.5);
                    }
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void darkFollowsTheSystemUntilOneIsChosen() throws IOException, InterruptedException {
        try {
            browser.colours("dark");
            show("#program=hist");
            assertThat(background()).isEqualTo("rgb(23, 27, 32)");
            browser.press("t");
            assertThat(background()).isEqualTo("rgb(255, 255, 255)");
        } finally {
            browser.colours("light");
        }
        show("#program=hist");
        assertThat(background()).isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void aLectureIsLarge() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (String at : List.of(
                "#program=reverse&step=3",
                "#program=hist&step=1",
                "#program=hist&step=2",
                "#program=sort&step=1",
                "#lesson=02")) {
            show(at);
            browser.press("l");
            browser.await("document.body.classList.contains('lecture')");
            for (JsonElement element : browser.script(TEXTS).getAsJsonArray()) {
                softly.assertThat(element.getAsJsonArray().get(1).getAsDouble())
                        .as(at + ": " + element)
                        .isGreaterThanOrEqualTo(18);
            }
            softly.assertThat(browser.script(
                                    "return parseFloat(getComputedStyle(document.getElementById('sentence')).fontSize);")
                            .getAsDouble())
                    .isGreaterThanOrEqualTo(32);
        }
        softly.assertAll();
    }

    /** Nothing lies outside of the page, nothing covers what one works with; 800 pixels are 1600 enlarged to 200 %. */
    @Test
    void nothingOverflowsAtAnyWidth() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        try {
            for (int[] size : new int[][] {{1024, 768}, {1366, 768}, {2560, 1440}, {800, 500}}) {
                browser.size(size[0], size[1], size[0] == 800 ? 2 : 1);
                for (String at : List.of(
                        "#program=reverse&step=3",
                        "#program=addition&step=3",
                        "#program=dyck1_ptf&step=2",
                        "#lesson=05",
                        "#program=hist&levels=0,1",
                        "#program=inference&step=9",
                        "#program=hist&lecture=1&step=1")) {
                    show(at);
                    String what = size[0] + " " + at;
                    softly.assertThat(browser.script("return document.scrollingElement.scrollWidth - innerWidth;")
                                    .getAsInt())
                            .as(what)
                            .isLessThanOrEqualTo(0);
                    softly.assertThat(browser.script(OUTSIDE).toString())
                            .as(what)
                            .isEqualTo("[]");
                    for (JsonElement element : browser.script(TEXTS).getAsJsonArray()) {
                        softly.assertThat(element.getAsJsonArray().get(1).getAsDouble())
                                .as(what + element)
                                .isGreaterThanOrEqualTo(12);
                    }
                }
            }
        } finally {
            browser.size(1600, 1000, 1);
        }
        softly.assertAll();
    }

    /**
     * What can't be reached or read: buttons that stick out, parts of the bar over each other, values and names that are cut without saying
     * themselves whole when pointed at, texts of the machine that lie over another.
     */
    private static final String OUTSIDE = """
        const out = [];
        const shown = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 0;
        const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        for (const node of document.querySelectorAll('#bar button:not(.token), #bar select, #stepper .arrows button, #sentence')) {
          if (!shown(node)) continue;
          const box = node.getBoundingClientRect();
          if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) out.push('outside: ' + (node.id || node.textContent));
        }
        const boxes = [...document.querySelectorAll('#bar > *')].filter(shown).map((x) => [x, x.getBoundingClientRect()]);
        for (const [x, a] of boxes) for (const [y, b] of boxes) if (x !== y && over(a, b)) out.push((x.id || x.className) + ' overlaps ' + (y.id || y.className));
        for (const node of document.querySelectorAll('#stage .chip, #stage .operand .name, #stage .rowlabel .name, .stop .clip')) {
          const title = node.title || node.closest('[title]')?.title;
          if (shown(node) && node.scrollWidth > node.clientWidth + 1 && !title) out.push('cut: ' + node.textContent);
        }
        for (const node of document.querySelectorAll('#stage .bandname .two')) if (shown(node) && node.scrollHeight > node.clientHeight + 3 && !node.title) out.push('cut: ' + node.textContent);
        for (const grid of document.querySelectorAll('#stage .grid')) {
          const texts = [...grid.querySelectorAll('.chip, .bandtitle, .bandname .two, .operand, .share, .writes, .row > .rowlabel .name, .says, .spare span')].filter(shown).map((node) => [node, node.getBoundingClientRect()]);
          for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
            if (!texts[i][0].contains(texts[j][0]) && over(texts[i][1], texts[j][1])) out.push(texts[i][0].textContent + ' lies over ' + texts[j][0].textContent);
          }
        }
        const sentence = document.querySelector('#sentence');
        if (sentence.scrollHeight > sentence.clientHeight + 2) out.push('the sentence is cut');
        return out;
        """;

    private String background() throws IOException, InterruptedException {
        return browser.script("return getComputedStyle(document.body).backgroundColor;")
                .getAsString();
    }
}
