package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which s-ops stand in the stream as squeezed counts, {@code B w / (B + w)}, and with which weight B of BOS.
 *
 * <p>A count by itself needs no more than B = 1. Counts that are added before a function of the sum is taken must be squeezed so little
 * that sums stay apart whatever they are made of: with a total of k in m parts the sum lies between {@code B k / (B + k)} and
 * {@code B k / (B + k/m)}, so that B has to be {@code (1 - 1/m) W (W - 1)} at the least for sums up to W; twice that leaves
 * half of the room for noise. Counts that are only compared with each other need no more than {@code B = N}.
 */
final class Counters {
    /** From here on BOS = 1 would leave counts near N too close together: their distance is 1 / N². */
    private static final int MOST_KEYS_FOR_ONE = 280;

    /** What noise may have of the distance between two totals. */
    private static final double TOTAL_ROOM = 16;

    /** Sums of more counts are not looked into. */
    private static final int MOST_COUNTS = 8;

    private final Facts facts;
    private final HeadTests tests;
    private final boolean squeezes;
    private final int keys;

    /** How much more of BOS is asked for than should do, for numbers that are told apart only if BOS weighs enough. */
    private final double more;

    private final Map<SOp, Double> bosWeights = new HashMap<>();
    private boolean looked;

    /**
     * The counts of a program.
     *
     * @param squeezes whether any is to be squeezed
     * @param hardness the score of a select that holds
     */
    Counters(Facts facts, HeadTests tests, boolean squeezes, double hardness) {
        this.facts = facts;
        this.tests = tests;
        this.squeezes = squeezes;
        this.keys = facts.target().maxLength();
        this.more = Math.pow(hardness / KeyScores.HARDNESS, 6);
    }

    /**
     * An s-op that is counted.
     *
     * @param selector the keys
     * @param sequence what is added up; 1 for each key where it is empty
     * @param bosWeight B
     * @param blur how far from {@link #held} the number may be
     */
    record Counter(Selector selector, Optional<SOp> sequence, double bosWeight, double blur) {}

    /** How the s-op is counted, if it is squeezed. */
    Optional<Counter> of(SOp sop) {
        Double weight = found().get(sop);
        if (weight == null) {
            return Optional.empty();
        }
        return Optional.of(
                sop instanceof SOp.SelectorWidth width
                        ? new Counter(width.selector(), Optional.empty(), weight, blur(width, weight))
                        : total(sop, weight));
    }

    private Counter total(SOp sop, double weight) {
        SOp.Aggregate mean = facts.total(sop).orElseThrow().mean();
        double blur = facts.size(sop) * keys / (weight + keys);
        return new Counter(mean.selector(), Optional.of(mean.sequence()), weight, blur);
    }

    boolean isSqueezed(SOp sop) {
        return found().containsKey(sop);
    }

    /**
     * What stands in the stream where the s-op is {@code number}. Of several heads' sum, and of a total, that is the middle of what can
     * stand there.
     */
    double held(SOp sop, double number) {
        double bos = Objects.requireNonNull(found().get(sop));
        return sop instanceof SOp.SelectorWidth width ? together(bos, number) + spread(width, bos, number) : number;
    }

    private static double together(double bos, double number) {
        return bos * number / (bos + number);
    }

    /** Half of how far apart what stands there can be for one number of selected keys. */
    private double spread(SOp.SelectorWidth width, double bos, double number) {
        double apart = bos * number / (bos + number / heads(width));
        return (apart - together(bos, number)) / 2;
    }

    /** The spread grows with the number. */
    private double blur(SOp.SelectorWidth width, double bos) {
        return spread(width, bos, keys);
    }

    /** The words for what stands in the stream: {@code B n / (n + B)} for an s-op of name n. */
    String name(SOp sop) {
        double bos = Objects.requireNonNull(found().get(sop));
        String weight = bos == Math.rint(bos) ? String.format(Locale.ROOT, "%.0f", bos) : Double.toString(bos);
        String name = facts.name(sop);
        return sop instanceof SOp.SelectorWidth
                ? (bos == 1 ? "" : weight + "·") + name + "/(" + name + "+" + weight + ")"
                : "about " + name;
    }

    /**
     * What has been found. The program is looked through when it is first asked for; how many heads a count takes is asked of rooms that ask
     * here what is squeezed among its arguments, which are looked at first.
     */
    private Map<SOp, Double> found() {
        if (squeezes && !looked) {
            looked = true;
            find();
        }
        return bosWeights;
    }

    private void find() {
        ImmutableList<ProgramNode> nodes =
                NeededNodes.of(ImmutableList.of(facts.program().output()));
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                own(sop).ifPresent(weight -> bosWeights.put(sop, weight));
            }
        }
        var sums = new HashMap<SOp, Map<SOp, Double>>();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Elementwise elementwise) {
                Map<SOp, Double> sum = sum(elementwise, sums);
                sums.put(elementwise, sum);
                raise(sum, false);
                if (isComparison(elementwise)) {
                    raise(
                            merged(
                                    part(elementwise.arguments().get(0), sums),
                                    part(elementwise.arguments().get(1), sums),
                                    -1),
                            true);
                }
            }
        }
    }

    /** The weight of BOS for a count that is not added to others; nothing for s-ops that are not squeezed. */
    private Optional<Double> own(SOp sop) {
        if (sop instanceof SOp.SelectorWidth width
                && facts.inference().values(width) instanceof ValueSet.Finite
                && facts.table(width).isPresent()
                && !isMark(width)) {
            int heads = heads(width);
            double alone = keys <= MOST_KEYS_FOR_ONE ? 1 : keys;
            return Optional.of(heads == 1 ? alone : 4 * more * ofSum(heads, keys));
        }
        if (facts.total(sop).isPresent()
                && facts.inference().values(sop) instanceof ValueSet.Finite finite
                && finite.values().size() > 1) {
            return Optional.of(Math.max(
                    1, more * TOTAL_ROOM * keys * facts.size(sop) / leastDistance(finite.values())));
        }
        return Optional.empty();
    }

    /** Whether no more than one key is ever selected: a head that copies a 1 tells that without steps. */
    boolean isMark(SOp.SelectorWidth width) {
        return squeezes
                && facts.inference().values(width) instanceof ValueSet.Finite finite
                && finite.values().stream().allMatch(v -> Values.toDouble(v) <= 1);
    }

    private int heads(SOp.SelectorWidth width) {
        return tests.of(width, width.selector(), Keys.ANY).size();
    }

    private static double leastDistance(ImmutableList<Value> values) {
        double[] numbers = values.stream().mapToDouble(Values::toDouble).sorted().toArray();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < numbers.length; i++) {
            least = numbers[i] > numbers[i - 1] ? Math.min(least, numbers[i] - numbers[i - 1]) : least;
        }
        return least;
    }

    /** Twice {@code (1 - 1/m) W (W - 1)}. */
    private static double ofSum(double parts, double most) {
        return Math.max(1, 2 * (1 - 1 / parts) * most * (most - 1));
    }

    /** The counts in a sum, with their coefficients; empty where the s-op is no sum of counts and other things. */
    private Map<SOp, Double> sum(SOp.Elementwise node, Map<SOp, Map<SOp, Double>> sums) {
        if (bosWeights.containsKey(node)) {
            return Map.of(node, 1.0);
        }
        SOp first = node.arguments().get(0);
        if (node.operator() instanceof Operator.Unary unary) {
            return unary.kind() == UnaryKind.NEGATE ? merged(Map.of(), part(first, sums), -1) : Map.of();
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Map.of();
        }
        SOp second = node.arguments().get(1);
        return switch (binary.kind()) {
            case PLUS -> merged(part(first, sums), part(second, sums), 1);
            case MINUS -> merged(part(first, sums), part(second, sums), -1);
            case TIMES -> first instanceof SOp.Constant c
                    ? scaled(part(second, sums), c)
                    : second instanceof SOp.Constant d ? scaled(part(first, sums), d) : Map.of();
            default -> Map.of();
        };
    }

    private Map<SOp, Double> part(SOp sop, Map<SOp, Map<SOp, Double>> sums) {
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
        double weight = compared && difference ? keys : ofSum(sum.size(), most);
        sum.keySet().forEach(sop -> bosWeights.merge(sop, weight, Math::max));
    }

    private static boolean isComparison(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Binary binary
                && switch (binary.kind()) {
                    case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
                    default -> false;
                };
    }
}
