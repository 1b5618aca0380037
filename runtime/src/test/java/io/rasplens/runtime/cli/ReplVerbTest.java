package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import org.junit.jupiter.api.Test;

class ReplVerbTest {
    @Test
    void answersStatementsFromAPipe() {
        CommandRun run = CommandRun.withInput("tokens(\"abc\");\nindices;\n", "repl");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("[a, b, c]").doesNotContain(">>");
    }

    @Test
    void compilesAndRunsWhatWasTyped() {
        String session = "r = aggregate(select(indices, length - indices - 1, ==), tokens);\n:run r \"abc\"\n";
        for (String level : new String[] {"-O0", "-O1", "-O2"}) {
            CommandRun run = CommandRun.withInput(session, "repl", level);
            assertThat(run.out()).contains("the interpreter agrees");
            assertThat(run.err()).doesNotContain("error");
        }
    }

    @Test
    void goesOnAfterAMistake() {
        CommandRun run = CommandRun.withInput("nosuch;\nindices;\n", "repl");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).contains("error[", "nosuch");
        assertThat(run.out()).contains("indices");
    }

    @Test
    void hasNoJson() {
        CommandRun run = CommandRun.of("repl", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().getAsJsonObject("error").get("code").getAsString())
                .isEqualTo("E1106");
    }
}
