package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.analysis.UndefinedInputs;
import io.rasplens.runtime.answer.CostlyUnits;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.UndefinedAnswer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is worth knowing of a model that compiles all the same, and whether that is good enough. */
public final class Warnings {
    @Option(
            names = "--strict",
            description = "Take warnings for errors: of inputs on which the program fails, of models with very many"
                    + " hidden units.")
    private boolean strict;

    /** Warnings about a model, those that it deserves. */
    public static ImmutableList<Diagnostic> of(ReadyModel subject, Optional<UndefinedInputs> undefined) {
        var warnings = ImmutableList.<Diagnostic>builder();
        if (subject.program().isPresent()) {
            RaspProgram program = subject.program().get();
            Optional<ProgramSource> source = subject.model().program();
            if (undefined.isPresent() && source.isPresent()) {
                warnings.add(UndefinedAnswer.warning(program, source.get(), undefined.get()));
            }
            CostlyUnits.warning(program, subject.model()).ifPresent(warnings::add);
        }
        return warnings.build();
    }

    /** The warnings, or errors in their place where {@code --strict} was given. */
    public ImmutableList<Diagnostic> told(ReadyModel subject, Optional<UndefinedInputs> undefined) {
        ImmutableList<Diagnostic> warnings = of(subject, undefined);
        return strict ? warnings.stream().map(Diagnostic::asError).collect(ImmutableList.toImmutableList()) : warnings;
    }
}
