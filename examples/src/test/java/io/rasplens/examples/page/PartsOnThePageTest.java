package io.rasplens.examples.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Whatever the machine of an example consists of is told, drawn, and stands beside the line that it was made of. */
class PartsOnThePageTest extends OnThePage {
    /** Goes through all steps of what is shown and gathers what is said and drawn of each. */
    private static final String TOUR = """
        const told = [];
        for (const stop of [...document.querySelectorAll('.stop')].keys()) {
          document.querySelectorAll('.stop')[stop].click();
          const open = document.querySelector('.band.open');
          const lens = document.querySelector('#lens');
          told.push({
            step: document.querySelectorAll('.stop')[stop].textContent,
            sentence: document.querySelector('#sentence').textContent,
            general: document.querySelector('#general').textContent,
            part: open ? open.dataset.part : '',
            head: Boolean(open && open.classList.contains('head')),
            shapes: open ? open.querySelectorAll('.arcs path, .arcs line').length : 0,
            selector: Boolean(lens.querySelector('table[aria-label=selector]')),
            pattern: Boolean(lens.querySelector('table[aria-label="attention pattern"]')),
            keys: lens.querySelectorAll('table[aria-label=selector] .cell').length,
            line: Boolean(lens.querySelector('button.line')),
            badge: open ? [...document.querySelectorAll('.badge')].some((b) => b.title.split(/[ ,]+/).includes(open.dataset.part)) : true,
          });
        }
        return told;
        """;

    @Test
    void everyStepOfEveryExampleIsToldAndDrawnBesideItsLine() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (Path program : examples()) {
            show("#program=" + name(program));
            JsonArray tour = browser.script(TOUR).getAsJsonArray();
            softly.assertThat(tour.size()).as(name(program)).isGreaterThan(2);
            for (JsonElement element : tour) {
                check(softly, name(program), element.getAsJsonObject());
            }
        }
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, String program, JsonObject step) {
        String at = program + ", " + step.get("step").getAsString();
        String sentence = step.get("sentence").getAsString();
        softly.assertThat(sentence).as(at).startsWith("Position ").endsWith(".");
        for (String hollow : unsaid(sentence + " " + step.get("general").getAsString())) {
            softly.fail("%s says '%s': %s", at, hollow, sentence);
        }
        if (step.get("part").getAsString().isEmpty()) {
            return;
        }
        softly.assertThat(step.get("badge").getAsBoolean())
                .as(at + " has a badge")
                .isTrue();
        softly.assertThat(step.get("line").getAsBoolean())
                .as(at + " has a line")
                .isTrue();
        if (step.get("head").getAsBoolean()) {
            softly.assertThat(step.get("selector").getAsBoolean())
                    .as(at + " shows its selector")
                    .isTrue();
            softly.assertThat(step.get("pattern").getAsBoolean())
                    .as(at + " shows its pattern")
                    .isTrue();
            if (step.get("keys").getAsInt() > 0) {
                softly.assertThat(step.get("shapes").getAsInt())
                        .as(at + " draws its arcs")
                        .isPositive();
            }
        }
    }

    private static List<String> unsaid(String text) {
        var found = new ArrayList<String>();
        for (String hollow :
                new String[] {"undefined", "null", "NaN", "[object", "does not say", "something", "#", "? "}) {
            if (text.contains(hollow)) {
                found.add(hollow);
            }
        }
        return found;
    }
}
