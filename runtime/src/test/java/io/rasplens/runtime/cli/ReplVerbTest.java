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

    @Test
    void looksInsideTheTransformer() {
        String statements =
                "set example \"abc\"\nreverse = aggregate(select(indices, length - 1 - indices, ==), tokens);\n";
        CommandRun pattern = CommandRun.withInput(statements + ":pattern reverse\n", "repl");
        assertThat(pattern.out())
                .contains("layer 1, head 0\n", "       BOS    a    b    c\n", "    a    .    .    .    1\n");
        CommandRun cache = CommandRun.withInput(statements + ":cache reverse ab\n", "repl");
        assertThat(cache.out()).contains("blocks.0.attn.hook_pattern", "blocks.1.hook_resid_post");
        CommandRun verify = CommandRun.withInput(statements + ":verify reverse\n", "repl");
        assertThat(verify.out()).contains("compared on 39 inputs, all there are up to length 3: the two agree\n");
        CommandRun run = CommandRun.withInput(statements + ":run reverse\n", "repl");
        assertThat(run.out()).contains(" =  [c, b, a] (strings)").contains("the interpreter agrees\n");
        CommandRun patch = CommandRun.withInput(statements + ":patch reverse adc\n", "repl");
        assertThat(patch.out())
                .contains("measured at position 1: 1 is the answer 'b' to the example, 0 the answer 'd' to the input\n")
                .contains("BOS", "b/d", "resid_pre, by layer and pos\n");
        assertThat(patch.err()).isEmpty();
        assertThat(CommandRun.withInput(statements + ":patch reverse ab\n", "repl")
                        .err())
                .contains("error[E1014]: the example \"abc\" has 3 tokens, the input 2");
        assertThat(CommandRun.withInput(statements + ":patch reverse\n", "repl").err())
                .contains("write :patch NAME INPUT");
        assertThat(CommandRun.withInput(statements + ":patch reverse abc\n", "repl")
                        .err())
                .contains("error[E08");
        assertThat(pattern.err() + cache.err() + verify.err() + run.err()).isEmpty();
    }
}
