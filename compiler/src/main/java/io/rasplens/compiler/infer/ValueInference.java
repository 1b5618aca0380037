package io.rasplens.compiler.infer;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.counts.SituatedValues;
import io.rasplens.compiler.infer.counts.TokenCounts;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.compiler.infer.refusal.Unlisted;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.Work;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds the values of every s-op of a program, on all inputs of the vocabulary and length at once.
 *
 * <p>What lies between two attention steps is enumerated over the variables it shares (input token, index, length, results of
 * attention), so that {@code tokens == "a" and tokens == "b"} is known to be false. Where that has too many combinations, the
 * product of the arguments' own sets is taken, which may list values that can't be. Combinations on which an operation fails
 * count for nothing: there the program has no answer to be right about.
 */
public final class ValueInference {
    /** Combinations of variables written out for one s-op. */
    private static final int MAX_COMBINATIONS = ElementwiseTable.MAX_COMBINATIONS;

    /** Cells kept in all tables together; four bytes each. */
    private static final long MAX_CELLS = 1 << 23;

    /** Combinations of arguments' values tried where variables are too many. */
    private static final long MAX_PRODUCT = 1 << 20;

    /** The same for all s-ops together; some seconds. Beyond it only bounds of numbers are worked out. */
    private static final long MAX_WORK = 1 << 24;

    /** Values listed for one s-op; numbers beyond it are kept as an interval. */
    private static final int MAX_VALUES = 1 << 16;

    /** The mean of equal ints is a float, which computes as they do while products are exact. */
    private static final double MAX_COPIED = 1 << 26;

    /** The same once all s-ops together list {@link #MANY_VALUES}. */
    private static final int MAX_LATE_VALUES = 1 << 10;

    private static final long MANY_VALUES = 1 << 21;

    /** Values listed in all sets together, at some 30 bytes each. */
    private final long maxTotalValues = Math.max(1 << 22, Work.memory() / 64);

    private final CompileTarget target;
    private final Effort effort;
    private final NodeMap<SOp, ValueSet> sets = new NodeMap<>();
    private final NodeMap<SOp, JointTable> tables = new NodeMap<>();
    private final TablePool pool = new TablePool();
    private final SelectorProofs proofs;
    private final Unlisted unlisted;
    private final Variable.Input input;
    private final Variable.Index index;
    private final Variable.Length length;
    private long work;
    private final CountedValues byCounts;

    /** The same of a few inputs only. */
    private final CountedValues bySomeCounts;

    private PositionalRuns runs = new PositionalRuns(Map.of(), Map.of());

    private ValueInference(CompileTarget target, Effort effort) {
        this.target = target;
        this.effort = effort;
        this.unlisted = new Unlisted(target.program());
        this.proofs =
                new SelectorProofs(tables, target.maxLength(), target.program().causal());
        this.input = new Variable.Input(target.vocabulary());
        this.index = new Variable.Index(ints(0, target.maxLength() - 1));
        this.length = new Variable.Length(ints(1, target.maxLength()));
        this.byCounts = new CountedValues(Suppliers.memoize(() -> TokenCounts.of(target)), tables, Situations::tellOf);
        this.bySomeCounts = new CountedValues(
                Suppliers.memoize(() -> TokenCounts.ofNeighbours(target)), tables, Situations::tellOfInput);
    }

    /** What is known of the program's nodes, or why some s-op has too many values to be compiled. */
    public static Result<Inference> infer(CompileTarget target) {
        return infer(target, Effort.USUAL, sop -> {});
    }

    /**
     * The same, saying what it is at.
     *
     * @param begin is told of each s-op before its values are worked out
     */
    public static Result<Inference> infer(CompileTarget target, Effort effort, Consumer<SOp> begin) {
        return new ValueInference(target, effort).run(begin);
    }

    private Result<Inference> run(Consumer<SOp> begin) {
        ImmutableList<ProgramNode> nodes = target.program().nodes();
        runs = PositionalRuns.run(nodes, target);
        var visitor = new NodeVisitor();
        for (ProgramNode node : nodes) {
            Interrupted.check();
            if (node instanceof Selector selector) {
                proofs.learn(selector, runs.facts().get(selector));
                continue;
            }
            SOp sop = (SOp) node;
            begin.accept(sop);
            Optional<Diagnostic> problem = sop.accept(visitor);
            if (problem.isPresent()) {
                return Result.failure(problem.get());
            }
            proofs.learn(sop);
            if (sets.get(sop) instanceof ValueSet.Finite finite
                    && finite.values().isEmpty()) {
                return Result.failure(noValues(sop));
            }
            if (pool.values() > maxTotalValues) {
                return Result.failure(tooMany(
                        sop,
                        "those of all s-ops so far are " + pool.values() + ", and the limit is " + maxTotalValues));
            }
        }
        return Result.success(new Inference(sets, tables, proofs, unlisted, effort));
    }

    /** Fills in set and table of each kind of node; the answer is what stops the compilation, if anything. */
    private final class NodeVisitor implements SOp.SOpVisitor<Optional<Diagnostic>> {

        @Override
        public Optional<Diagnostic> tokens(SOp.Tokens node) {
            return accept(
                    node,
                    JointTable.of(
                            ImmutableList.of(input),
                            target.vocabulary().stream()
                                    .map(token -> convert(node.conversion(), token))
                                    .toList()));
        }

        @Override
        public Optional<Diagnostic> indices(SOp.Indices node) {
            return accept(node, JointTable.identity(index));
        }

        @Override
        public Optional<Diagnostic> constant(SOp.Constant node) {
            return accept(node, JointTable.of(ImmutableList.of(), List.of(Optional.of(node.value()))));
        }

        @Override
        public Optional<Diagnostic> elementwise(SOp.Elementwise node) {
            if (node.operator() instanceof Operator.Kept) {
                keep(node, node.arguments().get(0));
                return Optional.empty();
            }
            var arguments = new ArrayList<JointTable>();
            for (SOp argument : node.arguments()) {
                JointTable table = tables.get(argument);
                if (table == null) {
                    break;
                }
                arguments.add(table);
            }
            if (arguments.size() == node.arguments().size()) {
                ImmutableList<Variable> variables = ElementwiseTable.variables(arguments);
                int combinations = JointTable.combinations(variables);
                if (combinations <= ElementwiseTable.mostCombinations(variables)
                        && pool.cells() + combinations <= MAX_CELLS) {
                    return acceptShared(node, pool.apply(node.operator(), arguments));
                }
            }
            return fromSets(node);
        }

        /** What reads a kept s-op must work for each of its values in any company: it is a variable, whatever it is computed from. */
        private void keep(SOp node, SOp kept) {
            ValueSet set = java.util.Objects.requireNonNull(sets.get(kept));
            if (set instanceof ValueSet.Finite finite) {
                tables.put(node, pool.share(JointTable.identity(new Variable.Computed(node, finite.values()))));
            } else {
                unlisted.put(node, unlisted.words(kept));
            }
            sets.put(node, set);
        }

        /** The values of a {@link Total} of whole numbers, where those of count and mean are too many together. */
        private Optional<Set<Value>> total(SOp.Elementwise node) {
            return Total.match(node, target).flatMap(total -> {
                SOp.Aggregate mean = total.mean();
                return sets.get(mean.sequence()) instanceof ValueSet.Finite summands && isWhole(summands)
                        ? widths(mean.selector())
                                .flatMap(widths -> ValuesByCount.products(
                                        widths,
                                        summands.values(),
                                        mean.fallback(),
                                        (count, of) -> total.product(node, count, of)))
                        : Optional.empty();
            });
        }

        private static boolean isWhole(ValueSet.Finite numbers) {
            return numbers.exact()
                    && numbers.isNumber()
                    && numbers.values().stream().mapToDouble(Values::toDouble).allMatch(x -> Math.rint(x) == x);
        }

        private Optional<Diagnostic> fromSets(SOp.Elementwise node) {
            if (effort == Effort.THOROUGH) {
                Optional<Set<Value>> total = total(node);
                if (total.isPresent()) {
                    return accept(node, sorted(total.get(), true));
                }
            }
            var arguments = new ArrayList<ImmutableList<Value>>();
            long product = 1;
            boolean exact = true;
            for (SOp argument : node.arguments()) {
                if (!(sets.get(argument) instanceof ValueSet.Finite finite)) {
                    return acceptBounds(node, unlisted.words(node));
                }
                exact &= finite.exact();
                arguments.add(finite.values());
                product *= finite.values().size();
            }
            if (node.operator() instanceof Operator.Conditional) {
                return accept(node, sorted(cases(arguments), exact));
            }
            work += product;
            if (product > MAX_PRODUCT || work > MAX_WORK) {
                unlisted.put(node, combinations(product));
                return acceptBounds(node, combinations(product));
            }
            Set<Value> found = new LinkedHashSet<>();
            for (List<Value> combination : com.google.common.collect.Lists.cartesianProduct(arguments)) {
                ElementwiseTable.apply(node.operator(), combination).ifPresent(found::add);
            }
            return accept(node, sorted(found, exact));
        }

        /** A choice takes the values of its cases, in whatever company. */
        private static Set<Value> cases(List<ImmutableList<Value>> arguments) {
            Set<Value> found = new LinkedHashSet<>();
            for (Value condition : arguments.get(0)) {
                found.addAll(arguments.get(condition.isTrue() ? 1 : 2));
            }
            return found;
        }

        private String combinations(long product) {
            return product + " combinations of its arguments' values"
                    + (product > MAX_PRODUCT
                            ? ", and the limit is " + MAX_PRODUCT
                            : ", with those of other s-ops " + work + ", and the limit is " + MAX_WORK);
        }

        private Optional<Diagnostic> acceptBounds(SOp.Elementwise node, String size) {
            ValueSet bounds = IntervalValues.of(node, sets);
            return bounds instanceof ValueSet.Finite finite && finite.values().isEmpty()
                    ? Optional.of(tooMany(node, size))
                    : accept(node, bounds);
        }

        @Override
        public Optional<Diagnostic> aggregate(SOp.Aggregate node) {
            Optional<JointTable> positional = runs.table(node, index, length);
            if (positional.isPresent()) {
                return accept(node, positional.get());
            }
            SelectorFacts facts = proofs.facts(node.selector());
            JointTable copied = tables.get(node.sequence());
            if (copied != null && isCopy(node, copied, facts)) {
                return acceptShared(node, copied);
            }
            if (byCounts.of(node)
                    .filter(situated -> acceptCounted(node, situated))
                    .isPresent()) {
                return Optional.empty();
            }
            Optional<JointTable> shared = copied == null ? Optional.empty() : ofShared(node, copied);
            if (shared.isPresent()) {
                return accept(node, shared.get());
            }
            ValueSet sequence = sets.get(node.sequence());
            if (sequence instanceof ValueSet.Interval interval) {
                return facts.least() == 0 && isStranger(node.fallback())
                        ? Optional.of(besideMeans(node, node.fallback(), unlisted.words(node)))
                        : accept(node, means(node, interval, facts));
            }
            ValueSet.Finite finite = (ValueSet.Finite) java.util.Objects.requireNonNull(sequence);
            Set<Value> found = new HashSet<>();
            boolean exact = finite.exact();
            if (facts.most() >= 1) {
                found.addAll(finite.values());
            }
            if (facts.least() == 0) {
                found.add(node.fallback());
            }
            List<Value> numbers =
                    finite.values().stream().filter(Value::isNumeric).toList();
            boolean meansPossible = numbers.stream().anyMatch(Values::isNumber);
            if (facts.most() >= 2 && meansPossible) {
                boolean equal = proofs.selectsEqualValues(node.selector(), node.sequence());
                ValueSet means =
                        equal ? MeanValues.ofEqual(numbers, facts.most()) : MeanValues.of(numbers, facts.most());
                if (means instanceof ValueSet.Interval interval) {
                    String size = MeanValues.unlisted(numbers, facts.most());
                    unlisted.put(node, size);
                    Optional<Value> stranger =
                            found.stream().filter(NodeVisitor::isStranger).findFirst();
                    return stranger.isPresent()
                            ? Optional.of(besideMeans(node, stranger.get(), size))
                            : accept(node, withFallback(node, interval.on(meansGrid(finite, facts)), facts));
                }
                found.addAll(((ValueSet.Finite) means).values());
                exact &= ((ValueSet.Finite) means).exact();
                if (!equal) {
                    return accept(
                            node,
                            sorted(found, exact),
                            domain -> widths(node.selector())
                                    .flatMap(w -> ValuesByCount.ofMean(w, domain, finite.values(), node.fallback())));
                }
            }
            return accept(node, sorted(found, exact));
        }

        /** A mean over all keys of what the tokens only tell together; see {@link MeanOfShared}. */
        private Optional<JointTable> ofShared(SOp.Aggregate node, JointTable sequence) {
            return effort == Effort.THOROUGH && !target.program().causal() && proofs.selectsEverything(node.selector())
                    ? MeanOfShared.of(
                            sequence,
                            index,
                            length,
                            variable -> variable instanceof Variable.Computed computed
                                    && proofs.sameEverywhere(computed.sop()))
                    : Optional.empty();
        }

        /** Whether it is the very number that its sequence is, at all positions of an input. */
        private boolean isCopy(SOp.Aggregate node, JointTable sequence, SelectorFacts facts) {
            return facts.least() >= 1
                    && proofs.sameEverywhere(node.sequence())
                    && sequence.values().stream()
                            .allMatch(value -> Values.isNumber(value) && Math.abs(Values.toDouble(value)) <= MAX_COPIED)
                    && MeanValues.keepsEqual(sequence.values(), facts.most());
        }

        /** Beside numbers that are too many to list, what is no number can't be told from them. */
        private static boolean isStranger(Value value) {
            return !Values.isNumber(value);
        }

        private ValueSet means(SOp.Aggregate node, ValueSet.Interval sequence, SelectorFacts facts) {
            return withFallback(node, sequence.on(meansGrid(sequence, facts)), facts);
        }

        /** One number alone is copied, several are averaged. */
        private static Optional<Grid> meansGrid(ValueSet sequence, SelectorFacts facts) {
            return facts.most() <= 1 ? Grids.of(sequence) : Grids.mean(sequence, facts.most());
        }

        private ValueSet withFallback(SOp.Aggregate node, ValueSet.Interval interval, SelectorFacts facts) {
            if (facts.least() >= 1) {
                return interval;
            }
            double fallback = Values.toDouble(node.fallback());
            return new ValueSet.Interval(
                    Math.min(interval.low(), fallback),
                    Math.max(interval.high(), fallback),
                    Grids.either(interval, new ValueSet.Finite(ImmutableList.of(node.fallback()), true)));
        }

        @Override
        public Optional<Diagnostic> selectorWidth(SOp.SelectorWidth node) {
            if (proofs.selectsEverything(node.selector())) {
                return accept(
                        node,
                        target.program().causal()
                                ? JointTable.of(
                                        ImmutableList.of(index),
                                        index.domain().stream()
                                                .map(i -> Optional.of(plusOne(i)))
                                                .toList())
                                : JointTable.identity(length));
            }
            Optional<JointTable> positional = runs.table(node, index, length);
            if (positional.isPresent()) {
                return accept(node, positional.get());
            }
            SelectorFacts facts = proofs.facts(node.selector());
            ImmutableList<Value> widths = ints(facts.least(), Math.min(facts.most(), target.maxLength()));
            if (bySomeCounts
                    .of(node)
                    .filter(some -> some.values().equals(widths))
                    .isPresent()) {
                // There are no others; where there is which of them is left until somebody asks.
                return accept(
                        node,
                        new ValueSet.Finite(widths, true),
                        true,
                        domain -> byCounts.of(node)
                                .map(byCounts::occurrence)
                                .orElseGet(() -> paired(domain, this::byWidth)));
            }
            if (byCounts.of(node)
                    .filter(situated -> acceptCounted(node, situated))
                    .isPresent()) {
                return Optional.empty();
            }
            return accept(node, new ValueSet.Finite(widths, true), this::byWidth);
        }

        private Optional<ValuesByCount> byWidth(ImmutableList<Value> domain) {
            return Optional.of(ValuesByCount.ofWidth(ValuesByCount.Widths.ofEverything(target), domain));
        }

        /** Values by how often each token stands in the input; a variable, unless there is only one. */
        private boolean acceptCounted(SOp node, SituatedValues situated) {
            if (situated.values().isEmpty() || situated.values().size() > mostValues()) {
                return false;
            }
            boolean exact = !(node instanceof SOp.Aggregate mean)
                    || (sets.get(mean.sequence()) instanceof ValueSet.Finite sequence && sequence.exact());
            if (situated.values().size() == 1 && exact) {
                return accept(node, new ValueSet.Finite(situated.values(), true))
                        .isEmpty();
            }
            ImmutableList<Value> values =
                    situated.values().stream().map(pool::share).collect(ImmutableList.toImmutableList());
            tables.put(node, pool.share(JointTable.identity(byCounts.variable(node, situated))));
            sets.put(node, new ValueSet.Finite(values, exact));
            return true;
        }

        /** How many keys a selector selects, where the length or the position tells it. */
        private Optional<ValuesByCount.Widths> widths(Selector selector) {
            return proofs.selectsEverything(selector)
                    ? Optional.of(ValuesByCount.Widths.ofEverything(target))
                    : ValuesByCount.Widths.ofPrefix(selector, target);
        }

        private static Value plusOne(Value index) {
            return IntValue.of(Values.toBigInteger(index).add(java.math.BigInteger.ONE));
        }

        private Optional<Diagnostic> accept(SOp node, JointTable table) {
            return acceptShared(node, pool.share(table));
        }

        private Optional<Diagnostic> acceptShared(SOp node, JointTable table) {
            tables.put(node, table);
            sets.put(node, new ValueSet.Finite(table.values(), exact(node, table)));
            return Optional.empty();
        }

        private boolean exact(SOp node, JointTable table) {
            return table.variables().stream()
                    .allMatch(v -> !(v instanceof Variable.Computed computed)
                            || computed.sop() == node
                            || (sets.get(computed.sop()) instanceof ValueSet.Finite finite && finite.exact()));
        }

        private Optional<Diagnostic> accept(SOp node, ValueSet set) {
            return accept(node, set, domain -> Optional.empty());
        }

        /**
         * A set without a table of its own: the s-op becomes a variable for whatever reads it.
         *
         * @param byCount says of the variable's values which there can be at each length or position
         */
        private Optional<Diagnostic> accept(
                SOp node, ValueSet set, Function<ImmutableList<Value>, Optional<ValuesByCount>> byCount) {
            return accept(node, set, false, domain -> paired(domain, byCount));
        }

        /** Beside a length or a position a variable is only listed where there are not too many pairs. */
        private Variable.Occurrence paired(
                ImmutableList<Value> domain, Function<ImmutableList<Value>, Optional<ValuesByCount>> byCount) {
            return (long) domain.size() * target.maxLength() <= MAX_COMBINATIONS
                    ? byCount.apply(domain).map(Variable.Occurrence::of).orElse(Variable.Occurrence.ANYWHERE)
                    : Variable.Occurrence.ANYWHERE;
        }

        private Optional<Diagnostic> accept(
                SOp node, ValueSet set, boolean allOccur, Function<ImmutableList<Value>, Variable.Occurrence> where) {
            if (set instanceof ValueSet.Finite finite) {
                if (finite.values().size() > mostValues()) {
                    String size = finite.values().size() + " values, and at most " + mostValues() + " are listed";
                    if (!finite.isNumeric()) {
                        return Optional.of(tooMany(node, size));
                    }
                    unlisted.put(node, size);
                    sets.put(node, IntervalValues.bounds(finite).on(Grids.of(finite)));
                    return Optional.empty();
                }
                if (finite.values().size() == 1 && finite.exact()) {
                    // One value whatever attention does: a constant, to be read without it.
                    return accept(
                            node,
                            JointTable.of(
                                    ImmutableList.of(),
                                    List.of(Optional.of(finite.values().get(0)))));
                }
                Supplier<Variable.Occurrence> later = Suppliers.memoize(() -> where.apply(finite.values()));
                tables.put(
                        node,
                        pool.share(JointTable.identity(new Variable.Computed(node, finite.values(), allOccur, later))));
            }
            sets.put(node, set);
            return Optional.empty();
        }
    }

    /** How many values one more s-op may list: fewer when the others have listed much. */
    private int mostValues() {
        return pool.values() > MANY_VALUES ? MAX_LATE_VALUES : MAX_VALUES;
    }

    private ValueSet sorted(Set<Value> values, boolean exact) {
        return new ValueSet.Finite(
                values.stream()
                        .map(SignedZero::drop)
                        .distinct()
                        .map(pool::share)
                        .sorted(Values.ORDER)
                        .collect(ImmutableList.toImmutableList()),
                exact);
    }

    private static Optional<Value> convert(TokenConversion conversion, Value token) {
        return Attempt.of(() -> Operators.convert(conversion, token));
    }

    private static ImmutableList<Value> ints(int low, int high) {
        return IntStream.rangeClosed(low, high).mapToObj(IntValue::of).collect(ImmutableList.toImmutableList());
    }

    private Diagnostic tooMany(SOp sop, String size) {
        return tooMany(
                sop, size, "use a smaller vocabulary, a shorter max_length, or an s-op with fewer different values");
    }

    private Diagnostic besideMeans(SOp.Aggregate node, Value stranger, String means) {
        return tooMany(
                node,
                means + "; and " + stranger.repr() + " can't be told from numbers that aren't listed",
                "take numbers alone for the sequence and the default, or use a smaller vocabulary or a shorter"
                        + " max_length");
    }

    private Diagnostic tooMany(SOp sop, String size, String help) {
        return DescribeNode.at(
                target.program(),
                sop,
                CompileCode.TOO_MANY_VALUES,
                "the s-op " + DescribeNode.name(target.program(), sop) + " can take too many values to list: " + size,
                help);
    }

    private Diagnostic noValues(SOp sop) {
        return DescribeNode.at(
                target.program(),
                sop,
                CompileCode.NO_VALUES,
                "the s-op " + DescribeNode.name(target.program(), sop)
                        + " fails on every input of this vocabulary and length",
                "run 'rasp eval' on an input to see the error, or change the vocabulary");
    }
}
