package io.rasplens.compiler.lower.table;

import com.google.common.collect.Collections2;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.RegionTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.stack.Interrupted;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses how each function is computed: over which s-ops, which of them are tested and which coded as a number. */
public final class Plans {
    /** Fractions of no more parts leave room for a number between them that whoever writes a program can think of. */
    private static final long COARSE = 1 << 12;

    /** Variables tested in every order. */
    private static final int MAX_PERMUTED = 4;

    /** One-hot variables of which every subset is tried as part of the number. */
    private static final int MAX_SUBSETS = 4;

    /** Cells looked at for one function; a quarter of a second or so. */
    private static final long MAX_WORK = 1 << 23;

    /** More than this are for what can't be had in a later block either. */
    private static final int MANY_UNITS = 1 << 13;

    private static final Comparator<TableCases> PRECISE_FIRST = Comparator.comparing(cases -> !cases.precise());

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final Regions regions;
    private final Codes codes;
    private final Memo<PlanKey, Optional<TableCases>> known = new Memo<>(key -> find(key.sop(), key.purpose()));

    private record PlanKey(SOp sop, Purpose purpose) {}

    public Plans(Facts facts, Readings readings, VariableReadings variables, CircuitWriter writer, Regions regions) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
        this.regions = regions;
        this.codes = new Codes(facts, variables, writer);
    }

    /** The way with the fewest hidden units, those of the s-ops that it makes in earlier blocks included. */
    TableCases best(SOp sop, Purpose purpose) {
        return known.get(new PlanKey(sop, purpose))
                .orElseThrow(() -> new TooClose(facts, variables, codes).refuse(sop, regions.tables(sop), purpose));
    }

    /**
     * Whether a way is to be taken that might do without a later block: one of not too many units and, if the policy asks for that, whose
     * rounding does no harm, and which adds no two squeezed counts to tell them by their sum.
     */
    boolean isGood(SOp sop, Purpose purpose, Policy policy) {
        Optional<TableCases> cases = known.get(new PlanKey(sop, purpose));
        return policy.takesRoundedCases()
                ? cases.isEmpty() || cases.get().units() <= MANY_UNITS
                : cases.filter(c -> c.units() <= MANY_UNITS && c.precise() && squeezedTogether(c) <= 1)
                        .isPresent();
    }

    private long squeezedTogether(TableCases cases) {
        return IntStream.range(0, cases.table().variables().size())
                .filter(v -> !cases.tested().contains(v))
                .mapToObj(cases.table().variables()::get)
                .filter(v -> v instanceof Variable.Computed computed && variables.isSqueezed(computed.sop()))
                .count();
    }

    /** Whether the function can be written out over some of what it is computed from. */
    public boolean isPossible(SOp sop) {
        return !regions.tables(sop).isEmpty();
    }

    /** The same, in the first block in which all can be read, or else where there is no other way. */
    boolean isOffered(SOp sop) {
        return !regions.inTime(sop).isEmpty()
                || (sop instanceof SOp.Elementwise node && regions.ready(node).isEmpty() && isPossible(sop));
    }

    private Optional<TableCases> find(SOp sop, Purpose purpose) {
        List<JointTable> tables = regions.tables(sop);
        if (tables.isEmpty()) {
            throw refusal(sop);
        }
        var found = new ArrayList<TableCases>();
        for (JointTable table : tables) {
            candidates(sop, table, purpose).stream()
                    .min(PRECISE_FIRST.thenComparingInt(TableCases::units))
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            // What it is computed from can't be told apart as it comes; what its arguments are may well be.
            regions.ofArguments(sop)
                    .filter(table -> !tables.contains(table))
                    .map(table -> candidates(sop, table, purpose))
                    .ifPresent(found::addAll);
        }
        return found.stream().min(PRECISE_FIRST.thenComparingInt(cases -> cases.units() + earlyUnits(cases)));
    }

    /** Why there is no table of the s-op that could be written out. */
    public Refusal refusal(SOp sop) {
        Optional<SOp> unlisted = sop instanceof SOp.Elementwise node
                ? node.arguments().stream()
                        .filter(a -> facts.inference().values(a) instanceof ValueSet.Interval)
                        .findFirst()
                : Optional.empty();
        if (unlisted.isPresent() && isRoundedWhereItMeets((SOp.Elementwise) sop, unlisted.get())) {
            return facts.refuseTooClose(
                    sop,
                    "depends on how the program rounds " + DescribeNode.name(facts.program(), unlisted.get())
                            + ", which can be what it is compared with, or a float next to it");
        }
        return unlisted.isPresent()
                ? facts.refuse(
                        CompileCode.TOO_MANY_VALUES,
                        sop,
                        "depends on which number " + DescribeNode.name(facts.program(), unlisted.get())
                                + " is, and there are too many to list: "
                                + facts.inference().unlisted(unlisted.get()),
                        "a shorter max_length or a smaller vocab makes them fewer; what has no jumps, as max and min,"
                                + " can do without a list")
                : facts.refuse(
                        CompileCode.TOO_MANY_VALUES,
                        sop,
                        "depends on " + combinations(sop) + " combinations of values; at most "
                                + RegionTable.MAX_COMBINATIONS + " are listed");
    }

    /** Whether numbers on a coarse grid are compared that are not the floats next to their fractions: there is room beside them. */
    private boolean isRoundedWhereItMeets(SOp.Elementwise sop, SOp number) {
        return sop.operator() instanceof Operator.Binary binary
                && binary.kind().isComparison()
                && facts.grid(number)
                        .filter(grid -> !grid.exact() && grid.parts() * grid.widest() <= COARSE)
                        .isPresent()
                && sop.arguments().stream()
                        .allMatch(argument -> facts.grid(argument).isPresent());
    }

    private BigInteger combinations(SOp sop) {
        BigInteger product = BigInteger.ONE;
        for (ProgramNode operand : sop.operands()) {
            product = product.multiply(
                    BigInteger.valueOf(facts.values((SOp) operand).size()));
        }
        return product;
    }

    private int earlyUnits(TableCases cases) {
        int units = 0;
        for (Variable variable : cases.table().variables()) {
            if (variable instanceof Variable.Computed computed
                    && computed.sop() instanceof SOp.Elementwise node
                    && cases.table().variables().size() > 1
                    && !readings.isMade(node)
                    && !regions.isAffine(node)) {
                units += best(node, facts.isNumber(node) ? Purpose.NUMBER : Purpose.VALUES)
                        .units();
            }
        }
        return units;
    }

    private List<TableCases> candidates(SOp sop, JointTable table, Purpose purpose) {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> oneHots = new ArrayList<>();
        for (int v = 0; v < table.variables().size(); v++) {
            (variables.isOneHot(table.variables().get(v)) ? oneHots : numbers).add(v);
        }
        var found = new ArrayList<TableCases>();
        long work = 0;
        for (List<Integer> alsoCoded : subsets(oneHots)) {
            List<Integer> tested = new ArrayList<>(oneHots);
            tested.removeAll(alsoCoded);
            List<Integer> coded = new ArrayList<>(numbers);
            coded.addAll(alsoCoded);
            coded.sort(Comparator.naturalOrder());
            for (Coding coding : codes.of(sop, table, coded)) {
                NumberedCells numbered = NumberedCells.of(table, coding.numbers(), purpose);
                if (tested.size() > 1 && numbered.inOrder(tested).isEmpty()) {
                    continue;
                }
                for (List<Integer> order : orders(tested)) {
                    Interrupted.check();
                    if (work > MAX_WORK && !found.isEmpty()) {
                        return found;
                    }
                    work += table.cells().length();
                    int limit = found.stream()
                            .filter(TableCases::precise)
                            .mapToInt(TableCases::units)
                            .min()
                            .orElse(TableCases.MAX_PATHS);
                    Optional<TableCases> cases =
                            TableCases.of(numbered, order, coding, purpose, Math.min(limit + 1, TableCases.MAX_PATHS));
                    cases.ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** No variable first, then all, then the rest. */
    private static List<List<Integer>> subsets(List<Integer> items) {
        if (items.isEmpty()) {
            return List.of(items);
        }
        if (items.size() > MAX_SUBSETS) {
            return List.of(List.of(), items);
        }
        int count = 1 << items.size();
        var masks = new ArrayList<Integer>(List.of(0, count - 1));
        IntStream.range(1, count - 1).forEach(masks::add);
        return masks.stream()
                .map(mask -> IntStream.range(0, items.size())
                        .filter(i -> (mask & 1 << i) != 0)
                        .mapToObj(items::get)
                        .toList())
                .toList();
    }

    private static Iterable<List<Integer>> orders(List<Integer> tested) {
        return tested.size() <= MAX_PERMUTED && tested.size() > 1
                ? Collections2.permutations(tested)
                : ImmutableList.of(tested);
    }
}
