package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, line by line, and what they print. */
@SuppressWarnings("StringConcatToTextBlock") // text blocks would hide the tabs and the trailing blanks
class ReplEngineTest {
    private ReplEngine engine = engine(ImmutableMap.of());

    @Test
    void bannerHasTwoLines() {
        String banner = said(engine.start());
        assertThat(banner).startsWith("RASP ").endsWith("\nrunning example is: hello\n");
        assertThat(banner.lines()).hasSize(2);
    }

    @Test
    void assignmentsPrintTheirValues() {
        assertThat(say("a = 3;")).isEqualTo("    value: a =  3\n");
        assertThat(say("a, b = 3, \"x\";")).isEqualTo("    value: a =  3\n    value: b =  \"x\"\n");
        assertThat(say("c = indices + 4;"))
                .isEqualTo("     s-op: c\n \t Example: c(\"hello\") = [4, 5, 6, 7, 8] (ints)\n");
        assertThat(say("l = [1, \"a\", 1.5];")).isEqualTo("     list: l = [1, 'a', 1.5]\n");
        assertThat(say("d = {\"a\": 1};")).isEqualTo("     dict: d = {'a': 1}\n");
        assertThat(say("def f(a, b) { return a; }")).isEqualTo("     console function: f(a, b)\n");
    }

    @Test
    void expressionsAreCalledOutUnlessTheyAreAName() {
        assertThat(say("1 + 1;")).isEqualTo("    value: out =  2\n");
        assertThat(say("out + 1;")).isEqualTo("    value: out =  3\n");
        assertThat(say("indices;"))
                .isEqualTo("     s-op: indices\n \t Example: indices(\"hello\") = [0, 1, 2, 3, 4] (ints)\n");
        assertThat(say("length;")).isEqualTo("     s-op: length\n \t Example: length(\"hello\") = [5]*5 (ints)\n");
        assertThat(say("tokens == \"l\";"))
                .isEqualTo("     s-op: out\n \t Example: out(\"hello\") = [F, F, T, T, F] (bools)\n");
    }

    @Test
    void applyingPrintsTheResultAndIsNoOut() {
        say("7;");
        assertThat(say("indices(\"abc\");")).isEqualTo("\t =  [0, 1, 2] (ints)\n");
        assertThat(say("indices([5, 6]);")).isEqualTo("\t =  [0, 1] (ints)\n");
        assertThat(say("out;")).isEqualTo("    value: out =  7\n");
        assertThat(say("select(indices, indices, <)(\"ab\");"))
                .isEqualTo("\t = \n \t\t\t     a b\n \t\t\t a |    \n \t\t\t b | 1  \n");
    }

    @Test
    void selectorsPrintAsPictures() {
        assertThat(say("s = select(indices, indices, ==);"))
                .isEqualTo("     selector: s\n \t Example:\n"
                        + " \t\t\t     h e l l o\n"
                        + " \t\t\t h | 1        \n"
                        + " \t\t\t e |   1      \n"
                        + " \t\t\t l |     1    \n"
                        + " \t\t\t l |       1  \n"
                        + " \t\t\t o |         1\n");
    }

    @Test
    void anInterruptStopsTheStatementAndTheRestOfItsLine() {
        say("examples off");
        say("set example range(20000)");
        Thread asking = Thread.currentThread();
        new Thread(() -> {
                    LockSupport.parkNanos(200_000_000);
                    asking.interrupt();
                })
                .start();
        // Some seconds of work.
        assertThat(say("less = select(indices, indices + 0.5, <) or select(indices, indices * 0.5, >); x = 3;"))
                .isEqualTo("[note interrupted]");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(say("x;")).startsWith("E0201");
        assertThat(say("less;")).startsWith("E0201");
        asking.interrupt();
        assertThat(say("help nothing")).isNotEmpty();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(say("4;")).isEqualTo("    value: out =  4\n");
    }

    @Test
    void statementsMaySpanLinesAndShareOne() {
        assertThat(say("x = [1,")).isEmpty();
        assertThat(engine.continues()).isTrue();
        assertThat(say("2]")).isEmpty();
        assertThat(say(";")).isEqualTo("     list: x = [1, 2]\n");
        assertThat(engine.continues()).isFalse();
        assertThat(say("a = 1; b = 2;")).isEqualTo("    value: a =  1\n    value: b =  2\n");
        say("c = ");
        engine.drop();
        assertThat(say("c = 3;")).isEqualTo("    value: c =  3\n");
    }

    @Test
    void examplesAreSetShownAndSwitched() {
        assertThat(say("show example")).isEqualTo("\ts-op example: \"hello\"\n\tselector example: \"hello\"\n");
        assertThat(say("set example \"ab\"")).isEmpty();
        assertThat(say("show s-op example")).isEqualTo("\ts-op example: \"ab\"\n");
        assertThat(say("set selector example [1, 2]")).isEmpty();
        assertThat(say("show selector example")).isEqualTo("\tselector example: [1, 2]\n");
        assertThat(say("show s-op example")).isEqualTo("\ts-op example: \"ab\"\n");
        assertThat(say("indices;")).isEqualTo("     s-op: indices\n \t Example: indices(\"ab\") = [0, 1] (ints)\n");
        assertThat(say("s-op examples off")).isEmpty();
        assertThat(say("indices;")).isEqualTo("     s-op: indices\n");
        assertThat(say("full_s;")).contains(" \t\t\t 1 | 1 1\n");
        assertThat(say("selector examples off")).isEmpty();
        assertThat(say("full_s;")).isEqualTo("     selector: full_s\n");
        assertThat(say("examples on")).isEmpty();
        assertThat(say("indices;")).contains("Example");
    }

    @Test
    void fullDisplayShowsRows() {
        say("full seq display on");
        assertThat(say("indices;"))
                .isEqualTo("     s-op: indices\n \t Example:\n"
                        + " \t\tinput:   h e l l o \t (strings)\n"
                        + " \t\toutput:  0 1 2 3 4 \t (ints)\n");
        assertThat(say("length(\"abc\");")).isEqualTo("\t =   [3]*3 (ints) [skipped full display: identical values]\n");
        say("full seq display off");
        assertThat(say("indices(\"ab\");")).isEqualTo("\t =  [0, 1] (ints)\n");
    }

    @Test
    void aStatementThatFailsOnTheExampleBindsNothing() {
        assertThat(say("a = 1/indices;")).isEqualTo("E0401 ");
        assertThat(say("a;")).isEqualTo("E0201 ");
        assertThat(say("n = tokens_int;")).startsWith("E04");
        say("set example [1, 2]");
        assertThat(say("n = tokens_int;")).contains("n([1, 2]) = [1, 2] (ints)");
        assertThat(say("(1 / tokens_int)([1, 2]);")).isEqualTo("\t =  [1.0, 0.5] (floats)\n");
    }

    @Test
    void errorsAreReportedAndTheSessionGoesOn() {
        assertThat(say("a = ;")).startsWith("E01");
        assertThat(say("nosuch;")).isEqualTo("E0201 ");
        assertThat(say("set example 3")).isEqualTo("E0306 ");
        assertThat(say("a = 3;")).isEqualTo("    value: a =  3\n");
        assertThat(say("length = 3;")).isEqualTo("E0203 ");
    }

    @Test
    void loopsPrintNothing() {
        assertThat(say("for i in [1, 2] { x = i; }")).isEmpty();
        assertThat(say("x;")).isEqualTo("    value: x =  2\n");
    }

    @Test
    void loadingPrintsWhatTheFileBound() {
        engine = engine(ImmutableMap.of(
                "lib",
                "a = 3; a = 4; _hidden = 1; rev = length - indices; s = select(1, 1, ==);\n"
                        + "1 + 1; indices(\"ab\");\ndef f(x) { return x; }\nfor i in [1] { b = i; }"));
        assertThat(say("load \"lib\";"))
                .isEqualTo("    value: a =  4\n     s-op: rev\n     selector: s\n     lib function: f(x)\n");
        assertThat(say("rev;")).contains("rev(\"hello\") = [5, 4, 3, 2, 1] (ints)");
        assertThat(say("b;")).isEqualTo("    value: b =  1\n");
        assertThat(say("_hidden;")).isEqualTo("E0201 ");
    }

    @Test
    void aLoadReportsEachFailingStatementAndKeepsTheRest() {
        engine = engine(ImmutableMap.of("lib", "a = 3;\nb = nosuch;\nc = 1/0;\nd = a + 1;"));
        assertThat(say("load \"lib\";")).isEqualTo("E0201 E0401     value: a =  3\n    value: d =  4\n");
        assertThat(say("load \"missing\";")).isEqualTo("E0501 ");
    }

    @Test
    void aLoadedFilesCommandsLastExceptForSwitchedExamples() {
        engine = engine(
                ImmutableMap.of("lib", "set example \"xyz\"\nexamples off\nfull seq display on\na = 1;\nexit\nb = 2;"));
        assertThat(say("load \"lib\";")).isEqualTo("    value: a =  1\n");
        assertThat(say("show s-op example")).isEqualTo("\ts-op example: \"xyz\"\n");
        assertThat(say("indices;")).contains("output:  0 1 2 \t (ints)");
        assertThat(say("b;")).isEqualTo("E0201 ");
    }

    @Test
    void aPageHoldsWhatTheSessionHasDefined() {
        say("a = tokens;");
        say("def f(x) {");
        say("return x + 1; }");
        say("a;");
        say("wrong = nosuch;");
        say("b = f(indices);");
        assertThat(say(":view b")).isEqualTo("[page a = tokens;\ndef f(x) {\nreturn x + 1; }\nb = f(indices);\n]");
        assertThat(say(":view nosuch")).isEqualTo("E1013 ");
    }

    @Test
    void exitLeaves() {
        assertThat(engine.handle("exit")).containsExactly(new Response.Leave());
        assertThat(engine.handle("quit()")).containsExactly(new Response.Leave());
    }

    @Test
    void listsOfSOpsNameThem() {
        assertThat(say("examples off")).isEmpty();
        assertThat(say("x = [tokens, indices + 1, full_s];"))
                .isEqualTo("     list: x =  [\n\t\t     s-op: tokens\n\t\t     s-op: indices + 1\n"
                        + "\t\t     selector: full_s\n               ]\n");
    }

    @Test
    void drawPrintsTheResultAndGivesAPicture() {
        List<Response> responses = engine.handle("draw(sort(tokens, tokens), \"cab\");");
        assertThat(said(responses)).endsWith("\t =  [a, b, c] (strings)\n");
        assertThat(responses.stream().filter(Response.Picture.class::isInstance))
                .hasSize(1);
        assertThat(say(":draw length")).isEqualTo("[picture length]");
        assertThat(say(":draw length abcd")).isEqualTo("[picture length]");
        assertThat(say(":draw nosuch")).isEqualTo("E1013 ");
        assertThat(say(":draw full_s")).isEqualTo("E1013 ");
        assertThat(say(":draw length []")).isEqualTo("E1014 ");
    }

    @Test
    void helpKnowsCommandsFunctionsAndNames() {
        assertThat(say("help")).contains(":compile").contains("set example");
        assertThat(say("help").lines().count())
                .as("fits 24 rows with what was typed")
                .isLessThan(23);
        assertThat(say("help commands")).contains(":run NAME [INPUT]");
        for (String topic : new String[] {"commands", "language", "library"}) {
            assertThat(say("help " + topic).lines()).hasSizeLessThan(23).allMatch(line -> line.length() <= 110);
        }
        assertThat(say("help library")).contains("sort(seq, key)");
        assertThat(say("help language")).contains("aggregate(selector, values, default)");
        assertThat(say("help sort"))
                .startsWith("sort(seq, key)\n")
                .contains("ascending order of key", "Cost: 2 attention layers, 3 heads", "def sort(seq, key) {");
        say("def mine(x) { return x + 1; }");
        assertThat(say("help mine")).contains("def mine(x) { return x + 1; }");
        assertThat(say("help srot")).isEqualTo("E1015 ");
    }

    @Test
    void directivesAtThePromptSetTheExample() {
        assertThat(say("#@ example \"abc\"")).isEmpty();
        assertThat(say("show s-op example")).isEqualTo("\ts-op example: \"abc\"\n");
    }

    @Test
    void namesAreCompleted() {
        say("backwards = 1;");
        assertThat(engine.completions("ba", 2)).contains("backwards", "sort", "aggregate", "def", "tokens_int");
        assertThat(engine.completions(":co", 3)).contains(":compile", ":cost");
        say("mine = indices + 1;");
        assertThat(engine.completions(":cost ", 6))
                .contains("mine", "length", "tokens")
                .doesNotContain("sort", "backwards");
        assertThat(engine.completions(":help s", 7)).contains("sort", "select");
        assertThat(engine.completions("x = \"so", 7)).isEmpty();
    }

    @Test
    void aPipeGivesResultsOnOneStreamAndTheRestOnTheOther(@TempDir Path folder) throws Exception {
        var out = new StringWriter();
        var err = new StringWriter();
        var responder = new Responder(
                new PrintWriter(out),
                new PrintWriter(err),
                problem -> problem.code().id() + "\n",
                folder);
        PipeSession.run(
                engine,
                new StringReader("a = 3;\nb = nosuch;\ndraw(indices, \"ab\");\ndef f(x) {\nreturn x;\n}\nc = "),
                responder);
        assertThat(out.toString()).isEqualTo("    value: a =  3\n\t =  [0, 1] (ints)\n     console function: f(x)\n");
        assertThat(err.toString()).startsWith("E0201\ndrawn: ").contains("indices.flow.svg\nE01");
        assertThat(folder.resolve("indices.flow.svg")).content().startsWith("<svg");
    }

    @Test
    void exitEndsAPipe(@TempDir Path folder) throws Exception {
        var out = new StringWriter();
        var responder = new Responder(new PrintWriter(out), new PrintWriter(new StringWriter()), problem -> "", folder);
        PipeSession.run(engine, new StringReader("a = 1;\nexit\nb = 2;\n"), responder);
        assertThat(out.toString()).isEqualTo("    value: a =  1\n");
    }

    @Test
    void aPictureThatCannotBeWrittenIsNoDisaster(@TempDir Path folder) throws Exception {
        var err = new StringWriter();
        var responder = new Responder(
                new PrintWriter(new StringWriter()), new PrintWriter(err), problem -> "", folder.resolve("missing"));
        PipeSession.run(engine, new StringReader("draw(indices);\n"), responder);
        assertThat(err.toString()).contains("could not be written");
    }

    private static ReplEngine engine(ImmutableMap<String, String> files) {
        return new ReplEngine(new MemoryLoader(files), (verb, program, input) -> ImmutableList.of());
    }

    private String say(String line) {
        return said(engine.handle(line));
    }

    private static String said(List<Response> responses) {
        var out = new StringBuilder();
        for (Response response : responses) {
            if (response instanceof Response.Output output) {
                out.append(output.text());
            } else if (response instanceof Response.Problem problem) {
                out.append(problem.diagnostic().code().id()).append(' ');
            } else if (response instanceof Response.Picture picture) {
                out.append("[picture ").append(picture.name()).append(']');
            } else if (response instanceof Response.Page page) {
                out.append("[page ").append(page.program().text()).append(']');
            } else if (response instanceof Response.Note note) {
                out.append("[note ").append(note.text()).append(']');
            }
        }
        return out.toString();
    }
}
