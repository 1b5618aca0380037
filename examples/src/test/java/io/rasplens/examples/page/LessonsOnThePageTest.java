package io.rasplens.examples.page;

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
