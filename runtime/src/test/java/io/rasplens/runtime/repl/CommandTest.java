package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void readsCommands() {
        assertThat(Command.parse(":run reverse a b c").orThrow())
                .isEqualTo(new Command(Command.CommandVerb.RUN, Optional.of("reverse"), Optional.of("a b c")));
        assertThat(Command.parse("  :cost sort; ").orThrow())
                .isEqualTo(new Command(Command.CommandVerb.COST, Optional.of("sort"), Optional.empty()));
        assertThat(Command.parse("help").orThrow())
                .isEqualTo(new Command(Command.CommandVerb.HELP, Optional.empty(), Optional.empty()));
        assertThat(Command.parse("help sort").orThrow().name()).contains("sort");
    }

    @Test
    void helpStaysAName() {
        assertThat(Command.isCommand("help")).isTrue();
        assertThat(Command.isCommand("help sort")).isTrue();
        assertThat(Command.isCommand("help;")).isFalse();
        assertThat(Command.isCommand("help = 3;")).isFalse();
        assertThat(Command.isCommand("helper")).isFalse();
    }

    @Test
    void wrongCommandsAreExplained() {
        assertThat(code(Command.parse(":fly"))).isEqualTo("E1011");
        assertThat(code(Command.parse(":compile"))).isEqualTo("E1012");
        assertThat(code(Command.parse(":run"))).isEqualTo("E1012");
        assertThat(code(Command.parse(":"))).isEqualTo("E1011");
    }

    private static String code(Result<Command> result) {
        return result.diagnostics().get(0).code().id();
    }
}
