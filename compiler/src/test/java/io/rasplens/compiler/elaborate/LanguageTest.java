package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of a line or two that bind {@code x}, and what it then is (an s-op: on "hello"), or the code of the error. */
class LanguageTest {
    private static final String[][] TABLE = {
        // atoms, Python's way
        {"x = 2^3^2;", "64"},
        {"x = -2^2;", "4"},
        {"x = True or False and False;", "False"},
        {"x = 1 < 2 == True;", "True"},
        {"x = 7 / 2;", "3.5"},
        {"x = -7 % 3;", "2"},
        {"x = round(2.5);", "2"},
        {"x = 2 ^ -1;", "0.5"},
        {"x = \"a\" + \"b\" * 2;", "'abb'"},
        {"x = 0 or \"b\";", "'b'"},
        {"x = 1 and [];", "[]"},
        {"x = not [];", "True"},
        {"x = 1/0;", "E0401"},
        {"x = True or 1/0;", "E0401"},
        {"x = \"a\" < 1;", "E0402"},
        {"x = (0-8)^0.5;", "E0410"},
        {"x = 9^(9^9);", "E0403"},
        {"x = 1 if True else 1/0;", "1"},
        {"x = 1 if 0 else 2 if 0 else 3;", "3"},
        // lists, strings, dicts
        {"x = [1,2] + [3];", "[1, 2, 3]"},
        {"x = 2 * [1,\"a\"];", "[1, 'a', 1, 'a']"},
        {"x = [1,2][-1];", "2"},
        {"x = \"abc\"[True];", "'b'"},
        {"x = [1][1];", "E0404"},
        {"x = [1][0.0];", "E0405"},
        {"x = {1: 2, \"a\": 3}[1.0];", "2"},
        {"x = {1: 2}[\"1\"];", "E0406"},
        {"x = {1: \"a\", 2: \"b\", True: \"c\"};", "[1: 'c', 2: 'b']"},
        {"x = {[1]: 2};", "E0301"},
        {"x = [1,[2]] == [1,[2.0]];", "True"},
        {"x = [1,2] < [1,3];", "True"},
        {"x = [a*a for a in range(4)];", "[0, 1, 4, 9]"},
        {"x = [a+b for a,b in zip([1,2],[3,4])];", "[4, 6]"},
        {"x = {a: a+1 for a in {5: 0}};", "[5: 6]"},
        {"x = range(5, 0, -2);", "[5, 3, 1]"},
        {"x = range(1, 2, 0);", "E0307"},
        {"x = range(1.0);", "E0301"},
        {"x = range(10^12);", "E0310"},
        {"x = zip([1],[1,2]);", "E0304"},
        {"x = len([1,2]);", "2"},
        {"x = len(\"ab\");", "E0301"},
        {"x = 1 in [True];", "True"},
        {"x = 3 in [indices];", "False"},
        {"x = \"a\" in \"abc\";", "E0301"},
        {"x = 1 if 1 in [1] else 0;", "1"},
        // assignment
        {"a, b = 1, 2; x = [a, b];", "[1, 2]"},
        {"x = 1, 2;", "[1, 2]"},
        {"a, b = \"hi\"; x = b + a;", "'ih'"},
        {"a, b = {\"k\": 1, \"l\": 2}; x = b;", "'l'"},
        {"a, b = [1]; x = 0;", "E0304"},
        {"a, b = 1; x = 0;", "E0301"},
        {"3; x = out + 1;", "4"},
        {"a = 5; x = out;", "5"},
        {"tokens = 3; x = tokens;", "3"},
        {"indices = 3;", "E0202"},
        {"out = 3;", "E0202"},
        {"length = 3;", "E0203"},
        {"for sort in [1] { y = 1; }", "E0203"},
        {"x = [length for length in [1]];", "[1]"},
        {"x = nothing;", "E0201"},
        // functions
        {"def f(a) { return a + 1; } x = f(2);", "3"},
        {"def f() { return 1, 2; } x, y = f();", "1"},
        {"def f(n) { return 1 if n == 0 else n * f(n - 1); } x = f(20);", "2432902008176640000"},
        {"def f() { return y; } y = 7; x = f();", "7"},
        {"def g(i) { def h() { return i; } return h; } x = g(3)();", "3"},
        {"l = []; for i in [1,2] { def h() { return i; } l = l + [h]; } x = [h() for h in l];", "[2, 2]"},
        {"def f(length) { sort = length; return sort; } x = f(4);", "4"},
        {"def f(a) { return a; } x = f(1, 2);", "E0302"},
        {"x = 3(4);", "E0303"},
        {"def f(n) { return f(n + 1); } x = f(0);", "E0308"},
        {"s = 0; for i in range(4) { s = s + i; } x = [s, i];", "[6, 3]"},
        {"s = 0; for k, v in zip([1,2],[3,4]) { s = s + k * v; } x = s;", "11"},
        {"for i in \"abc\" { y = 1; }", "E0301"},
        // s-ops
        {"x = indices + 1;", "[1, 2, 3, 4, 5]"},
        {"x = tokens + \"!\";", "['h!', 'e!', 'l!', 'l!', 'o!']"},
        {"x = tokens * 2;", "['hh', 'ee', 'll', 'll', 'oo']"},
        {"x = tokens == \"l\";", "[False, False, True, True, False]"},
        {"x = tokens == [\"l\"];", "[False, False, False, False, False]"},
        {"x = not indices;", "[True, False, False, False, False]"},
        {"x = indices and 1;", "[False, True, True, True, True]"},
        {"x = indicator(indices > 2);", "[0, 0, 0, 1, 1]"},
        {"x = indicator(1);", "E0301"},
        {"x = \"%d!\" % indices;", "['0!', '1!', '2!', '3!', '4!']"},
        {"x = \"<%s>\" % tokens;", "['<h>', '<e>', '<l>', '<l>', '<o>']"},
        {"x = tokens % 2;", "E0402"},
        {"x = \"a\" if indices == 0 else tokens;", "['a', 'e', 'l', 'l', 'o']"},
        {"x = 1/indices;", "E0401"},
        {"x = tokens_int;", "E0409"},
        {"x = tokens if indices == 0 else 1;", "E0407"},
        {"x = tokens + [1];", "E0301"},
        {"x = [10, 20, 30, 40, 50][indices];", "[10, 20, 30, 40, 50]"},
        {"x = \"world\"[indices];", "['w', 'o', 'r', 'l', 'd']"},
        {"x = {\"h\": 1, \"e\": 2, \"l\": 3, \"o\": 4}[tokens];", "[1, 2, 3, 3, 4]"},
        {"x = {\"h\": 1}[tokens];", "E0406"},
        {"x = [indices][indices];", "E0301"},
        {"x = tokens[1];", "['e', 'e', 'e', 'e', 'e']"},
        {"x = tokens[-1];", "['o', 'o', 'o', 'o', 'o']"},
        {"x = tokens[9];", "[0, 0, 0, 0, 0]"},
        {"x = tokens in [\"l\", \"o\"];", "[False, False, True, True, True]"},
        {"x = \"o\" in tokens;", "[True, True, True, True, True]"},
        {"x = tokens in tokens;", "E0301"},
        {"x = tokens(\"ab\");", "['a', 'b']"},
        {"x = tokens_int([1, 2.9, \"7\"]);", "[1, 2, 7]"},
        {"x = tokens(\"\");", "E0306"},
        {"x = tokens(\"ab\") + 1;", "E0301"},
        // selectors
        {"x = selector_width(select(tokens, tokens, ==));", "[1, 1, 2, 2, 1]"},
        {"x = selector_width(select(indices, indices, <) or select(indices, 0, ==));", "[1, 1, 2, 3, 4]"},
        {"x = selector_width(not select(tokens, \"l\", !=));", "[2, 2, 2, 2, 2]"},
        {"x = select(tokens, [1], ==);", "E0301"},
        {"x = full_s and 1;", "E0305"},
        {"x = full_s + full_s;", "E0305"},
        {"x = 1 if full_s else 2;", "E0301"},
        {"x = aggregate(select(indices, indices, <), indices, 7);", "[7, 0, 0.5, 1.0, 1.5]"},
        {"x = aggregate(full_s, tokens);", "E0408"},
        {"x = aggregate(select(indices, indices - 1, ==), tokens, \"-\");", "['-', 'h', 'e', 'l', 'l']"},
        {"x = aggregate(select(indices, indices - 1, ==), tokens);", "E0407"},
        {"x = aggregate(indices, tokens);", "E0301"},
        {"x = aggregate(full_s, indices, indices);", "E0301"},
        // the library
        {"x = length;", "[5, 5, 5, 5, 5]"},
        {"x = has_focus(select(indices, indices, <));", "[False, True, True, True, True]"},
        {"x = count(tokens, \"l\");", "[2, 2, 2, 2, 2]"},
        {"x = contains(tokens, \"z\");", "[False, False, False, False, False]"},
        {"x = max(indices, 2);", "[2, 2, 2, 3, 4]"},
        {"x = min(indices, 2);", "[0, 1, 2, 2, 2]"},
        {"x = average(indices);", "[2.0, 2.0, 2.0, 2.0, 2.0]"},
        {"x = load_from_location(indices, 3 - indices);", "[3, 2, 1, 0, 0]"},
        {"x = shift(tokens, 2, \"-\");", "['-', '-', 'h', 'e', 'l']"},
        {"x = shift(indices, -1, 9);", "[1, 2, 3, 4, 9]"},
        {"x = mark_last_instance(tokens, \"l\");", "[False, False, False, True, False]"},
        {"x = mark_first_instance(tokens, \"l\");", "[False, False, True, False, False]"},
        {"x = aggregate(select_from_last(tokens, \"l\"), indices);", "[3, 3, 3, 3, 3]"},
        {"x = aggregate(select_from_first(tokens, \"l\"), indices);", "[2, 2, 2, 2, 2]"},
        {"x = sort(tokens, tokens);", "['e', 'h', 'l', 'l', 'o']"},
        {"x = sort(tokens, 0 - indices);", "['o', 'l', 'l', 'e', 'h']"},
        {"x = aggregate(select_next_identical(tokens), indices, 9);", "[9, 9, 3, 9, 9]"},
    };

    @Test
    void everyProgramMeansWhatTheTableSays() {
        var wrong = new ArrayList<String>();
        for (String[] row : TABLE) {
            String actual = run(row[0]);
            if (!actual.equals(row[1])) {
                wrong.add(row[0] + " expected " + row[1] + " but was " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String run(String text) {
        var result = SmallPrograms.elaborate(text);
        return result instanceof Result.Success<Elaboration> success
                ? success.value().find("x").map(SmallPrograms::show).orElse("x is not bound")
                : result.diagnostics().get(0).code().id();
    }

    @Test
    void equalGraphsAreOneNode() {
        Elaboration program =
                SmallPrograms.elaborate("a = indices + 1; b = indices + 1;").orThrow();
        assertThat(program.find("a")).isEqualTo(program.find("b"));
    }

    @Test
    void absurdProgramsEndInAMessage() {
        for (String text : List.of(
                "l = [1]; for i in range(60) { l = [l, l]; }",
                "l = [1]; for i in range(60) { l = l + l; }",
                "l = [1]; for i in range(1000) { l = [l]; }",
                "s = \"a\"; for i in range(60) { s = s + s; }",
                "n = 3; for i in range(60) { n = n * n; }",
                "x = [[[i+j+k for i in range(900)] for j in range(900)] for k in range(900)];",
                "for i in range(5000) { for j in range(5000) { y = i; } }",
                "def f(n) { return f(n) + f(n); } x = f(1);")) {
            assertThat(SmallPrograms.failure(text).code().id()).as(text).isIn("E0308", "E0309", "E0310", "E0403");
        }
    }

    @Test
    void aChainOfAHundredThousandSopsElaborates() {
        Elaboration program = SmallPrograms.elaborate("x = indices; for i in range(100000) { x = x + 1; }")
                .orThrow();
        assertThat(SmallPrograms.run((Meaning.Sequence) program.find("x").orElseThrow(), SmallPrograms.chars("a")))
                .isEqualTo("[100000]");
    }

    @Test
    void loadsExportPublicNamesOnly() {
        var loads = ImmutableMap.of(
                "lib/a", "load \"b\"; _private = 5; def get_private() { return _private + base; }",
                "lib/b", "base = 10; for loopvar in [1] { _p = 2; }");
        Elaboration program = SmallPrograms.elaborate(
                        "tokens = tokens_int; load \"lib/a\"; x = [get_private(), base, loopvar];", loads)
                .orThrow();
        assertThat(SmallPrograms.show(program.find("x").orElseThrow())).isEqualTo("[15, 10, 1]");
        assertThat(program.find("_private")).isEmpty();
        assertThat(program.loads().keySet()).containsExactlyInAnyOrder("lib/a", "lib/b");
        assertThat(program.bindings().keySet())
                .contains("get_private", "base", "x")
                .doesNotContain("out");
    }

    @Test
    void aLoadSeesTheLibraryButNotTheLoader() {
        var loads = ImmutableMap.of("a", "y = tokens; z = mine;");
        var result = SmallPrograms.elaborate("mine = 1; tokens = tokens_int; load \"a\";", loads);
        assertThat(result.diagnostics().get(0).code()).isEqualTo(ElaborationCode.UNKNOWN_NAME);
        assertThat(result.diagnostics().get(0).span().orElseThrow().source().name())
                .isEqualTo("a.rasp");
    }

    @Test
    void loadCyclesAndMissingFilesAreReported() {
        var loads = ImmutableMap.of("a", "load \"b\";", "b", "load \"a\";");
        assertThat(SmallPrograms.elaborate("load \"a\";", loads)
                        .diagnostics()
                        .get(0)
                        .code())
                .isEqualTo(ElaborationCode.LOAD_CYCLE);
        assertThat(SmallPrograms.failure("load \"gone\";").code()).isEqualTo(ElaborationCode.NO_SUCH_FILE);
    }

    @Test
    void aFileThatIsLoadedByWhatItLoadsClosesTheCycleAtOnce(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("main.rasp"), "load \"other\";");
        Files.writeString(folder.resolve("other.rasp"), "load \"main\";");
        var cycle = RaspCompiler.elaborate(SourceFile.of(folder.resolve("main.rasp")), new FileLoader(folder))
                .diagnostics()
                .get(0);
        assertThat(cycle.message()).isEqualTo("'main' is being loaded already");
        assertThat(cycle.span().orElseThrow().source().name()).endsWith("other.rasp");
    }

    @Test
    void aLoadThatFailsTellsHowMuchHangsOnIt() {
        var result = SmallPrograms.elaborate("load \"gone\"; a = nosuch; b = a + 1; c = indices; d = neither;");
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).notes())
                .containsExactly("for this, 3 statements further down could not be checked");
        assertThat(SmallPrograms.failure("load \"gone\"; c = indices;").notes()).isEmpty();
    }

    @Test
    void aMistypedLoadIsAskedAbout(@TempDir Path folder) throws IOException {
        var memory = SmallPrograms.elaborate("load \"hlper\";", ImmutableMap.of("helper", "y = 1;"));
        assertThat(memory.diagnostics().get(0).help()).hasValue("did you mean 'helper'?");
        Files.createDirectory(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/helper.rasp"), "y = 1;");
        Files.writeString(folder.resolve("main.rasp"), "load \"lib/helpr\";");
        var files = RaspCompiler.elaborate(
                SourceFile.of(folder.resolve("main.rasp")), new FileLoader(folder.resolve("elsewhere")));
        assertThat(files.diagnostics().get(0).help()).hasValue("did you mean 'lib/helper'?");
        assertThat(SmallPrograms.failure("load \"gone\";").help().orElseThrow()).startsWith("a load looks beside");
    }

    @Test
    void errorsAreReportedOnceAndNotTheirConsequences() {
        var result = SmallPrograms.elaborate("a = 1/0; b = a + 1; c = b; d = nosuch;");
        assertThat(result.diagnostics().stream().map(d -> d.code().id())).containsExactly("E0401", "E0201");
    }

    @Test
    void diagnosticsTellTheChainOfCallsAndNearNames() {
        var deep = SmallPrograms.failure("def f(a) { return a / 0; }\ndef g(b) { return f(b); }\nx = g(1);");
        assertThat(deep.notes())
                .containsExactly("in f(a), called at test.rasp:2:19", "in g(b), called at test.rasp:3:5");
        assertThat(SmallPrograms.failure("x = tokns;").help()).hasValue("did you mean 'tokens'?");
        assertThat(SmallPrograms.failure("def f(a, b) { return a; }\nx = f(1);").labels())
                .hasSize(2);
    }

    @Test
    void aNameThatIsBoundTooLateIsShownWhereItIs() {
        assertThat(boundAt("y = q + 1; q = indices;")).isEqualTo(12);
        assertThat(boundAt("q = q + 1;")).isEqualTo(1);
        assertThat(boundAt("def f() { a = q + 1; q = 2; return a; } x = f();")).isEqualTo(22);
        assertThat(boundAt("for i in [1] { y = q + i; q = y; }")).isEqualTo(27);
        assertThat(boundAt("def g() { return q(); } z = g(); def q() { return 1; }"))
                .isEqualTo(38);
        assertThat(boundAt("def f() { def g() { return q; } x = g(); q = 1; return x; } y = f(); q = 3;"))
                .isEqualTo(42);
        assertThat(boundAt("z = q; for a, q in [[1, 2]] { y = q; }")).isEqualTo(15);
    }

    @Test
    void aNameOfAnotherScopeIsNotBoundTooLate() {
        assertThat(SmallPrograms.failure("y = q; def f() { q = 1; return q; }").labels())
                .hasSize(1);
        assertThat(SmallPrograms.failure("y = q; z = [q for q in [1]];").labels())
                .hasSize(1);
        assertThat(SmallPrograms.failure("y = q; def f(q) { return q; }").labels())
                .hasSize(1);
        assertThat(SmallPrograms.failure("y = _hidden;").help())
                .hasValue("a name that starts with '_' is known only in the file that binds it");
    }

    /** The column of the place that binds {@code q}. */
    private static int boundAt(String program) {
        Diagnostic unknown = SmallPrograms.failure(program);
        assertThat(unknown.code()).isEqualTo(ElaborationCode.UNKNOWN_NAME);
        assertThat(unknown.labels().get(1).text()).isEqualTo("bound only here");
        return unknown.labels().get(1).span().column();
    }

    @Test
    void namesAndSpansComeFromTheProgramNotTheLibrary() {
        Elaboration program =
                SmallPrograms.elaborate("mine = sort(tokens, tokens);").orThrow();
        var node = ((Meaning.Sequence) program.find("mine").orElseThrow()).node();
        var origin = Objects.requireNonNull(program.origins().get(node));
        assertThat(origin.name()).hasValue("mine");
        assertThat(origin.span().orElseThrow().text()).isEqualTo("sort(tokens, tokens)");
        assertThat(program.lastSop()).hasValue("mine");
    }
}
