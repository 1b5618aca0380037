package io.rasplens.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.MoreCollectors;
import io.rasplens.examples.Shell;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.analysis.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each lesson is written as its README says, and everything that it claims holds. */
class LessonsTest {
    static final Path LESSONS = Path.of("lessons");
    private static final ImmutableSet<String> FACTS =
            ImmutableSet.of("title", "aim", "minutes", "needs", "program", "input", "layers");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]+\\]\\(#([^)]*)\\)");
    private static final Pattern LINK_PART =
            Pattern.compile("sop=[A-Za-z_0-9]+|part=(embed|stream|unembed)|position=\\d"
                    + "|lens=(selector|scores|weights)|input=[^&]+|levels=\\d(,\\d)+|set=[A-Za-z_0-9]+%5B\\d%5D=[^&]+");

    static List<String> lessons() throws IOException {
        try (Stream<Path> files = Files.list(LESSONS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d\\d-.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void keepsToTheForm(String lesson) throws IOException {
        LessonText text = text(lesson);
        assertThat(text.facts().keySet()).isEqualTo(FACTS);
        assertThat(text.facts().get("program")).isEqualTo(lesson.replace(".md", ".rasp"));
        assertThat(text.prose()).isNotEmpty();
        ImmutableList<String> headings = text.headings();
        assertThat(headings).hasSize(5).startsWith("Predict", "Look", "Change");
        assertThat(headings.get(3)).startsWith("Exercise A: ");
        assertThat(headings.get(4)).startsWith("Exercise B: ");
        assertThat(LessonText.quotations(text.section("Predict"))).hasSize(1);
        for (String exercise : List.of("Exercise A", "Exercise B")) {
            assertThat(LessonText.items(text.section(exercise))).as(exercise).hasSize(3);
            assertThat(LessonText.quotations(text.section(exercise)))
                    .as(exercise)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void itsProgramPassesItsTestsInTheLayersItTells(String lesson) throws IOException {
        LessonText text = text(lesson);
        ProgramUnderTest program = program(LESSONS.resolve(text.facts().get("program")));
        assertThat(program.outcomes()).hasSizeGreaterThan(1).allMatch(TestOutcome::passed);
        assertThat(program.model().config().nLayers())
                .isEqualTo(Integer.parseInt(text.facts().get("layers")));
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void whatItPointsAtIsThere(String lesson) throws IOException {
        LessonText text = text(lesson);
        ProgramUnderTest program = program(LESSONS.resolve(text.facts().get("program")));
        ImmutableList<String> items = LessonText.items(text.section("Look"));
        assertThat(items).hasSizeGreaterThan(1).allMatch(item -> item.startsWith("[") || item.startsWith("`rasp "));
        for (MatchResult link : LINK.matcher(String.join("\n", items)).results().toList()) {
            for (String part : link.group(1).split("&", -1)) {
                assertThat(part).matches(LINK_PART);
                if (part.startsWith("sop=") || part.startsWith("set=")) {
                    String name = part.substring("sop=".length()).split("%", -1)[0];
                    assertThat(program.elaboration().find(name)).as(part).isPresent();
                }
            }
        }
    }

    @Test
    void itsCommandsRun(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        Shell shell = Shell.withRasp(folder);
        int commands = 0;
        for (String lesson : lessons()) {
            for (String item : LessonText.items(text(lesson).section("Look"))) {
                if (item.startsWith("`")) {
                    String command = item.split("`", -1)[1];
                    assertThat(shell.run(command)).as(command).noneMatch(line -> line.startsWith("error"));
                    commands++;
                }
            }
        }
        assertThat(commands).isPositive();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void itsChangesGiveWhatItSays(String lesson) throws IOException {
        LessonText text = text(lesson);
        String source = Files.readString(LESSONS.resolve(text.facts().get("program")));
        String untested = source.replaceAll("(?m)^#@ test .*$", "");
        ImmutableList<String> items = LessonText.items(text.section("Change"));
        assertThat(items).isNotEmpty();
        for (String item : items) {
            LessonChange change = LessonChange.of(item, untested);
            TestOutcome outcome =
                    Iterables.getOnlyElement(program(item, change.tested()).outcomes());
            if (change.failure().isPresent()) {
                assertThat(outcome.interpreter()).as(item).isInstanceOf(Result.Failure.class);
                assertThat(outcome.interpreter().diagnostics().get(0).code().id())
                        .as(item)
                        .isEqualTo(change.failure().get());
            } else {
                assertThat(outcome.passed()).as(item + "\n" + outcome).isTrue();
            }
        }
    }

    static ImmutableList<String> exercises() throws IOException {
        return lessons().stream()
                .flatMap(lesson -> Stream.of("A", "B").map(which -> lesson.substring(0, 2) + "-ex" + which + ".rasp"))
                .collect(ImmutableList.toImmutableList());
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void anExerciseIsItsSolutionWithABlank(String exercise) throws IOException {
        String text = Files.readString(LESSONS.resolve(exercise));
        assertThat(text).contains("____");
        assertThat(ProgramUnderTest.of(exercise, text).diagnostics())
                .extracting(Diagnostic::message)
                .anyMatch(message -> message.contains("____"));
        String solution = Files.readString(LESSONS.resolve("solutions").resolve(exercise));
        String[] around = text.split("____", 2);
        assertThat(solution).startsWith(around[0]).endsWith(around[1]);
        assertThat(program(exercise, solution).outcomes()).hasSizeGreaterThan(1).allMatch(TestOutcome::passed);
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void theTypicalMistakeFailsOnTheInputThatExposesIt(String exercise) throws IOException {
        String text = Files.readString(LESSONS.resolve("mistakes").resolve(exercise));
        assertThat(tests(text)).isEqualTo(tests(Files.readString(LESSONS.resolve(exercise))));
        ImmutableList<TestOutcome> outcomes = program(exercise, text).outcomes();
        String exposing = after(text, "# Exposed by: ");
        assertThat(tests(text)).anyMatch(line -> line.startsWith("#@ test " + exposing + " == "));
        for (TestOutcome outcome : outcomes) {
            if (outcome.test().span().text().startsWith("#@ test " + exposing + " == ")) {
                assertThat(outcome.passed()).as(exposing).isFalse();
            }
        }
        assertThat(after(text, "# Mistake: ")).isNotBlank();
        assertThat(program(exercise, text).elaboration().find(after(text, "# Astray: ")))
                .isPresent();
    }

    /** The directives, and the comments above them that tell what they are about. */
    private static ImmutableList<String> tests(String text) {
        ImmutableList<String> lines = text.lines().collect(ImmutableList.toImmutableList());
        var kept = ImmutableList.<String>builder();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#@")) {
                if (i > 0 && lines.get(i - 1).startsWith("# ")) {
                    kept.add(lines.get(i - 1));
                }
                kept.add(lines.get(i));
            }
        }
        return kept.build();
    }

    static String after(String text, String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .collect(MoreCollectors.onlyElement());
    }

    private static LessonText text(String lesson) throws IOException {
        return LessonText.read(LESSONS.resolve(lesson));
    }

    private static ProgramUnderTest program(Path file) throws IOException {
        return program(file.toString(), Files.readString(file));
    }

    private static ProgramUnderTest program(String name, String text) {
        return ProgramUnderTest.of(name, text).orThrow();
    }
}
