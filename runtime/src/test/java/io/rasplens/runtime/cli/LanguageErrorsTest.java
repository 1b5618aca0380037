package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.Explanations;
import io.rasplens.grammar.parse.SyntaxCode;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.verb.EveryCode;
import io.rasplens.runtime.repl.ReplCode;
import io.rasplens.runtime.view.flow.FlowCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the verbs print of programs that are wrong in a way no session shows: limits, files, the choice of the s-op. Together
 * with the golden sessions and the golden syntax errors it shows every code of the language.
 */
class LanguageErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/rasplens/runtime/cli/language-errors.out");
    private static final Path SESSIONS = Path.of("src/test/resources/io/rasplens/runtime/repl/sessions");
    private static final Path SYNTAX = Path.of("../grammar/src/test/resources/golden/syntax-errors.out");

    /** No text leads there: every input that is written is checked where it is written, so only a caller of the API gets this. */
    private static final ImmutableSet<DiagnosticCode> UNREACHABLE = ImmutableSet.of(EvaluationCode.EMPTY_INPUT);

    @TempDir
    Path folder = Path.of("");

    private static final ImmutableMap<String, String> PROGRAMS = ImmutableMap.<String, String>builder()
            .put("deep", "x = " + "(".repeat(600) + "1" + ")".repeat(600) + ";\n")
            .put("chain", "x = 1" + " + 1".repeat(10_001) + ";\n")
            .put("number", "x = " + "1".repeat(20_001) + ";\n")
            .put("mistakes", ")\n".repeat(60))
            .put("steps", "for i in range(5000) {\n    for j in range(5000) { y = j; }\n}\n")
            .put("recursion", "def f(n) { return f(n + 1); }\nx = f(0);\n")
            .put("range", "x = range(10^12);\n")
            .put("power", "x = 10^(10^10);\n")
            .put("doubling", "s = \"ab\";\nfor i in range(60) { s = s + s; }\n")
            .put("lists", "x = [[[i for i in range(999)] for j in range(999)] for k in range(999)];\n")
            .put("nodes", "x = indices;\nfor i in range(2000000) { x = x + i; }\n")
            .put("growing", "x = tokens;\nfor i in range(40) { x = x + x; }\n")
            .put(
                    "calls",
                    "def inner(a) { return 1 / a; }\ndef outer(a) { return inner(a) + 1; }\nx = outer(indices);\n")
            .put("nothing", "x = 1;\n")
            .put("twice", """
                    def far(n) { inside = indices + n; return inside * 2; }
                    for i in [1, 2] { x = far(i); }
                    x = x + 1;
                    """)
            .put("heavy", "s = \"ab\";\nfor i in range(18) { s = s + s; }\nx = tokens + s;\n")
            .put("reverse", "reverse = aggregate(select(indices, length - indices - 1, ==), tokens);\nn = 3;\n")
            .put("loads", "load \"folder\";\n")
            .put("faulty", "def half(a) { return a / 2; }\nbad = half(\"x\");\ngood = indices;\n")
            .put("hanging", "load \"faulty\";\nx = good;\nfor i in [1] { y = tokns; }\nz = y + x;\n")
            .buildOrThrow();

    @Test
    void everyMistakeIsToldAsWritten() throws IOException {
        PROGRAMS.forEach(this::write);
        Files.write(folder.resolve("folder.rasp"), new byte[] {(byte) 0xC3, (byte) 0x28});
        var out = new StringBuilder();
        for (String name : Sets.difference(PROGRAMS.keySet(), ImmutableSet.of("reverse", "heavy", "twice"))) {
            tell(out, "eval", name, "--input", "abc");
        }
        write("huge", "#@ max_length " + "9".repeat(30) + "\nx = tokens;\n");
        write("text", "x".repeat(4_000_001));
        tell(out, "eval", "text");
        tell(out, "eval", "reverse", "--input", "[a]");
        tell(out, "eval", "reverse", "--input", "abc", "--sop", "revers");
        tell(out, "eval", "reverse", "--input", "abc", "--sop", "n");
        tell(out, "eval", "twice", "--input", "abc", "--sop", "x@2");
        tell(out, "eval", "twice", "--input", "abc", "--sop", "inside");
        tell(out, "inspect", "reverse");
        tell(out, "inspect", "reverse", "--vocab", "ab");
        tell(out, "eval", "heavy", "--input", "a".repeat(130));
        tell(out, "inspect", "huge", "--vocab", "ab");
        tell(out, "inspect", "reverse", "--vocab", "ab", "--max-length", "3", "-O7");
        tell(out, "draw", "reverse", "--input", "a".repeat(300));
        write("wide", "x = indices;\nfor i in range(300) { x = aggregate(select(indices, indices, <=), x + i); }\n");
        tell(out, "draw", "wide", "--input", "ab");
        if (Boolean.getBoolean("rasplens.record")) {
            Files.writeString(GOLDEN, out);
        }
        assertThat(out.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void everyCodeOfTheLanguageIsShownSomewhereAndExplained() throws IOException {
        var shown = new StringBuilder(Files.readString(GOLDEN)).append(Files.readString(SYNTAX));
        try (Stream<Path> sessions = Files.list(SESSIONS)) {
            for (Path session : sessions.toList()) {
                shown.append(Files.readString(session));
            }
        }
        Stream<DiagnosticCode> codes = Stream.of(
                        SyntaxCode.values(),
                        ElaborationCode.values(),
                        EvaluationCode.values(),
                        ReplCode.values(),
                        FlowCode.values())
                .flatMap(Stream::of);
        assertThat(codes.filter(code -> !UNREACHABLE.contains(code)))
                .allSatisfy(code -> assertThat(shown).contains("[" + code.id() + "]"));
    }

    @Test
    void everyCodeHasALongExplanationUnderItsTitle() {
        assertThat(EveryCode.ALL).allSatisfy(code -> {
            String text = Explanations.of(code.id()).orElse("");
            assertThat(text).startsWith("# " + code.id() + ": " + code.title() + "\n");
            assertThat(text.length()).as(code.id()).isGreaterThan(120);
        });
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name + ".rasp"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(StringBuilder out, String verb, String name, String... options) {
        List<String> words = ImmutableList.<String>builder()
                .add(verb, folder.resolve(name + ".rasp").toString())
                .add(options)
                .build();
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        out.append("$ rasp ").append(verb).append(' ').append(name).append(".rasp");
        Stream.of(options)
                .map(option -> option.length() > 40 ? option.substring(0, 3) + "…" : option)
                .forEach(option -> out.append(' ').append(option));
        out.append('\n')
                .append(run.out())
                .append(run.err().replace(folder + "/", ""))
                .append('\n');
        out.append("exit ").append(run.exit()).append("\n\n");
        assertThat(run.exit()).as(out.toString()).isIn(ExitCode.REJECTED, ExitCode.USAGE);
        assertThat(run.err().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    }
}
