package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a learner does with a program: write it, mend it, step through it, touch it. */
class LearningTest extends OnThePage {
    private static final String WRONG =
            "opposite = lenght - indices - 1;\nreverse = aggregate(select(indices, opposite, ==), tokens);\n";

    @Test
    void anErrorIsToldAsOneTypesAndIsMendedByItsButton() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]");
        type("#@ vocab [1, 2, 3]\n#@ max_length 4\n" + WRONG);
        browser.await("document.querySelector('#problems .problem.error')");
        assertThat(text("#problems")).contains("Unknown name 'lenght'").contains("E0201, line 3");
        assertThat(text("#ink .wrong")).isEqualTo("lenght");
        click("#problems button.primary");
        browser.await("!document.querySelector('.problem.error')");
        settled();
        assertThat(browser.script("return document.getElementById('source').value;")
                        .getAsString())
                .contains("opposite = length - indices - 1;");
        assertThat(row("reverse")).containsExactly("3", "2", "1");
    }

    @Test
    void aNameTellsWhatItIsWhenPointedAt() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]");
        point("aggregate");
        assertThat(text("#hint")).startsWith("aggregate(selector, values").contains("mean");
        point("opposite");
        assertThat(text("#hint")).contains("length - indices - 1").contains("2  1  0");
        browser.script("document.querySelector('#source').dispatchEvent(new Event('input', {bubbles: true}));");
        browser.await("document.getElementById('hint').hidden");
        settled();
    }

    /** Points at a word of the program. */
    private void point(String word) throws IOException, InterruptedException {
        browser.script("""
                const span = [...document.querySelectorAll('#ink span:not(.comment)')].find((x) => x.textContent.includes(arguments[0]));
                span.scrollIntoView({block: 'center'});
                const range = document.createRange();
                const at = span.firstChild.data.indexOf(arguments[0]);
                range.setStart(span.firstChild, at);
                range.setEnd(span.firstChild, at + arguments[0].length);
                const box = range.getClientRects()[0];
                document.getElementById('hint').textContent = '';
                document.getElementById('source').dispatchEvent(new MouseEvent('mousemove',
                  {bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2}));
                """, word);
        browser.await("!document.getElementById('hint').hidden && document.getElementById('hint').textContent");
    }

    @Test
    void keysStepToTheEndAndTheLinkFollows() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]");
        int steps = count(".stop");
        assertThat(steps).isGreaterThan(3);
        for (int i = 1; i < steps; i++) {
            browser.press(RIGHT);
        }
        assertThat(text("#sentence")).isEqualTo("Position 0 answers 3, as the interpreter says.");
        String address = browser.script("return location.hash;").getAsString();
        assertThat(address).contains("step=" + (steps - 1));
        show(address);
        assertThat(text("#sentence")).isEqualTo("Position 0 answers 3, as the interpreter says.");
        browser.press(LEFT);
        assertThat(text("#sentence"))
                .isEqualTo("Position 0 asks for index 2. Position 2 has index 2, and brings its token 3.");
    }

    @Test
    void eachPositionIsToldWhatItAsksFor() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]&sop=reverse&position=1");
        assertThat(count(".band.open")).isOne();
        assertThat(text("#sentence"))
                .isEqualTo("Position 1 asks for index 1. Position 1 itself has index 1, and brings its token 2.");
        browser.press(".");
        assertThat(text("#sentence"))
                .isEqualTo("Position 2 asks for index 0. Position 0 has index 0, and brings its token 1.");
        assertThat(browser.script("return document.querySelector('#sentence').getAttribute('aria-live');")
                        .getAsString())
                .isEqualTo("polite");
    }

    @Test
    void aChangedTokenChangesTheAnswer() throws IOException, InterruptedException {
        show("#program=hist&input=aba");
        assertThat(row("hist")).containsExactly("2", "1", "2");
        click("#input [data-token='1']");
        browser.script("document.querySelector('#input input').value = 'a';");
        browser.press(ENTER);
        browser.await("location.hash.includes('input=aaa')");
        settled();
        assertThat(row("hist")).containsExactly("3", "3", "3");
    }

    @Test
    void aSetValueIsComputedThroughAndTheInterpreterAgrees() throws IOException, InterruptedException {
        show("#lesson=15&input=[1,2,3]");
        browser.script("document.querySelector('#stage [data-sop=opposite][data-position=\"1\"]').focus();");
        browser.press(ENTER);
        browser.script("document.querySelector('#stage input.field').value = '0';");
        browser.press(ENTER);
        browser.await("document.querySelector('.editbanner')");
        settled();
        assertThat(text(".editbanner"))
                .contains("Edited: opposite[1] = 0")
                .contains("was 1")
                .contains("Transformer and interpreter agree: both now answer 3 1 1.");
        click(".editbanner button");
        browser.await("!document.querySelector('.editbanner')");
    }

    @Test
    void aHeadThatIsKnockedOutIsMissed() throws IOException, InterruptedException {
        show("#program=reverse&input=[1,2,3]&sop=reverse");
        click("#lens > button");
        browser.await("document.querySelector('.band.out')");
        settled();
        assertThat(text("#sentence")).contains("is knocked out");
        assertThat(text("#banner") + text("#stage .interpreter")).contains("3");
        assertThat(count(".row.answer .differs")).isPositive();
    }

    @Test
    void levelsStandSideBySide() throws IOException, InterruptedException {
        show("#program=hist");
        browser.press("c");
        browser.await("document.querySelectorAll('.pane .grid').length > 1");
        assertThat(text(".panes")).contains("hidden units").contains("-O0").contains("-O1");
        browser.press("c");
        browser.await("!document.querySelector('.pane')");
    }

    @Test
    void twoInputsStandSideBySide() throws IOException, InterruptedException {
        visit("#program=hist&input=aba&other=aab&step=1");
        browser.await("document.querySelectorAll('.pane .grid').length === 2");
        settled();
        assertThat(text(".panes")).contains("This input: aba").contains("Other input: aab");
        assertThat(count(".pane .band.open")).isEqualTo(2);
        assertThat(row("hist")).containsExactly("2", "1", "2", "2", "2", "1");
        browser.press(RIGHT);
        settled();
        assertThat(count(".pane .band.open.mlp")).isEqualTo(2);
    }

    @Test
    void theMachineIsAGridOfCellsWithNames() throws IOException, InterruptedException {
        show("#program=sort");
        assertThat(count("[role=grid] [role=row] [role=gridcell]")).isPositive();
        assertThat(count("[role=grid] [tabindex='0']")).isOne();
        assertThat(browser.script("return document.querySelector('[data-sop=place][data-position=\"1\"]').ariaLabel;")
                        .getAsString())
                .startsWith("place, position 1, ");
    }

    @Test
    void aProgramThatFailsOnItsInputSaysWhere() throws IOException, InterruptedException {
        show("#source=" + inAddress("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                #@ example "ab"
                mixed = aggregate(select(1, 1, ==), tokens);
                """));
        assertThat(text("#banner")).contains("At position 0");
        assertThat(count(".grid .chip")).isPositive();
    }
}
