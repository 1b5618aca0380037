package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Gathers what is printed of a value, running s-ops and selectors on the examples where these are shown. */
final class ShowMeaning {
    private final Examples examples;
    private final Function<ProgramNode, Optional<String>> names;

    private ShowMeaning(Examples examples, Function<ProgramNode, Optional<String>> names) {
        this.examples = examples;
        this.names = names;
    }

    /**
     * What is shown of {@code meaning}; an example on which it fails is left out.
     *
     * @param names what s-ops and selectors are called inside a list; those without a name show their expression
     */
    static Printed describe(Meaning meaning, Examples examples, Function<ProgramNode, Optional<String>> names) {
        return new ShowMeaning(examples, names).describe(meaning);
    }

    private Printed describe(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom) {
            return new Printed.PrintedAtom(atom.value());
        }
        if (meaning instanceof Meaning.Sequence sequence) {
            return new Printed.SequenceOperator(
                    name(sequence.node()),
                    examples.showSop() ? attempt(() -> output(sequence.node(), examples.sop())) : Optional.empty());
        }
        if (meaning instanceof Meaning.Selection selection) {
            return new Printed.SelectorOperator(
                    name(selection.node()),
                    examples.showSelector()
                            ? attempt(() -> matrix(selection.node(), examples.selector()))
                            : Optional.empty());
        }
        if (meaning instanceof Meaning.Function function) {
            return new Printed.PrintedFunction(function.creator(), function.name(), function.parameters());
        }
        if (meaning instanceof Meaning.ListOf list) {
            return new Printed.PrintedList(
                    list.elements().stream().map(this::describe).collect(ImmutableList.toImmutableList()));
        }
        if (meaning instanceof Meaning.DictOf dict) {
            return new Printed.PrintedDict(dict.entries().values().stream()
                    .map(entry -> new Printed.PrintedEntry(entry.key(), describe(entry.value())))
                    .collect(ImmutableList.toImmutableList()));
        }
        if (meaning instanceof Meaning.AppliedSequence applied) {
            return new Printed.PrintedOutput(ExampleInput.of(applied.input()), applied.values());
        }
        Meaning.AppliedSelection applied = (Meaning.AppliedSelection) meaning;
        return matrix(applied.matrix(), ExampleInput.of(applied.input()));
    }

    private String name(ProgramNode node) {
        return NodeText.reference(node, names, NodeText.LINE);
    }

    static Printed.PrintedOutput output(SOp sop, ExampleInput input) throws EvaluationException {
        return new Printed.PrintedOutput(input, Interpreter.evaluate(sop, input.values(), false));
    }

    static Printed.Matrix matrix(Selector selector, ExampleInput input) throws EvaluationException {
        return matrix(Interpreter.evaluate(selector, input.values(), false), input);
    }

    static Printed.Matrix matrix(SelectorMatrix matrix, ExampleInput input) {
        ImmutableList<ImmutableList<Boolean>> rows = IntStream.range(0, matrix.size())
                .mapToObj(query -> IntStream.range(0, matrix.size())
                        .mapToObj(key -> matrix.selects(query, key))
                        .collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
        return new Printed.Matrix(input, rows);
    }

    private interface Evaluating<T> {
        T run() throws EvaluationException;
    }

    private static <T> Optional<T> attempt(Evaluating<T> attempt) {
        try {
            return Optional.of(attempt.run());
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }
}
