package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.Elaborator;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.elaborate.SourceLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.FitOptions;
import io.rasplens.runtime.answer.Timings;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program file, read, parsed and elaborated once.
 *
 * @param options what the flags say
 */
public record Program(Elaboration elaboration, CompileOptions options, Timings timings) {

    public static Program open(Console console, Path path, CompileOptions options) {
        return open(console, SourceReader.read(path), new FileLoader(Path.of("")), options);
    }

    public static Program open(Console console, SourceFile source, SourceLoader loader, CompileOptions options) {
        var timings = new Timings();
        Script script = Checked.value(console, timings.measure(Timings.PARSE, () -> RaspParser.parse(source)));
        Elaboration elaboration =
                Checked.value(console, timings.measure(Timings.ELABORATE, () -> Elaborator.elaborate(script, loader)));
        return new Program(elaboration, options, timings);
    }

    /** The same with other flags. */
    public Program with(CompileOptions other) {
        return new Program(elaboration, other, timings);
    }

    /** The s-op that the flags, the file or the last assignment choose. */
    public RaspProgram chosen() {
        return RaspCompiler.chooseProgram(elaboration, options).orThrow();
    }

    /** The model of the chosen s-op, as far as the flags and the file determine it. */
    Result<CompiledModel> compiled() {
        return RaspCompiler.elaborateTarget(elaboration, options)
                .then(target -> RaspCompiler.compileTarget(elaboration, target, options));
    }

    /** The input to run on: the flag's, else the file's example. */
    public ImmutableList<Value> input(Optional<ImmutableList<Value>> given) {
        ImmutableList<Value> input = given.or(elaboration::example)
                .orElseThrow(() -> new DiagnosticException(
                        ImmutableList.of(Diagnostic.error(CliCode.NO_INPUT, "there is no input to run on")
                                .help("give --input abc, or put '#@ example \"abc\"' into the file"))));
        return Inputs.nonEmpty(input);
    }

    /**
     * The flags, completed by the inputs' own tokens and greatest length where neither they nor the file say what inputs may be.
     */
    public CompileOptions optionsFor(List<ImmutableList<Value>> inputs) {
        return FitOptions.to(inputs, elaboration, options);
    }
}
