package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The course, taken on the page. */
class LessonsOnThePageTest extends OnThePage {
    private static final Path LESSONS = EXAMPLES.resolve("lessons");

    /** Every link of every lesson leads to a step, pressed in the lesson; the first of each also by its address. */
    @Test
    void eachLessonOpensAndItsLinksLeadToTheirSteps() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        for (String lesson : lessons()) {
            String number = lesson.substring(0, 2);
            String first = firstLink(lesson);
            show("#lesson=" + number + "&" + first);
            String sentence = text("#sentence");
            softly.assertThat(text("#lesson"))
                    .as(lesson)
                    .contains("Predict")
                    .contains("Look")
                    .contains("Change");
            int links = count("#lesson .looks a");
            softly.assertThat(links).as(lesson).isPositive();
            for (int i = links - 1; i >= 0; i--) {
                browser.script("document.querySelectorAll('#lesson .looks a')[arguments[0]].click();", i);
                settled();
                String link = browser.script(
                                "return document.querySelectorAll('#lesson .looks a')[arguments[0]].getAttribute('href');",
                                i)
                        .getAsString();
                String at = lesson + " " + link;
                softly.assertThat(text("#banner .problem")).as(at).isEmpty();
                if (link.contains("levels=")) {
                    softly.assertThat(count(".pane .grid")).as(at).isGreaterThan(1);
                } else if (link.contains("sop=")) {
                    softly.assertThat(count(".stop.on:not(:first-child)"))
                            .as(at + " opens a step")
                            .isOne();
                }
            }
            softly.assertThat(text("#sentence")).as(lesson + " " + first).isEqualTo(sentence);
        }
        softly.assertAll();
    }

    /** Whoever presses a link in a lesson goes on reading where it stands; the program goes to its line. */
    @Test
    void aLessonStaysWhereItIsRead() throws IOException, InterruptedException {
        show("#lesson=10");
        browser.script("document.querySelector('#lesson .looks a').scrollIntoView({block: 'center'});");
        int before = browser.script("return document.getElementById('lesson').scrollTop;")
                .getAsInt();
        assertThat(before).isPositive();
        click("#lesson .looks li:nth-child(3) a");
        settled();
        assertThat(browser.script("return document.getElementById('lesson').scrollTop;")
                        .getAsInt())
                .isEqualTo(before);
        assertThat(browser.script("""
                const line = document.querySelector('#gutter .on').getBoundingClientRect();
                const room = document.getElementById('text').getBoundingClientRect();
                return line.top >= room.top - 1 && line.bottom <= room.bottom + 1;
                """).getAsBoolean()).isTrue();
    }

    /** Where there is no room for both, a lesson that is opened lies over the machine until one of its links is pressed. */
    @Test
    void aNarrowPageShowsTheLessonThatIsOpened() throws IOException, InterruptedException {
        try {
            browser.size(1024, 768, 1);
            show("#lesson=02");
            assertThat(browser.script("return document.getElementById('lesson').checkVisibility();")
                            .getAsBoolean())
                    .isTrue();
            assertThat(text("#programbutton")).isEqualTo("Lesson");
            click("#lesson .looks a");
            settled();
            assertThat(browser.script("return document.getElementById('lesson').checkVisibility();")
                            .getAsBoolean())
                    .isFalse();
        } finally {
            browser.size(1600, 1000, 1);
        }
    }

    /** A failed exercise says position by position what was expected, what strays first, and leads there. */
    @Test
    void aFailedTestLeadsToWhatStrays() throws IOException, InterruptedException {
        show("#lesson=12");
        visit("#lesson=12&exercise=A");
        browser.await("document.querySelector('#runtests')");
        settled();
        run(Files.readString(LESSONS.resolve("mistakes/12-exA.rasp")));
        assertThat(count("#lesson .outcome .astray")).isPositive();
        assertThat(text("#lesson .problem")).contains("goes astray first");
        browser.script(
                "[...document.querySelectorAll('#lesson .problem button')].find((b) => b.textContent.startsWith('Step')).click();");
        settled();
        assertThat(count(".stop.on:not(:first-child)")).isOne();
    }

    /** What the first link of a lesson's text asks for. */
    private static String firstLink(String lesson) throws IOException {
        String text = Files.readString(LESSONS.resolve(lesson));
        int from = text.indexOf("](#", text.indexOf("## Look")) + 3;
        return text.substring(from, text.indexOf(')', from));
    }

    @Test
    void exercisesAreSolvedAndMistakesAreTaught() throws IOException, InterruptedException {
        var softly = new SoftAssertions();
        show("#lesson=01");
        for (String lesson : lessons()) {
            for (String letter : new String[] {"A", "B"}) {
                String exercise = lesson.substring(0, 2) + "-ex" + letter;
                browser.script(
                        "location.hash = arguments[0];", "lesson=" + lesson.substring(0, 2) + "&exercise=" + letter);
                browser.await(
                        "document.querySelector('#runtests') && document.querySelector('#lesson').textContent.includes('Exercise "
                                + letter + ":') && document.querySelector('.lessonno').textContent.startsWith('Lesson "
                                + Integer.parseInt(lesson.substring(0, 2)) + " ')");
                softly.assertThat(text("#lesson")).as(exercise).contains("Hint 1 of 3");
                run(Files.readString(LESSONS.resolve("mistakes/" + exercise + ".rasp")));
                softly.assertThat(text("#lesson .problem"))
                        .as(exercise + ", mistake")
                        .containsPattern("[0-9]+ of [0-9]+ tests? fail");
                softly.assertThat(text("#lesson .problem pre"))
                        .as(exercise + ", mistake")
                        .isNotEmpty();
                run(Files.readString(LESSONS.resolve("solutions/" + exercise + ".rasp")));
                softly.assertThat(text("#lesson .passed")).as(exercise).containsPattern("All [0-9]+ tests pass");
            }
        }
        softly.assertAll();
    }

    private void run(String program) throws IOException, InterruptedException {
        type(program);
        browser.script("document.querySelectorAll('#lesson .problem, #lesson .passed').forEach((x) => x.remove());");
        click("#runtests");
        browser.await("document.querySelector('#lesson .problem, #lesson .passed')");
    }

    private static ImmutableList<String> lessons() throws IOException {
        try (Stream<Path> files = Files.list(LESSONS)) {
            return files.map(OnThePage::name)
                    .filter(name -> name.matches("[0-9]{2}-.*\\.md"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
    }
}
