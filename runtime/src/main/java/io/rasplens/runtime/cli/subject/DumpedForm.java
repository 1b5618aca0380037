package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.circuit.PrintCircuit;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.program.GraphPrinter;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.ModelSummary;
import io.rasplens.runtime.view.parts.ModelParts;
import io.rasplens.runtime.view.parts.PartsText;
import java.util.Arrays;
import java.util.Locale;

/** An intermediate form of the compiler, as text. */
public enum DumpedForm {
    /** The program graph, one node a line. */
    GRAPH,
    /** The transformer over named directions. */
    BLOCKS,
    /** The model: its size and what each head and hidden unit does. */
    LAYERS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DumpedForm named(String word) {
        ImmutableList<String> words =
                Arrays.stream(values()).map(DumpedForm::word).collect(ImmutableList.toImmutableList());
        int index = words.indexOf(word);
        if (index < 0) {
            throw new DiagnosticException(ImmutableList.of(
                    Diagnostic.error(CliCode.BAD_VALUE, "--dump takes no '" + word + "'")
                            .help(NearNames.question(word, words).orElse("one of " + String.join(", ", words)))));
        }
        return values()[index];
    }

    public Result<String> text(Program program) {
        CompileOptions options = program.options();
        return switch (this) {
            case GRAPH ->
                RaspCompiler.chooseProgram(program.elaboration(), options)
                        .then(chosen -> Result.success(graph(chosen)));
            case BLOCKS -> blocks(program);
            case LAYERS ->
                RaspCompiler.elaborateTarget(program.elaboration(), options)
                        .then(target -> RaspCompiler.stages(target, options).then(Stages::model))
                        .then(model -> Result.success(new ModelSummary(model).table()
                                + new ModelSummary(model).perLayer() + "\n" + PartsText.grouped(ModelParts.of(model))));
        };
    }

    private static String graph(RaspProgram chosen) {
        return GraphPrinter.print(chosen, NeededNodes.of(ImmutableList.of(chosen.output())));
    }

    private static Result<String> blocks(Program program) {
        return RaspCompiler.elaborateTarget(program.elaboration(), program.options())
                .then(target -> RaspCompiler.stages(target, program.options()))
                .then(stages ->
                        Result.success(PrintCircuit.print(stages.certified().circuit())));
    }
}
