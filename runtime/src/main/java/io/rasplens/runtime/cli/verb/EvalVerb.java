package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.Expected;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.subject.Answer;
import io.rasplens.runtime.cli.subject.AnswerInputs;
import io.rasplens.runtime.cli.subject.BeyondOptions;
import io.rasplens.runtime.cli.subject.InputOptions;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.SourceReader;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rasp eval FILE}: the interpreter alone. */
@Command(
        header = "Run a program in the interpreter: what the s-op means, no transformer involved.",
        description = "With --sop the name may also be a selector's; its answer is a matrix of 0 and 1,"
                + " row = query, column = key.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp eval examples/hist.rasp --input abca",
            "  rasp eval examples/reverse.rasp --sop mirror --input '[1, 2, 3]'"
        })
public final class EvalVerb extends VerbCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "A .rasp program.")
    private String file = "";

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = inputs.input();
        Program program = Program.open(console, SourceReader.path(file), options.compileOptions());
        Optional<Selector> selector = program.options()
                .sop()
                .flatMap(program.elaboration()::find)
                .filter(Meaning.Selection.class::isInstance)
                .map(meaning -> ((Meaning.Selection) meaning).node());
        Function<ImmutableList<Value>, Answer> answer = selector.isPresent()
                ? input -> matrix(program, selector.get(), input)
                : new Sequences(program.chosen())::answer;
        var beyond = new BeyondOptions(console, program.options());
        var answers = new AnswerInputs(console, json(), input -> {
            beyond.warn(input);
            return answer.apply(input);
        });
        return inputs.inputs().isPresent() ? answers.lines(inputs.inputs().get()) : answers.one(program.input(given));
    }

    /** Answers of an s-op. */
    private record Sequences(RaspProgram program) {
        Answer answer(ImmutableList<Value> input) {
            ImmutableList<Value> output = Expected.of(program, input).orThrow();
            JsonObject json = start(program.name(), input);
            json.add("output", Json.values(output));
            String text = "input   " + AnswerText.values(input) + "\n" + "output  " + AnswerText.values(output) + "\n";
            return Answer.of(json, text, AnswerText.values(output), true);
        }
    }

    private static Answer matrix(Program program, Selector selector, ImmutableList<Value> input) {
        boolean causal = program.options().causal().orElse(program.elaboration().isCausal());
        SelectorMatrix matrix = Expected.of(
                        selector,
                        input,
                        causal,
                        node -> program.elaboration().origins().getOrDefault(node, NodeOrigin.UNKNOWN))
                .orThrow();
        var rows = new JsonArray();
        var lines = new StringBuilder();
        for (int query = 0; query < matrix.size(); query++) {
            var row = new JsonArray();
            for (int key = 0; key < matrix.size(); key++) {
                row.add(matrix.selects(query, key) ? 1 : 0);
                lines.append(matrix.selects(query, key) ? " 1" : " 0");
            }
            rows.add(row);
            lines.append('\n');
        }
        JsonObject json = start(program.options().sop().orElse(""), input);
        json.add("output", rows);
        return Answer.of(
                json,
                "input   " + AnswerText.values(input) + "\n" + "output (row = query, column = key)\n" + lines,
                rows.toString(),
                true);
    }

    private static JsonObject start(String name, ImmutableList<Value> input) {
        var json = new JsonObject();
        json.addProperty("sop", name);
        json.add("input", Json.values(input));
        return json;
    }
}
