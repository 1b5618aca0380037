package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.ByPosition;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The idiom by which RASP programs count (Weiss et al. 2021, section 4): {@code aggregate(s or select(indices, 0, ==), indicator(indices
 * == 0))} is a mean of the mark at position 0 over it and whatever else is selected, {@code 1 / (1 + w)}, w being the width of
 * {@code s} at the other positions.
 *
 * @param others what is selected beside position 0, in any order
 * @param first selects position 0 and nothing else, for every query
 * @param mark what the sequence holds at position 0; 0 everywhere else
 */
record FirstAsMark(ImmutableList<Selector> others, Selector first, Value mark) {

    static Optional<FirstAsMark> match(SOp.Aggregate node, CompileTarget target) {
        Set<Selector> operands = new LinkedHashSet<>();
        flatten(node.selector(), operands);
        if (operands.size() < 2) {
            return Optional.empty();
        }
        return mark(node.sequence(), target)
                .flatMap(mark -> operands.stream()
                        .filter(selector -> isFirst(selector, target))
                        .findFirst()
                        .map(first -> new FirstAsMark(
                                operands.stream().filter(s -> s != first).collect(ImmutableList.toImmutableList()),
                                first,
                                mark)));
    }

    private static void flatten(Selector selector, Set<Selector> operands) {
        if (selector instanceof Selector.Or or) {
            flatten(or.left(), operands);
            flatten(or.right(), operands);
        } else {
            operands.add(selector);
        }
    }

    private static Optional<Value> mark(SOp sequence, CompileTarget target) {
        if (!ByPosition.alone(sequence)) {
            return Optional.empty();
        }
        return Attempt.of(() -> Interpreter.evaluate(
                        sequence, ByPosition.longest(target), target.program().causal()))
                .filter(values ->
                        values.stream().skip(1).allMatch(v -> Values.isNumber(v) && v.raspEquals(Value.of(0))))
                .map(values -> values.get(0))
                .filter(mark -> Values.isNumber(mark) && !mark.raspEquals(Value.of(0)));
    }

    private static boolean isFirst(Selector selector, CompileTarget target) {
        if (!ByPosition.alone(selector)) {
            return false;
        }
        return Attempt.of(() -> Interpreter.evaluate(
                        selector, ByPosition.longest(target), target.program().causal()))
                .filter(FirstAsMark::selectsTheFirstAlone)
                .isPresent();
    }

    private static boolean selectsTheFirstAlone(SelectorMatrix matrix) {
        return IntStream.range(0, matrix.size())
                .allMatch(query -> matrix.width(query) == 1 && matrix.selects(query, 0));
    }
}
