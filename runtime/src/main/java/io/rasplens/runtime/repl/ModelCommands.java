package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.store.ModelSize;
import io.rasplens.runtime.view.SequenceForm;
import io.rasplens.runtime.view.parts.ModelParts;
import io.rasplens.runtime.view.parts.PartsText;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code :compile}, {@code :run}, {@code :inspect}, {@code :cost} and those of {@code InsideCommands}: what becomes of an s-op as a transformer. The model is made
 * for the input at hand: its distinct tokens are the vocabulary, its length is the longest.
 */
public final class ModelCommands implements CommandRunner {
    private final Function<CompileTarget, Result<CompiledModel>> compiler;
    private final BiFunction<CompiledModel, List<Value>, List<Value>> transformer;

    /**
     * Commands over a way to compile and a way to run.
     *
     * @param compiler program to model
     * @param transformer the model's decoded answer to an input, without the BOS position
     */
    public ModelCommands(
            Function<CompileTarget, Result<CompiledModel>> compiler,
            BiFunction<CompiledModel, List<Value>, List<Value>> transformer) {
        this.compiler = compiler;
        this.transformer = transformer;
    }

    @Override
    public ImmutableList<Response> run(Command.CommandVerb verb, RaspProgram program, ExampleInput input) {
        ImmutableList<Value> vocabulary = input.values().stream().distinct().collect(ImmutableList.toImmutableList());
        Result<CompiledModel> compiled = compiler.apply(
                new CompileTarget(program, vocabulary, input.values().size()));
        var responses = ImmutableList.<Response>builder();
        compiled.diagnostics().forEach(problem -> responses.add(new Response.Problem(problem)));
        if (compiled instanceof Result.Success<CompiledModel> success) {
            responses.addAll(answer(verb, program, success.value(), input));
        }
        return responses.build();
    }

    private ImmutableList<Response> answer(
            Command.CommandVerb verb, RaspProgram program, CompiledModel model, ExampleInput input) {
        return switch (verb) {
            case COMPILE -> output(sizes(program.name(), model, input));
            case COST -> output(cost(program.name(), model));
            case INSPECT -> output(parts(program.name(), model));
            case RUN -> execute(program, model, input);
            case PATTERN -> output(InsideCommands.pattern(model, input));
            case CACHE -> output(InsideCommands.cache(model, input));
            case VERIFY ->
                output(InsideCommands.verify(
                        program,
                        model,
                        input.values().stream().distinct().collect(ImmutableList.toImmutableList()),
                        input.values().size()));
            case PATCH, DRAW, VIEW, HELP ->
                throw new IllegalArgumentException(verb + " is not for one model and one input");
        };
    }

    @Override
    public ImmutableList<Response> patch(RaspProgram program, ExampleInput clean, ExampleInput corrupted) {
        int length = clean.values().size();
        if (corrupted.values().size() != length) {
            Diagnostic wrong = Diagnostic.error(
                    ReplCode.NOT_AN_INPUT,
                    "the example " + clean.text() + " has " + counted(length, "token") + ", the input "
                            + corrupted.values().size());
            return ImmutableList.of(new Response.Problem(wrong.help("patching needs two inputs of the same length")));
        }
        ImmutableList<Value> vocabulary = Stream.concat(clean.values().stream(), corrupted.values().stream())
                .distinct()
                .collect(ImmutableList.toImmutableList());
        Result<CompiledModel> compiled = compiler.apply(new CompileTarget(program, vocabulary, length));
        var responses = ImmutableList.<Response>builder();
        compiled.diagnostics().forEach(problem -> responses.add(new Response.Problem(problem)));
        if (compiled instanceof Result.Success<CompiledModel> success) {
            try {
                responses.add(new Response.Output(InsideCommands.patch(success.value(), clean, corrupted)));
            } catch (EngineException e) {
                responses.add(new Response.Problem(e.diagnostic()));
            }
        }
        return responses.build();
    }

    private static ImmutableList<Response> output(String text) {
        return ImmutableList.of(new Response.Output(text));
    }

    private static String sizes(String name, CompiledModel model, ExampleInput input) {
        var config = model.config();
        var size = ModelSize.of(model);
        return name + ": compiled for inputs of up to " + counted(input.values().size(), "token") + " of "
                + vocabulary(input)
                + "\n"
                + row("layers", config.nLayers())
                + row("heads", config.nHeads())
                + row("d_model", config.dModel())
                + row("d_head", config.dHead())
                + row("d_mlp", config.dMlp())
                + row("parameters", size.parameters())
                + row("non-zeros", size.nonZeros());
    }

    private static String vocabulary(ExampleInput input) {
        return ExampleInput.ofList(input.values().stream().distinct().collect(ImmutableList.toImmutableList()))
                .text();
    }

    private static String row(String label, long value) {
        return String.format(Locale.ROOT, "    %-11s %d\n", label, value);
    }

    private static String cost(String name, CompiledModel model) {
        var size = ModelSize.of(model);
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %s (%d not zero)\n",
                name,
                counted(model.config().nLayers(), "layer"),
                counted(headCount(model), "head"),
                counted(size.parameters(), "parameter"),
                size.nonZeros());
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static int headCount(CompiledModel model) {
        return model.weights().layers().stream()
                .mapToInt(layer -> layer.heads().size())
                .sum();
    }

    private static String parts(String name, CompiledModel model) {
        return cost(name, model) + PartsText.grouped(ModelParts.of(model));
    }

    private ImmutableList<Response> execute(RaspProgram program, CompiledModel model, ExampleInput input) {
        List<Value> answer = transformer.apply(model, input.values());
        try {
            List<Value> expected = Interpreter.evaluate(program.output(), input.values(), program.causal());
            boolean agree = Agreement.firstDifference(expected, answer).isEmpty();
            return output(told(Agreement.inTheKindsOf(expected, answer))
                    + (agree
                            ? "\tthe interpreter agrees\n"
                            : "\tthe interpreter says " + SequenceForm.of(expected) + "\n"));
        } catch (EvaluationException e) {
            return ImmutableList.of(
                    new Response.Output(told(answer)), new Response.Problem(Diagnostic.error(e.code(), e.message())));
        }
    }

    private static String told(List<Value> answer) {
        return "\t =  " + SequenceForm.of(answer) + "\n";
    }
}
