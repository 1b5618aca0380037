package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.Event;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.ast.Statement.ExampleKind;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.flow.Flow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns what statements did into what is said about it, and keeps the settings that say how. */
final class Narrator {
    private final Function<ProgramNode, Optional<String>> names;
    private final FlowSource flows;
    private Examples examples = Examples.START;

    /** Makes the data of a drawing. */
    interface FlowSource {
        Result<Flow> flow(SOp sop, String name, List<Value> input);
    }

    Narrator(Function<ProgramNode, Optional<String>> names, FlowSource flows) {
        this.names = names;
        this.flows = flows;
    }

    Examples examples() {
        return examples;
    }

    /** Takes {@code input} as the example of both kinds. */
    void example(ExampleInput input) {
        examples = examples.with(ExampleKind.BOTH, input);
    }

    /** What is said about an event at the console; commands take effect. */
    ImmutableList<Response> tell(Event event) {
        if (event instanceof Event.NameBound bound) {
            return ImmutableList.of(named(bound.name(), bound.meaning(), examples));
        }
        if (event instanceof Event.Evaluated evaluated) {
            return ImmutableList.of(evaluated(evaluated));
        }
        if (event instanceof Event.Drawn drawn) {
            return drawn(drawn);
        }
        if (event instanceof Event.CommandGiven command) {
            return command(command);
        }
        return loaded((Event.FileLoaded) event);
    }

    private Response evaluated(Event.Evaluated evaluated) {
        if (evaluated.meaning() instanceof Meaning.AppliedSequence applied) {
            var output = new Printed.PrintedOutput(ExampleInput.of(applied.input()), applied.values());
            return new Response.Output(PrintedForms.applied(output, examples.fullDisplay()));
        }
        if (evaluated.meaning() instanceof Meaning.AppliedSelection applied) {
            return new Response.Output(
                    PrintedForms.applied(ShowMeaning.matrix(applied.matrix(), ExampleInput.of(applied.input()))));
        }
        return named(evaluated.name(), evaluated.meaning(), examples);
    }

    private Response named(String name, Meaning meaning, Examples shown) {
        return new Response.Output(
                PrintedForms.named(name, ShowMeaning.describe(meaning, shown, names), shown.fullDisplay()));
    }

    private ImmutableList<Response> drawn(Event.Drawn drawn) {
        ExampleInput input = drawn.input().map(ExampleInput::of).orElse(examples.sop());
        var responses = ImmutableList.<Response>builder();
        responses.addAll(draw(drawn.sop(), title(drawn), input));
        try {
            Printed.PrintedOutput output = ShowMeaning.output(drawn.sop(), input);
            responses.add(new Response.Output(PrintedForms.applied(output, examples.fullDisplay())));
        } catch (EvaluationException e) {
            // The drawing has said so already.
            return responses.build();
        }
        return responses.build();
    }

    /** The s-op's name; a base s-op has one of its own. */
    private String title(Event.Drawn drawn) {
        String text = drawn.name().orElse(NodeText.reference(drawn.sop(), names, NodeText.LINE));
        return text.matches("[A-Za-z_][A-Za-z_0-9]*") ? text : "out";
    }

    /** The picture of an s-op's flow, or why there is none. */
    ImmutableList<Response> draw(SOp sop, String name, ExampleInput input) {
        Result<Flow> flow = flows.flow(sop, name, input.values());
        return flow instanceof Result.Success<Flow> success
                ? ImmutableList.of(new Response.Picture(name, success.value()))
                : problems(flow.diagnostics());
    }

    private ImmutableList<Response> command(Event.CommandGiven command) {
        Statement statement = command.statement();
        if (statement instanceof Statement.Exit) {
            return ImmutableList.of(new Response.Leave());
        }
        if (statement instanceof Statement.ShowExample show) {
            return examples.show(show.kind());
        }
        if (statement instanceof Statement.SetExample set) {
            command.example()
                    .flatMap(Narrator::input)
                    .ifPresent(example -> examples = examples.with(set.kind(), example));
        }
        if (statement instanceof Statement.SwitchExamples change) {
            examples = examples.shown(change.kind(), change.on());
        } else if (statement instanceof Statement.SwitchFullDisplay change) {
            examples = examples.fullDisplay(change.on());
        }
        return ImmutableList.of();
    }

    /** The input that an example stands for; the session has checked that it can be one. */
    private static Optional<ExampleInput> input(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom
                && atom.value() instanceof StringValue string
                && !string.value().isEmpty()) {
            return Optional.of(ExampleInput.ofText(string.value()));
        }
        if (meaning instanceof Meaning.ListOf list
                && !list.elements().isEmpty()
                && list.elements().stream().allMatch(Meaning.Atom.class::isInstance)) {
            return Optional.of(ExampleInput.ofList(list.elements().stream()
                    .map(element -> ((Meaning.Atom) element).value())
                    .collect(ImmutableList.toImmutableList())));
        }
        return Optional.empty();
    }

    /** A file's commands take effect, but whether examples are shown is as before; its names come without examples. */
    private ImmutableList<Response> loaded(Event.FileLoaded loaded) {
        Examples before = examples;
        var responses = ImmutableList.<Response>builder();
        for (Event event : loaded.events()) {
            responses.addAll(inFile(event));
        }
        examples = examples.shownAs(before);
        responses.addAll(problems(loaded.diagnostics()));
        Examples silent = examples.shown(ExampleKind.BOTH, false);
        loaded.bound().forEach(bound -> responses.add(named(bound.name(), bound.meaning(), silent)));
        return responses.build();
    }

    /** In a file expressions and definitions say nothing for themselves, and {@code exit} ends the file alone. */
    private ImmutableList<Response> inFile(Event event) {
        if (event instanceof Event.CommandGiven command) {
            return command.statement() instanceof Statement.Exit ? ImmutableList.of() : command(command);
        }
        if (event instanceof Event.Drawn drawn) {
            return draw(
                    drawn.sop(),
                    title(drawn),
                    drawn.input().map(ExampleInput::of).orElse(examples.sop()));
        }
        if (event instanceof Event.FileExample own) {
            examples = examples.with(ExampleKind.BOTH, ExampleInput.of(own.input()));
            return ImmutableList.of(
                    new Response.Output("running example is: " + examples.sop().plain() + "\n"));
        }
        if (event instanceof Event.FileLoaded nested) {
            return loaded(
                    new Event.FileLoaded(nested.path(), ImmutableList.of(), nested.events(), nested.diagnostics()));
        }
        return ImmutableList.of();
    }

    static ImmutableList<Response> problems(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(Response.Problem::new).collect(ImmutableList.toImmutableList());
    }
}
