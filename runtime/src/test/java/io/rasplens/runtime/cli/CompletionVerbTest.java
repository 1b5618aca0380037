package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.cli.print.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionVerbTest {
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void eachScriptKnowsTheVerbsAndTheirOptions(String shell) {
        CommandRun run = CommandRun.of("completion", shell);
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains(Verb.words());
        for (Verb verb : Verb.values()) {
            Rasp.commandLine(verb.command(), verb)
                    .getCommandSpec()
                    .options()
                    .forEach(option ->
                            assertThat(run.out()).contains(option.longestName().replaceFirst("^--?", "")));
        }
        assertThat(run.out()).contains("aggregate", "E0203");
    }

    @Test
    void otherShellsAreRefused() {
        assertThat(CommandRun.of("completion", "fisch").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("completion", "fisch").err()).contains("did you mean 'fish'?");
        assertThat(CommandRun.of("completion").exit()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "rasp ru, run",
        "rasp run --inp, --input --inputs",
        "rasp run x.rasp --js, --json",
        "rasp --json eval --so, --sop",
        "rasp explain aggr, aggregate",
        "rasp completion f, fish",
        "rasp help insp, inspect",
        "rasp ablate x.rasp --method r, resample",
        "rasp run exam, ''"
    })
    void bashCompletes(String typed, String offered) throws Exception {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "needs bash");
        String script = CommandRun.of("completion", "bash").out() + "COMP_WORDS=(" + typed
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _rasp; echo \"${COMPREPLY[@]}\"\n";
        Process process = new ProcessBuilder(List.of(bash.toString(), "-s"))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(ImmutableList.copyOf(answer.strip().lines().toList()))
                .isEqualTo(offered.isEmpty() ? ImmutableList.of() : ImmutableList.of(offered));
    }
}
