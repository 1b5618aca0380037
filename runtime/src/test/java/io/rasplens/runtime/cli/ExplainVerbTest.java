package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.guide.LanguageGuide;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.verb.EveryCode;
import org.junit.jupiter.api.Test;

class ExplainVerbTest {
    @Test
    void tellsOfACodeInEitherLetterCase() {
        CommandRun run = CommandRun.of("explain", "e0203");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("E0203")
                .isEqualTo(CommandRun.of("explain", "E0203").out());
        assertThat(run.out().lines().count()).isGreaterThan(3);
    }

    @Test
    void tellsOfALibraryFunctionAndItsCost() {
        CommandRun run = CommandRun.of("explain", "selector_width");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).startsWith("selector_width(s)").contains("Cost:");
    }

    @Test
    void tellsOfThePartsOfTheLanguage() {
        assertThat(CommandRun.of("explain", "aggregate").out())
                .startsWith("aggregate(selector, values, default)")
                .contains("several are selected", "    >> ")
                .doesNotContain("```");
        assertThat(CommandRun.of("explain", "Directives").out()).contains("#@ max_length 10");
        assertThat(CommandRun.of("explain", "directives", "--json")
                        .json()
                        .get("text")
                        .getAsString())
                .startsWith("Directives\n");
        assertThat(CommandRun.of("explain", "direktives").err()).contains("directives");
    }

    @Test
    void everySectionOfTheReferenceHasATopic() {
        assertThat(LanguageGuide.sections()).hasSizeGreaterThan(15).allSatisfy(section -> {
            assertThat(section.topics()).as(section.title()).isNotEmpty();
            assertThat(CommandRun.of("explain", section.topics().get(0)).out()).contains(section.title());
        });
        assertThat(LanguageGuide.sections().stream().flatMap(section -> section.topics().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyCodeHasItsOwnIdAndAnAnswer() {
        assertThat(EveryCode.ALL.stream().map(DiagnosticCode::id)).doesNotHaveDuplicates();
        assertThat(EveryCode.ALL).allSatisfy(code -> {
            CommandRun run = CommandRun.of("explain", code.id(), "--json");
            assertThat(run.exit()).isEqualTo(ExitCode.OK);
            assertThat(run.json().get("title").getAsString()).isEqualTo(code.title());
        });
    }

    @Test
    void listsThemAll() {
        assertThat(CommandRun.of("explain", "--list").out()).contains("E0203  ", "sort(seq, key)");
        assertThat(CommandRun.of("explain", "--list", "--json").json().getAsJsonArray("diagnostics"))
                .hasSize(EveryCode.ALL.size());
    }

    @Test
    void asksBackAboutAMisspelledName() {
        CommandRun run = CommandRun.of("explain", "selector_widht", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("error[E1108]", "selector_width");
        assertThat(run.json().getAsJsonObject("error").get("code").getAsString())
                .isEqualTo("E1108");
    }

    @Test
    void needsSomethingToExplain() {
        assertThat(CommandRun.of("explain").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("explain", "--list", "E0203").err()).contains("error[E1106]");
    }

    @Test
    void everyDirectiveIsInItsSection() {
        String section = LanguageGuide.find("directives").orElseThrow().text();
        assertThat(Directive.class.getPermittedSubclasses())
                .hasSizeGreaterThan(5)
                .allSatisfy(kind -> {
                    String name = kind.getSimpleName().replace("Directive", "");
                    assertThat(section).contains("`#@ " + CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, name));
                });
    }

    @Test
    void tablesStandInColumns() {
        assertThat(CommandRun.of("explain", "directives").out())
                .contains(
                        "    `#@ max_length 10`                   the longest input;",
                        "    `#@ causal`                          no position sees");
    }
}
