package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Session session = new Session(new MemoryLoader(ImmutableMap.of(
            "bad",
            "before = 1; broken = 1/0; _hidden = 2; after = 3; after = 4;",
            "torn",
            "before = 1; broken = 1/0; odd = ) + 2; after = 3;\nlast = [1, ;")));

    private Result<ImmutableList<Event>> run(String text) {
        Result<ImmutableList<Event>> last = Result.success(ImmutableList.of());
        for (Item item : RaspParser.parse(SourceFile.of("line", text)).orThrow().items()) {
            last = session.run((Statement) item);
        }
        return last;
    }

    @Test
    void statementsShareOneEnvironment() {
        run("a = 1; def f(n) { return n + a; }");
        assertThat(run("x, y = f(2), tokens;").orThrow())
                .startsWith(new Event.NameBound("x", session.find("x").orElseThrow()))
                .hasSize(2);
        assertThat(run("x;").orThrow())
                .containsExactly(new Event.Evaluated("x", session.find("x").orElseThrow()));
        assertThat(run("x + 1;").orThrow().get(0)).isInstanceOf(Event.Evaluated.class);
        assertThat(SmallPrograms.show(session.find("out").orElseThrow())).isEqualTo("4");
    }

    @Test
    void aNodeThatFailsOnTheExampleFailsItsStatementAndBindsNothing() {
        session.tryOn(SmallPrograms.chars("hello"));
        assertThat(run("n = tokens_int;").diagnostics().get(0).code()).isEqualTo(EvaluationCode.BAD_CONVERSION);
        assertThat(session.find("n")).isEmpty();
        assertThat(run("(tokens_int + 1)([1, 2]);").orThrow()).hasSize(1);
        assertThat(run("draw(tokens_int, [1, 2]);").orThrow().get(0)).isInstanceOf(Event.Drawn.class);
    }

    @Test
    void drawingsOfLoopsAndFunctionsAreTold() {
        assertThat(run("for i in range(2) { k = i; draw(indices + k); }").orThrow())
                .hasSize(2)
                .allMatch(Event.Drawn.class::isInstance);
        run("def f(s) { draw(s); return s; }").orThrow();
        assertThat(run("y = f(f(indices));").orThrow())
                .hasSize(3)
                .startsWith(new Event.Drawn(session.graph().indices(), Optional.empty(), Optional.empty()))
                .endsWith(new Event.NameBound(
                        "y", new Meaning.Sequence(session.graph().indices())));
        run("f(indices) + nosuch;");
        assertThat(run("1;").orThrow()).hasSize(1);
    }

    @Test
    void aFailingStatementOfALoadedFileKeepsTheRest() {
        session.tryOn(SmallPrograms.chars("hello"));
        Event.FileLoaded loaded =
                (Event.FileLoaded) run("load \"bad\";").orThrow().get(0);
        assertThat(loaded.bound()).extracting(Event.NameBound::name).containsExactly("before", "after");
        assertThat(loaded.diagnostics()).hasSize(1);
        assertThat(SmallPrograms.show(session.find("after").orElseThrow())).isEqualTo("4");
        assertThat(session.find("_hidden")).isEmpty();
    }

    @Test
    void aSyntaxErrorInALoadedFileKeepsTheRestToo() {
        session.tryOn(SmallPrograms.chars("hello"));
        Event.FileLoaded loaded =
                (Event.FileLoaded) run("load \"torn\";").orThrow().get(0);
        assertThat(loaded.bound()).extracting(Event.NameBound::name).containsExactly("before", "after");
        assertThat(loaded.diagnostics())
                .as("errors of every kind, in the order of their places")
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparing(
                        diagnostic -> diagnostic.span().orElseThrow().start()));
        assertThat(loaded.diagnostics().get(0).code()).isEqualTo(EvaluationCode.DIVISION_BY_ZERO);
    }

    @Test
    void aSyntaxErrorInALoadedFileRejectsABatch() {
        assertThat(run("load \"torn\";").diagnostics()).hasSize(2);
        assertThat(session.find("before")).isEmpty();
    }

    @Test
    void applyingDoesNotChangeOut() {
        run("5; tokens(\"ab\");");
        assertThat(SmallPrograms.show(session.find("out").orElseThrow())).isEqualTo("5");
    }
}
