package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.analysis.TestOutcome;
import java.util.Optional;

/**
 * What {@code rasp test} found of one file.
 *
 * @param file the name as it was given
 * @param sop the s-op tested; empty where the file was rejected
 * @param level the level that it is compiled at
 * @param outcomes one for each test
 * @param error why the file can't be tested at all
 */
public record TestedFile(
        String file,
        Optional<String> sop,
        Level level,
        ImmutableList<TestOutcome> outcomes,
        Optional<ImmutableList<Diagnostic>> error) {

    public static TestedFile of(String file, String sop, Level level, ImmutableList<TestOutcome> outcomes) {
        return new TestedFile(file, Optional.of(sop), level, outcomes, Optional.empty());
    }

    public static TestedFile failed(String file, Level level, ImmutableList<Diagnostic> error) {
        return new TestedFile(file, Optional.empty(), level, ImmutableList.of(), Optional.of(error));
    }

    public int passed() {
        return (int) outcomes.stream().filter(TestOutcome::passed).count();
    }

    public int failures() {
        return outcomes.size() - passed();
    }

    public int exit() {
        return error.map(ExitCode::of).orElse(failures() == 0 ? ExitCode.OK : ExitCode.REJECTED);
    }
}
