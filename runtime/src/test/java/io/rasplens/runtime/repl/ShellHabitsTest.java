package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to the shell is not taken for an input in silence, nor for RASP with three things wrong in it. */
class ShellHabitsTest {
    private static final Response RAN = new Response.Note("ran");

    private final ReplEngine engine = new ReplEngine(new MemoryLoader(ImmutableMap.of()), new CommandRunner() {
        @Override
        public ImmutableList<Response> run(Command.CommandVerb verb, RaspProgram program, ExampleInput input) {
            return ImmutableList.of(RAN);
        }
    });

    @BeforeEach
    void define() {
        engine.handle("h = length;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            :run h --input abc            | ':run' takes no options, got --input abc         | the input alone, :run h abc;
            :run h --input=abc;           | ':run' takes no options, got --input=abc         | the input alone, :run h abc;
            :compile h -O2                | ':compile' takes no options, got -O2             | 'rasp compile --help'
            :draw h -o out.svg            | ':draw' takes no options                         | 'rasp draw --help'
            :cache h blocks.9.hook_z      | got the hook point blocks.9.hook_z               | --names blocks.9.hook_z
            :cache h hook_embed           | got the hook point hook_embed                    | --names hook_embed
            :draw h out.svg               | ':draw' takes an input, got the file out.svg     | write :draw h alone
            :view h /nodir/x.html         | got the file /nodir/x.html                       | write :view h alone
            load examples/hist.rasp       | load takes a path in double quotes               | load "examples/hist";
            load hist.rasp;               | load takes a path in double quotes               | load "hist";
            rasp run x.rasp               | this is a line for the shell                     | load "x"; and then :run NAME
            $ rasp eval x.rasp --sop y    | this is a line for the shell                     | exit leaves the session
            """)
    void itIsRefusedWithWhatWasMeant(String line, String message, String help) {
        Diagnostic told = only(engine.handle(line));
        assertThat(told.message()).contains(message);
        assertThat(told.help().orElse("")).contains(help);
        assertThat(engine.continues()).isFalse();
    }

    /** Quotes make an input of everything, and what only looks a little like these is one too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ":run h \"--input\"",
                ":run h [\"out.svg\"]",
                ":run h -",
                ":run h --",
                ":run h a-b",
                ":run h hook",
                ":run h .svg"
            })
    void otherInputsAreInputs(String line) {
        assertThat(engine.handle(line)).containsExactly(RAN);
    }

    @Test
    void aNameOfRaspIsAName() {
        assertThat(engine.handle("rasp = 1; rasp;")).noneMatch(Response.Problem.class::isInstance);
    }

    private static Diagnostic only(List<Response> responses) {
        assertThat(responses).hasSize(1);
        assertThat(responses.get(0)).isInstanceOf(Response.Problem.class);
        return ((Response.Problem) responses.get(0)).diagnostic();
    }
}
