package io.rasplens.compiler.lower;

import com.google.common.collect.Collections2;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds a number that codes the variables of a function well enough to tell its values apart, with few changes along it.
 *
 * <p>Candidates: affine sums that the function itself is written over ({@code x == y} is a function of {@code x - y}), and mixed radix
 * codes of the variables in several orders, which always work.
 */
final class Codes {
    private static final int MAX_PERMUTED = 4;

    private final Lowerer lowerer;
    private final Variables variables;

    Codes(Lowerer lowerer, Variables variables) {
        this.lowerer = lowerer;
        this.variables = variables;
    }

    /** The code with the fewest changes, of those whose steps round well if there are any. */
    Code best(SOp sop, JointTable table, Code.Purpose purpose) {
        var candidates = new ArrayList<Code>();
        for (AffineSum sum : sums(sop)) {
            ofSum(sum, table, purpose).ifPresent(candidates::add);
        }
        for (List<Integer> order : orders(table.variables().size())) {
            radix(table, order, purpose).ifPresent(candidates::add);
        }
        return candidates.stream()
                .min(Comparator.comparing((Code code) -> !code.isPrecise(table, purpose))
                        .thenComparingInt(Code::changes))
                .orElseThrow(() -> lowerer.refuse(
                        CompileCode.VALUES_TOO_CLOSE, sop, "depends on numbers that are too close together"));
    }

    /** Sums inside the s-op that it may be a function of. */
    private static List<AffineSum> sums(SOp sop) {
        var sums = new ArrayList<AffineSum>();
        SOp at = sop;
        while (at instanceof SOp.Elementwise node) {
            sums.add(AffineSum.of(node, leaf -> !(leaf instanceof SOp.Elementwise)));
            List<SOp> moving = node.arguments().stream()
                    .filter(argument -> !(argument instanceof SOp.Constant))
                    .toList();
            if (moving.size() == 2 && node.operator() instanceof Operator.Binary binary && isComparison(binary)) {
                sums.add(
                        AffineSum.difference(moving.get(0), moving.get(1), leaf -> !(leaf instanceof SOp.Elementwise)));
            }
            if (moving.size() != 1) {
                break;
            }
            at = moving.get(0);
        }
        return sums;
    }

    private static boolean isComparison(Operator.Binary binary) {
        return switch (binary.kind()) {
            case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
    }

    private Optional<Code> ofSum(AffineSum sum, JointTable table, Code.Purpose purpose) {
        double[] numbers = new double[table.cells().length()];
        java.util.Arrays.fill(numbers, sum.constant());
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            Optional<JointTable> found = lowerer.inference().table(leaf.getKey());
            if (found.isEmpty()
                    || !variables.isLinear(found.get())
                    || !table.variables().containsAll(found.get().variables())
                    || !found.get().values().stream().allMatch(Value::isNumeric)) {
                return Optional.empty();
            }
            int[] seen = found.get().cellsSeenFrom(table.variables());
            for (int cell = 0; cell < numbers.length; cell++) {
                numbers[cell] += leaf.getValue()
                        * found.get().value(seen[cell]).map(Values::toDouble).orElse(0.0);
            }
        }
        return Code.of(
                () -> sum.leaves().entrySet().stream()
                        .map(leaf -> lowerer.functions().number(leaf.getKey()).times(leaf.getValue()))
                        .reduce(Signal.constant(sum.constant()), Signal::plus),
                table,
                numbers,
                purpose);
    }

    private static Iterable<List<Integer>> orders(int count) {
        List<Integer> plain = IntStream.range(0, count).boxed().toList();
        return count <= MAX_PERMUTED ? Collections2.permutations(plain) : ImmutableList.of(plain);
    }

    /** {@code Σ stride · rank}: each variable's least difference outweighs all variables before it in {@code order}. */
    private Optional<Code> radix(JointTable table, List<Integer> order, Code.Purpose purpose) {
        double[] numbers = new double[table.cells().length()];
        double[][] weights = new double[table.variables().size()][];
        double reach = 0;
        for (int v : order) {
            Variable variable = table.variables().get(v);
            double[] own = weights(variable);
            double gap = leastGap(own);
            double low = java.util.Arrays.stream(own).min().orElse(0);
            double high = java.util.Arrays.stream(own).max().orElse(0);
            double stride = (reach + 1) / gap;
            weights[v] = java.util.Arrays.stream(own).map(x -> x * stride).toArray();
            reach += (high - low) * stride;
        }
        for (int cell = 0; cell < numbers.length; cell++) {
            for (int v = 0; v < weights.length; v++) {
                numbers[cell] += weights[v][table.coordinate(cell, v)];
            }
        }
        return Code.of(() -> signal(table, weights), table, numbers, purpose);
    }

    private Signal signal(JointTable table, double[][] weights) {
        Signal total = Signal.constant(0);
        for (int v = 0; v < weights.length; v++) {
            Variable variable = table.variables().get(v);
            if (variables.isOneHot(variable)) {
                total = total.plus(variables.weighted("code", variable, weights[v]));
            } else {
                double[] own = weights(variable);
                int last = own.length - 1;
                if (own[last] == own[0]) {
                    total = total.plus(Signal.constant(weights[v][0]));
                    continue;
                }
                double stride = (weights[v][last] - weights[v][0]) / (own[last] - own[0]);
                total = total.plus(variables.ownNumber(variable).times(stride));
            }
        }
        return total;
    }

    /** Free for a one-hot variable, its value for a number. */
    private double[] weights(Variable variable) {
        return variables.isOneHot(variable)
                ? IntStream.range(0, variable.domain().size())
                        .mapToDouble(i -> i)
                        .toArray()
                : variable.domain().stream().mapToDouble(Lowerer::asNumber).toArray();
    }

    private static double leastGap(double[] numbers) {
        double[] sorted = numbers.clone();
        java.util.Arrays.sort(sorted);
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            double difference = sorted[i] - sorted[i - 1];
            if (difference > 1e-12) {
                gap = Math.min(gap, difference);
            }
        }
        return Double.isInfinite(gap) ? 1 : gap;
    }
}
