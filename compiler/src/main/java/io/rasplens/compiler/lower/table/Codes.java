package io.rasplens.compiler.lower.table;

import com.google.common.collect.Collections2;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds numbers that code some of the variables of a function.
 *
 * <p>Candidates: affine sums that the function itself is written over ({@code x == y} is a function of {@code x - y}), and mixed radix
 * codes of the variables in several orders, which always tell all combinations apart.
 */
final class Codes {
    private static final int MAX_PERMUTED = 3;

    private static final int MAX_SUMS = 24;

    /** Relative to the greatest number; steps are never narrower than ten times that. */
    private static final double MAX_ROUNDING = Precision.PROMISED / 10;

    /** Numbers that differ by less, relative to their size, are one but for rounding. */
    private static final double ROUNDING = 1e-12;

    private final Facts facts;
    private final VariableReadings variables;
    private final CircuitWriter writer;

    Codes(Facts facts, VariableReadings variables, CircuitWriter writer) {
        this.facts = facts;
        this.variables = variables;
        this.writer = writer;
    }

    /**
     * Codings of the variables at the positions {@code coded} of the table.
     *
     * @param sop the function, in whose expression sums are looked for
     */
    List<Coding> of(SOp sop, JointTable table, List<Integer> coded) {
        if (coded.isEmpty()) {
            return List.of(Coding.none(table.cells().length()));
        }
        if (coded.stream().anyMatch(v -> isRounded(table.variables().get(v)))) {
            return List.of();
        }
        var found = new ArrayList<Coding>();
        if (coded.size() > 1) {
            List<Variable> own = coded.stream().map(table.variables()::get).toList();
            for (AffineSum sum : sums(sop, table)) {
                ofSum(sum, table, own).ifPresent(found::add);
            }
        }
        for (List<Integer> order : orders(table, coded)) {
            found.add(radix(table, order));
        }
        return found;
    }

    /** Whether the program itself rounds a number so much that steps could not tell its values apart. */
    boolean isRounded(Variable variable) {
        return variable instanceof Variable.Computed computed
                && facts.rounding(computed.sop()) > mostRounding(computed.sop());
    }

    /** What the program may round a number by whose values are to be told apart. */
    double mostRounding(SOp sop) {
        return MAX_ROUNDING * Math.max(1, facts.size(sop));
    }

    /** Sums inside the s-op that it may be a function of: its affine parts, and the differences that it compares. */
    private static List<AffineSum> sums(SOp sop, JointTable table) {
        var sums = new ArrayList<AffineSum>();
        var seen = new HashSet<SOp>();
        var open = new ArrayDeque<SOp>(List.of(sop));
        while (!open.isEmpty() && seen.size() < MAX_SUMS) {
            SOp at = open.pop();
            if (!(at instanceof SOp.Elementwise node) || (at != sop && isLeaf(at, table)) || !seen.add(at)) {
                continue;
            }
            AffineSum own = AffineSum.of(node, leaf -> isLeaf(leaf, table));
            if (!own.leaves().containsKey(node)) {
                sums.add(own);
            }
            if (node.operator() instanceof Operator.Binary binary
                    && binary.kind().isComparison()) {
                sums.add(AffineSum.difference(
                        node.arguments().get(0), node.arguments().get(1), leaf -> isLeaf(leaf, table)));
            }
            open.addAll(node.arguments());
        }
        return sums;
    }

    private static boolean isLeaf(SOp sop, JointTable table) {
        return !(sop instanceof SOp.Elementwise) || ownVariable(sop, table).isPresent();
    }

    private static Optional<Variable> ownVariable(SOp sop, JointTable table) {
        return table.variables().stream()
                .filter(v -> v instanceof Variable.Computed computed && computed.sop() == sop)
                .findFirst();
    }

    private Optional<Coding> ofSum(AffineSum sum, JointTable table, List<Variable> coded) {
        double[] numbers = new double[table.cells().length()];
        double blur = 0;
        Arrays.fill(numbers, sum.constant());
        var summands = new ArrayList<Supplier<Signal>>();
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            Optional<JointTable> found = ownVariable(leaf.getKey(), table).isPresent()
                    ? facts.inference().identity(leaf.getKey())
                    : facts.inference().table(leaf.getKey());
            Optional<VariableReadings.Summand> summand = found.flatMap(own -> variables.summand(leaf.getKey(), own));
            if (summand.isEmpty()
                    || !coded.containsAll(found.get().variables())
                    || !found.get().values().stream().allMatch(Value::isNumeric)) {
                return Optional.empty();
            }
            int[] seen = found.get().cellsSeenFrom(table.variables());
            for (int cell = 0; cell < numbers.length; cell++) {
                numbers[cell] += leaf.getValue() * summand.get().numbers()[seen[cell]];
            }
            blur += Math.abs(leaf.getValue()) * summand.get().blur();
            summands.add(() -> summand.get().signal().get().times(leaf.getValue()));
        }
        return Optional.of(new Coding(
                () -> summands.stream().map(Supplier::get).reduce(Signal.constant(sum.constant()), Signal::plus),
                numbers,
                blur));
    }

    /** Of many variables one order: those first that are not held exactly, as what is behind them outweighs them. */
    private Iterable<List<Integer>> orders(JointTable table, List<Integer> coded) {
        return coded.size() <= MAX_PERMUTED
                ? Collections2.permutations(coded)
                : ImmutableList.of(coded.stream()
                        .sorted(Comparator.comparing(
                                v -> variables.blur(table.variables().get(v)) == 0))
                        .toList());
    }

    /** {@code Σ stride · rank}: each variable's least difference outweighs all variables before it in {@code order}. */
    private Coding radix(JointTable table, List<Integer> order) {
        double[] numbers = new double[table.cells().length()];
        double[][] weights = new double[table.variables().size()][];
        double[] strides = new double[table.variables().size()];
        double reach = 0;
        double blur = 0;
        for (int v : order) {
            double[] own = weights(table.variables().get(v));
            double gap = leastGap(own);
            double low = Arrays.stream(own).min().orElse(0);
            double high = Arrays.stream(own).max().orElse(0);
            double stride = order.size() == 1 ? 1 : (reach + 1) / gap;
            strides[v] = stride;
            weights[v] = Arrays.stream(own).map(x -> x * stride).toArray();
            reach += (high - low) * stride;
            blur += stride * variables.blur(table.variables().get(v));
        }
        for (int v : order) {
            int[] coordinates = table.coordinates(v);
            for (int cell = 0; cell < numbers.length; cell++) {
                numbers[cell] += weights[v][coordinates[cell]];
            }
        }
        return new Coding(() -> signal(table, order, weights, strides), numbers, blur);
    }

    private Signal signal(JointTable table, List<Integer> order, double[][] weights, double[] strides) {
        Signal total = Signal.constant(0);
        for (int v : order) {
            Variable variable = table.variables().get(v);
            if (variables.isOneHot(variable)) {
                total = total.plus(variables.weighted(() -> writer.feature("code"), variable, weights[v]));
            } else {
                double[] own = weights(variable);
                boolean isConstant = own[own.length - 1] == own[0];
                total = total.plus(
                        isConstant
                                ? Signal.constant(weights[v][0])
                                : variables.number(variable).times(strides[v]));
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
                : variables.held(variable);
    }

    private static double leastGap(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            double difference = sorted[i] - sorted[i - 1];
            if (difference > ROUNDING * Math.max(1, Math.abs(sorted[i]))) {
                gap = Math.min(gap, difference);
            }
        }
        return Double.isInfinite(gap) ? 1 : gap;
    }
}
