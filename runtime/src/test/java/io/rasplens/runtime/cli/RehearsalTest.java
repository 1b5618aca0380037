package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path folder = Path.of("");

    /** A verb that fails at once would load nothing. */
    @Test
    void everyVerbDoesItsWorkButTheOneThatShallNot() throws Exception {
        assertThat(Rehearsal.run(folder))
                .filteredOn(exit -> exit != ExitCode.OK)
                .containsExactly(ExitCode.REJECTED);
    }
}
