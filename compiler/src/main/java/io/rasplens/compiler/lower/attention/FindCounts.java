package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.circuit.gadget.CountHead;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Looks through a program for what is counted, and works out how much BOS has to weigh beside a key.
 *
 * <p>A count by itself needs no more than B = 1. Counts that are added before a function of the sum is taken must be squeezed so little
 * that sums stay apart whatever they are made of: with a total of k in m parts the sum lies between {@code B k / (B + k)} and
 * {@code B k / (B + k/m)}, so that B has to be {@code (1 - 1/m) W (W - 1)} at the least for sums up to W; twice that leaves
 * half of the room for noise. Counts that are only compared with each other need no more than {@code B = N}. Where a function reads more than
 * two counts through sums of them, all ways to make up the sums are too many to look at: there B is so great that a sum of squeezed
 * counts is the sum of the counts, but for a part of the distance of two sums.
 */
final class FindCounts {
    /** From here on BOS = 1 would leave counts near N too close together: their distance is 1 / N². */
    private static final int MOST_KEYS_FOR_ONE = 280;

    /** Into how many parts the distance of two numbers is divided, of which what squeezing does to them may take one. */
    private static final double ROOM = 32;

    /** Sums of more counts are not looked into. */
    private static final int MOST_COUNTS = 8;

    /** So many counts a function may read in all combinations. */
    private static final int MOST_TOGETHER = 2;

    private final Facts facts;
    private final ToIntFunction<SOp.SelectorWidth> heads;
    private final double more;
    private final int keys;
    private final Map<SOp, Double> bosWeights = new HashMap<>();
    private final Map<SOp, Double> scales = new HashMap<>();
    private final Map<SOp, Double> ownScales = new HashMap<>();
    private final Map<SOp, Map<SOp, Double>> sums = new HashMap<>();
    private final Set<SOp> straight = new HashSet<>();
    private final Set<SOp> totals = new HashSet<>();

    /**
     * A search.
     *
     * @param heads how many heads a width takes
     * @param more how much more of BOS is asked for than should do, where numbers are told apart only if it weighs enough
     */
    FindCounts(Facts facts, ToIntFunction<SOp.SelectorWidth> heads, double more) {
        this.facts = facts;
        this.heads = heads;
        this.more = more;
        this.keys = facts.target().maxLength();
    }

    /** The weight of BOS by what is counted; it fills up while {@link #search} goes on, arguments first. */
    Map<SOp, Double> bosWeights() {
        return bosWeights;
    }

    /** How many times what two sums differ by is the greatest that one key adds to them; 1 if it is less. */
    double scale(SOp sop) {
        return Math.max(1, scales.getOrDefault(sop, 1.0));
    }

    /** The counts, totals and sums of counts whose squeezed numbers are read as the numbers themselves. */
    Set<SOp> straight() {
        return straight;
    }

    /** The s-ops that are sums of counts, read as one number. */
    Set<SOp> totals() {
        return totals;
    }

    void search() {
        ImmutableList<ProgramNode> nodes = facts.nodes();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                addOwn(sop);
            }
        }
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Elementwise elementwise) {
                add(elementwise);
            }
        }
        findTotals(nodes);
    }

    /** The weight of BOS for a count that is not added to others. */
    private void addOwn(SOp sop) {
        if (!(facts.inference().values(sop) instanceof ValueSet.Finite finite)) {
            return;
        }
        if (sop instanceof SOp.SelectorWidth width && facts.table(width).isPresent() && !isMark(finite)) {
            int parts = heads.applyAsInt(width);
            double alone = keys <= MOST_KEYS_FOR_ONE ? 1 : keys;
            bosWeights.put(sop, parts <= 1 ? alone : 4 * more * CountHead.bosWeight(parts, keys));
        } else if (facts.total(sop).isPresent() && finite.values().size() > 1) {
            straight.add(sop);
            double distance = leastDistance(finite.values());
            double weight = more * ROOM * keys * facts.size(sop) / distance;
            double scale = facts.size(facts.total(sop).get().mean().sequence()) / distance;
            ownScales.put(sop, scale);
            scales.put(sop, scale);
            bosWeights.put(sop, Math.max(1, weight));
        }
    }

    /** Whether no more than one key is ever selected: a head that copies a 1 tells that without steps. */
    static boolean isMark(ValueSet.Finite finite) {
        return finite.values().stream().allMatch(v -> Values.toDouble(v) <= 1);
    }

    private void add(SOp.Elementwise node) {
        Map<SOp, Double> sum = sum(node);
        sums.put(node, sum);
        raise(sum, false);
        if (isComparison(node)) {
            raise(merged(part(node.arguments().get(0)), part(node.arguments().get(1)), -1), true);
        }
    }

    /** The counts in a sum, with their coefficients; empty where the s-op is no sum of counts and other things. */
    private Map<SOp, Double> sum(SOp.Elementwise node) {
        if (bosWeights.containsKey(node)) {
            return Map.of(node, 1.0);
        }
        SOp first = node.arguments().get(0);
        if (node.operator() instanceof Operator.Unary unary) {
            return unary.kind() == UnaryKind.NEGATE ? merged(Map.of(), part(first), -1) : Map.of();
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Map.of();
        }
        SOp second = node.arguments().get(1);
        return switch (binary.kind()) {
            case PLUS -> merged(part(first), part(second), 1);
            case MINUS -> merged(part(first), part(second), -1);
            case TIMES ->
                first instanceof SOp.Constant c
                        ? scaled(part(second), c)
                        : second instanceof SOp.Constant d ? scaled(part(first), d) : Map.of();
            default -> Map.of();
        };
    }

    private Map<SOp, Double> part(SOp sop) {
        return bosWeights.containsKey(sop) ? Map.of(sop, 1.0) : sums.getOrDefault(sop, Map.of());
    }

    private static Map<SOp, Double> scaled(Map<SOp, Double> sum, SOp.Constant factor) {
        return factor.value().isNumeric() ? merged(Map.of(), sum, Values.toDouble(factor.value())) : Map.of();
    }

    private static Map<SOp, Double> merged(Map<SOp, Double> left, Map<SOp, Double> right, double factor) {
        var sum = new LinkedHashMap<>(left);
        right.forEach((sop, c) -> sum.merge(sop, c * factor, Double::sum));
        sum.values().removeIf(c -> c == 0);
        return sum.size() > MOST_COUNTS ? Map.of() : sum;
    }

    /** Sees to it that sums of several counts stay apart. */
    private void raise(Map<SOp, Double> sum, boolean compared) {
        if (sum.size() < 2) {
            return;
        }
        double least = sum.values().stream().mapToDouble(Math::abs).min().orElse(1);
        double most = 0;
        for (Map.Entry<SOp, Double> part : sum.entrySet()) {
            most += Math.abs(part.getValue()) / least * facts.size(part.getKey());
        }
        boolean difference = sum.values().stream().mapToDouble(c -> c).sum() == 0 && sum.size() == 2;
        double weight = compared && difference ? keys : CountHead.bosWeight(sum.size(), most);
        sum.forEach((sop, coefficient) -> {
            bosWeights.merge(sop, weight, Math::max);
            scales.merge(sop, ownScales.getOrDefault(sop, 1.0) * Math.abs(coefficient) / least, Math::max);
        });
    }

    /** The sums that functions of more than two counts read. */
    private void findTotals(List<ProgramNode> nodes) {
        Set<SOp> manyBelow = manyBelow(nodes);
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Elementwise sop
                    && manyBelow.contains(sop)
                    && sums.getOrDefault(sop, Map.of()).size() > 1
                    && facts.inference().values(sop) instanceof ValueSet.Finite finite
                    && finite.values().size() > 1
                    && isOfCounts(sop)) {
                total(sop, sums.getOrDefault(sop, Map.of()), leastDistance(finite.values()));
            }
        }
    }

    private void total(SOp.Elementwise sop, Map<SOp, Double> sum, double distance) {
        double lost = 0;
        for (Map.Entry<SOp, Double> part : sum.entrySet()) {
            double most = facts.size(part.getKey());
            lost += Math.abs(part.getValue()) * most * Math.max(most, keys);
        }
        double weight = more * ROOM * lost / distance;
        sum.forEach((part, coefficient) -> {
            bosWeights.merge(part, weight, Math::max);
            scales.merge(part, Math.abs(coefficient) / distance, Math::max);
            straight.add(part);
        });
        straight.add(sop);
        totals.add(sop);
    }

    /** Whether nothing but counts and constants is added up. */
    private boolean isOfCounts(SOp.Elementwise sop) {
        return AffineSum.of(sop, bosWeights::containsKey).folded(facts::alwaysNumber).leaves().keySet().stream()
                .allMatch(bosWeights::containsKey);
    }

    /** What is computed from counts on the way to something that more than two counts, or sums of them, go into. */
    private Set<SOp> manyBelow(List<ProgramNode> nodes) {
        var reads = new HashMap<SOp, ImmutableSet<SOp>>();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop && bosWeights.containsKey(sop)) {
                reads.put(sop, ImmutableSet.of(sop));
            } else if (node instanceof SOp.Elementwise elementwise) {
                ImmutableSet<SOp> all = elementwise.arguments().stream()
                        .flatMap(argument -> reads.getOrDefault(argument, ImmutableSet.of()).stream())
                        .limit((long) MOST_COUNTS * MOST_COUNTS)
                        .collect(ImmutableSet.toImmutableSet());
                reads.put(elementwise, ImmutableSet.copyOf(all.asList().subList(0, Math.min(all.size(), MOST_COUNTS))));
            }
        }
        var many = new HashSet<SOp>();
        for (int n = nodes.size() - 1; n >= 0; n--) {
            if (nodes.get(n) instanceof SOp.Elementwise elementwise
                    && (many.contains(elementwise)
                            || reads.getOrDefault(elementwise, ImmutableSet.of())
                                            .size()
                                    > MOST_TOGETHER)) {
                many.addAll(elementwise.arguments());
            }
        }
        return many;
    }

    private static boolean isComparison(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Binary binary
                && switch (binary.kind()) {
                    case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
                    default -> false;
                };
    }

    private static double leastDistance(ImmutableList<Value> values) {
        double[] numbers =
                values.stream().mapToDouble(Values::toDouble).sorted().toArray();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < numbers.length; i++) {
            least = numbers[i] > numbers[i - 1] ? Math.min(least, numbers[i] - numbers[i - 1]) : least;
        }
        return least;
    }
}
