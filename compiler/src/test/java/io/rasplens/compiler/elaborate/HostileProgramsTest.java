package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the program, it elaborates or is told why not, and runs or is told why not, soon and never with another exception. */
class HostileProgramsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ImmutableMap<String, String> LOADS =
            ImmutableMap.of("lib", "y = tokens; def twice(a) { return a + a; }", "cycle", "load \"cycle\";");

    /** Pieces of programs: statements with holes, which other pieces fill. */
    private static final List<String> STATEMENTS = List.of(
            "x = %s;",
            "x, y = %s;",
            "x = x;",
            "%s;",
            "y = x;",
            "for x in %s { y = %s; }",
            "for x, y in %s { z = %s; }",
            "for i in range(%s) { x = %s; }",
            "for i in range(9) { x = x + x; }",
            "for i in range(9) { x = [x, x]; }",
            "for i in range(9) { x = x * x; }",
            "def f(a) { return %s; }",
            "def f(a, b) { x = %s; return f(a, b); }",
            "def f() { return %s, %s; }",
            "def f(tokens) { def g(a) { return %s; } return g; }",
            "load \"lib\";",
            "load \"cycle\";",
            "load %s;",
            "draw(%s);",
            "draw(%s, \"ab\");",
            "set example %s",
            "#@ vocab [%s]",
            "#@ test \"ab\" == [%s]",
            "tokens = %s;",
            "exit");

    private static final List<String> EXPRESSIONS = List.of(
            "(%s)",
            "(%s + %s)",
            "(%s - %s)",
            "(%s * %s)",
            "(%s / %s)",
            "(%s %% %s)",
            "(%s ^ %s)",
            "(%s == %s)",
            "(%s < %s)",
            "(%s and %s)",
            "(%s or %s)",
            "(not %s)",
            "(-%s)",
            "round(%s)",
            "indicator(%s)",
            "(%s if %s else %s)",
            "(%s in %s)",
            "%s[%s]",
            "%s(%s)",
            "%s(%s, %s)",
            "f(%s)",
            "f(%s, %s)",
            "[%s]",
            "[%s, %s]",
            "{%s: %s}",
            "[%s for i in %s]",
            "[i for i, j in %s]",
            "{i: %s for i in %s}",
            "range(%s)",
            "range(%s, %s, %s)",
            "zip(%s, %s)",
            "len(%s)",
            "select(%s, %s, ==)",
            "select(%s, %s, <)",
            "aggregate(%s, %s)",
            "aggregate(%s, %s, %s)",
            "selector_width(%s)",
            "sort(%s, %s)",
            "shift(%s, %s, %s)",
            "count(%s, %s)",
            "load_from_location(%s, %s)",
            "select_next_identical(%s)");

    private static final List<String> LEAVES = List.of(
            "x",
            "y",
            "z",
            "i",
            "a",
            "f",
            "out",
            "tokens",
            "tokens_int",
            "tokens_float",
            "tokens_bool",
            "indices",
            "length",
            "full_s",
            "sort",
            "True",
            "False",
            "0",
            "1",
            "2",
            "3",
            "1.5",
            "0.0",
            "10^9",
            "10^400",
            "1000000",
            "1000000000000000000000000",
            "\"\"",
            "\"a\"",
            "\"1\"",
            "\"ab😀\"",
            "[]",
            "{}",
            "range(5)",
            "range(1000)");

    private static final String[] SOUP = {
        "x",
        "y",
        "tokens",
        "indices",
        "length",
        "full_s",
        "sort",
        "f",
        "1",
        "2",
        "0.5",
        "\"a\"",
        "True",
        "=",
        "==",
        "<",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ";",
        ";",
        ";",
        "for",
        "in",
        "if",
        "else",
        "and",
        "or",
        "not",
        "def",
        "return",
        "range",
        "zip",
        "len",
        "select",
        "aggregate",
        "round",
        "indicator",
        "load",
        "draw",
        "\n",
        "#@",
        "vocab",
        "set",
        "example",
        "exit",
        "\""
    };

    private record HostileTally(int elaborated, int answered) {
        HostileTally plus(HostileTally other) {
            return new HostileTally(elaborated + other.elaborated, answered + other.answered);
        }
    }

    @Test
    void severalHundredProgramsEndWell() throws IOException {
        HostileTally built = run(0, 400, seed -> built(new Random(seed)));
        HostileTally damaged = run(0, 20, damaged());
        assertThat(run(0, 100, seed -> bytes(new Random(seed))).elaborated()).isLessThan(100);
        assertThat(run(0, 400, seed -> soup(new Random(seed))).elaborated()).isPositive();
        assertThat(built.elaborated()).as("programs that elaborate").isGreaterThan(50);
        assertThat(built.answered()).as("programs with an answer").isGreaterThan(20);
        assertThat(damaged.answered()).as("damaged examples with an answer").isPositive();
    }

    @Test
    @Tag("long")
    void manyProgramsEndWell() throws IOException {
        int first = Integer.getInteger("fuzz.seed", 1_000_000);
        Generator damaged = damaged();
        HostileTally all = new HostileTally(0, 0);
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("fuzz.seconds", 110)).toNanos();
        for (int seed = first; System.nanoTime() < end; seed += 200) {
            all = all.plus(run(seed, 200, s -> built(new Random(s))))
                    .plus(run(seed, 100, s -> soup(new Random(s))))
                    .plus(run(seed, 20, s -> bytes(new Random(s))))
                    .plus(run(seed, 20, damaged));
        }
        assertThat(all.answered()).isPositive();
    }

    @FunctionalInterface
    private interface Generator {
        String text(int seed);
    }

    private static HostileTally run(int first, int count, Generator generator) {
        int elaborated = 0;
        int answered = 0;
        for (int seed = first; seed < first + count; seed++) {
            String text = generator.text(seed);
            HostileTally one;
            try {
                one = assertTimeoutPreemptively(LIMIT, () -> attempt(text));
            } catch (Throwable e) {
                return fail("seed " + seed + ":\n" + text, e);
            }
            elaborated += one.elaborated();
            answered += one.answered();
        }
        return new HostileTally(elaborated, answered);
    }

    private static HostileTally attempt(String text) {
        Result<Elaboration> result = RaspCompiler.elaborate(SourceFile.of("test.rasp", text), new MemoryLoader(LOADS));
        assertThat(DiagnosticRenderer.plain().render(result.diagnostics()).isEmpty())
                .isEqualTo(result.diagnostics().isEmpty());
        if (!(result instanceof Result.Success<Elaboration> success)) {
            assertThat(result.diagnostics()).isNotEmpty();
            return new HostileTally(0, 0);
        }
        Result<RaspProgram> chosen = RaspCompiler.chooseProgram(success.value(), CompileOptions.DEFAULT);
        return new HostileTally(
                1, chosen instanceof Result.Success<RaspProgram> program ? evaluate(program.value()) : 0);
    }

    private static int evaluate(RaspProgram program) {
        int answered = 0;
        for (String input : List.of("a", "1203", "(ab)😀")) {
            ImmutableList<Value> tokens = SmallPrograms.chars(input);
            try {
                assertThat(Interpreter.evaluate(program.output(), tokens, program.causal()))
                        .hasSameSizeAs(tokens);
                answered = 1;
            } catch (EvaluationException e) {
                assertThat(e.code().id()).startsWith("E04");
            }
        }
        return answered;
    }

    private static String built(Random random) {
        var out = new StringBuilder("x = 2; y = tokens; z = [1, 2]; def f(a) { return a; }\n");
        for (int i = random.nextInt(6); i >= 0; i--) {
            out.append(fill(pick(STATEMENTS, random), random, 3)).append('\n');
        }
        return out.toString();
    }

    private static String fill(String pattern, Random random, int depth) {
        var out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '%') {
                out.append(pattern.charAt(i));
            } else if (pattern.charAt(++i) == '%') {
                out.append('%');
            } else {
                boolean leaf = depth == 0 || random.nextInt(5) < 2;
                out.append(leaf ? pick(LEAVES, random) : fill(pick(EXPRESSIONS, random), random, depth - 1));
            }
        }
        return out.toString();
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String soup(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(random.nextBoolean() ? 4 : 30); i >= 0; i--) {
            text.append(SOUP[random.nextInt(SOUP.length)]).append(' ');
        }
        return text.append(';').toString();
    }

    private static String bytes(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(200); i >= 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    /** Examples in which a few tokens are exchanged, doubled or dropped. */
    private static Generator damaged() throws IOException {
        List<String> examples;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            examples = files.filter(file -> file.toString().endsWith(".rasp"))
                    .sorted()
                    .map(file -> SourceFile.of("x", read(file)).text())
                    .toList();
        }
        return seed -> {
            var random = new Random(seed);
            String[] parts = pick(examples, random).split("(?<=\\W)|(?=\\W)");
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(parts.length);
                parts[at] = switch (random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> parts[at] + parts[random.nextInt(parts.length)];
                    case 2 -> parts[random.nextInt(parts.length)];
                    default -> fill(pick(EXPRESSIONS, random), random, 1);
                };
            }
            return String.join("", parts);
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
