package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.SignedZero;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How each s-op of a program is to be seen: as a constant, a function of one variable, a function of several, a copy, a mean, a
 * width; and whether its natural form is a category or a number. Operands come before users.
 */
final class Reading {
    /** What an s-op is, to this layout. */
    enum SopRole {
        CONSTANT,
        EMBEDDED,
        /** A function of one variable. */
        MAP,
        /** A function of several categories. */
        SEQUENCE_MAP,
        /** A sum or difference of numbers. */
        LINEAR,
        /** An aggregate that passes on what it selects, category or number. */
        COPY,
        /** An aggregate that averages. */
        MEAN,
        WIDTH
    }

    /** Results of one function on numbers that differ by rounding may differ so much, relatively. */
    private static final double NEARLY_EQUAL = 1e-11;

    /** By how many units in the last place of the largest number a sum may depend on the order of adding. */
    private static final int ROUNDING = 4;

    private final CompileTarget target;
    private final RaspProgram program;
    private final Inference inference;
    private final Map<SOp, SopRole> roles = new HashMap<>();
    private final Set<SOp> numbers = new LinkedHashSet<>();
    private final Map<SOp, Value> constants = new HashMap<>();
    private final Map<SOp, ImmutableList<SOp>> variables = new HashMap<>();
    private final Map<SOp, MapTable> maps = new HashMap<>();
    private final Map<SOp, Map<List<Value>, Value>> tables = new HashMap<>();
    private final Map<SOp, ImmutableList<Value>> categories = new HashMap<>();
    private final Memo<SOp, ImmutableList<Value>> laterCategories = new Memo<>(this::listCategory);
    private final Memo<SOp, ClusteredNumbers> numbersOf = new Memo<>(this::cluster);

    /** How many blocks stand at least one behind the other before an s-op's values are there; of a map, those of its root. */
    private final Map<SOp, Integer> depths = new HashMap<>();

    private final ReadSelectors selectors;
    private final ClusterMembers members;

    /** Hidden units of what is computed from several s-ops so far. */
    private long allUnits;

    private Reading(CompileTarget target, Inference inference) {
        this.target = target;
        this.program = target.program();
        this.inference = inference;
        this.members = new ClusterMembers(program, this);
        this.selectors = new ReadSelectors(program, this, members);
    }

    static Reading of(CompileTarget target, Inference inference, List<ProgramNode> nodes) {
        var reading = new Reading(target, inference);
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                reading.read(sop);
                reading.measure(sop);
            }
        }
        return reading;
    }

    SopRole role(SOp sop) {
        return Objects.requireNonNull(roles.get(sop));
    }

    /** Whether the s-op's natural form is a number. */
    boolean isNumber(SOp sop) {
        return numbers.contains(sop);
    }

    Value constant(SOp sop) {
        return Objects.requireNonNull(constants.get(sop));
    }

    /** What it reads that is not constant, each once. */
    ImmutableList<SOp> variables(SOp sop) {
        return Objects.requireNonNull(variables.get(sop));
    }

    MapTable map(SOp sop) {
        return Objects.requireNonNull(maps.get(sop));
    }

    /** A function of several s-ops where these have such values; nothing where the program fails. */
    Optional<Value> result(SOp.Elementwise sop, List<Value> combination) {
        return Optional.ofNullable(Objects.requireNonNull(tables.get(sop)).get(combination));
    }

    /** What a selector compares, of keys and of queries. */
    SelectorReading selector(Selector selector) {
        return selectors.of(selector);
    }

    /** The values of the s-op's one-hot, sorted, as this layout lists them; for a number, those it is divided into. */
    ImmutableList<Value> category(SOp sop) {
        ImmutableList<Value> known = categories.get(sop);
        return known == null ? laterCategories.get(sop) : known;
    }

    private ImmutableList<Value> listCategory(SOp sop) {
        if (role(sop) == SopRole.MAP) {
            return sorted(numberOutputs(map(sop), sop).stream()
                    .flatMap(Optional::stream)
                    .toList());
        }
        ClusteredNumbers numbers = numbersOf(sop);
        Optional<ClusteredNumbers.Cluster> coarse = numbers.coarse();
        if (coarse.isPresent()) {
            ImmutableList<Value> alike = coarse.get().values();
            Value least = alike.get(0);
            Value greatest = alike.get(alike.size() - 1);
            throw new Refusal(DescribeNode.at(
                    program,
                    sop,
                    CompileCode.VALUES_TOO_CLOSE,
                    "the s-op " + DescribeNode.name(program, sop) + " can be " + least.repr() + " or " + greatest.repr()
                            + ": "
                            + DescribeNode.distance(
                                    Math.abs(Values.toDouble(greatest) - Values.toDouble(least)),
                                    numbers.leastDistance()),
                    "use numbers of more similar sizes"));
        }
        return numbers.clusters().stream()
                .map(ClusteredNumbers.Cluster::representative)
                .collect(ImmutableList.toImmutableList());
    }

    /** The numbers that a number's direction can hold. */
    ClusteredNumbers numbersOf(SOp root) {
        return numbersOf.get(root);
    }

    private ClusteredNumbers cluster(SOp root) {
        return ClusteredNumbers.of(program, root, numberInputs(root));
    }

    /**
     * What a function of a number gives for each of its clusters: one answer for all values in it, or a refusal if they
     * differ.
     */
    ImmutableList<Optional<Value>> numberOutputs(MapTable map, SOp sop) {
        Map<Value, Optional<Value>> byInput = map.byInput();
        ImmutableList.Builder<Optional<Value>> outputs = ImmutableList.builder();
        ClusteredNumbers numbers = numbersOf(map.root());
        for (ClusteredNumbers.Cluster cluster : numbers.clusters()) {
            Value first = cluster.representative();
            Optional<Value> answer = byInput.getOrDefault(first, Optional.empty());
            for (Value value : cluster.values()) {
                Optional<Value> other = byInput.getOrDefault(value, Optional.empty());
                if (answer.isEmpty()) {
                    answer = other;
                    first = value;
                } else if (other.isPresent() && !nearlyEqual(answer.get(), other.get())) {
                    throw new Refusal(DescribeNode.at(
                            program,
                            sop,
                            CompileCode.VALUES_TOO_CLOSE,
                            "the s-op " + DescribeNode.name(program, sop) + " is "
                                    + answer.get().repr() + " where "
                                    + DescribeNode.name(program, map.root()) + " is " + first.repr() + ", and "
                                    + other.get().repr() + " where it is " + value.repr() + ": "
                                    + DescribeNode.distance(
                                            Math.abs(Values.toDouble(first) - Values.toDouble(value)),
                                            numbers.leastDistance()),
                            "round before comparing, or compute with ints"));
                }
            }
            outputs.add(answer);
        }
        return outputs.build();
    }

    static boolean nearlyEqual(Value left, Value right) {
        if (left.raspEquals(right) || !left.isNumeric() || !right.isNumeric()) {
            return left.raspEquals(right);
        }
        double a = Values.toDouble(left);
        double b = Values.toDouble(right);
        return Math.abs(a - b) <= NEARLY_EQUAL * Math.max(Math.abs(a), Math.abs(b));
    }

    /** The values that a number can have; where adding floats may round either way, their neighbours too. */
    private ImmutableList<Value> numberInputs(SOp root) {
        if (!(inference.values(root) instanceof ValueSet.Finite finite)) {
            throw new Refusal(DescribeNode.at(
                    program,
                    root,
                    CompileCode.TOO_MANY_VALUES,
                    "the s-op " + DescribeNode.name(program, root)
                            + " can be too many different numbers to tell them apart by thresholds: "
                            + inference.unlisted(root),
                    "use a shorter max_length or a smaller vocabulary, or round the number first"));
        }
        if (finite.exact()) {
            return finite.values();
        }
        double largest = finite.values().stream()
                .filter(Value::isNumeric)
                .mapToDouble(v -> Math.abs(Values.toDouble(v)))
                .max()
                .orElse(0);
        var values = new ArrayList<Value>(finite.values());
        for (Value value : finite.values()) {
            if (value instanceof FloatValue f && largest > 0) {
                // Both the ends of where it may lie and its nearest neighbours, one of which an "==" may hit.
                for (int k = 1; k <= ROUNDING; k++) {
                    values.add(Value.of(f.value() + k * Math.ulp(f.value())));
                    values.add(Value.of(f.value() - k * Math.ulp(f.value())));
                }
                values.add(Value.of(f.value() + ROUNDING * Math.ulp(largest)));
                values.add(Value.of(f.value() - ROUNDING * Math.ulp(largest)));
            }
        }
        return sorted(values);
    }

    private void read(SOp sop) {
        if (sop instanceof SOp.Constant constant) {
            acceptConstant(sop, constant.value());
        } else if (sop instanceof SOp.Tokens tokens) {
            roles.put(sop, SopRole.EMBEDDED);
            var converted = new ArrayList<Value>();
            for (Value token : target.vocabulary()) {
                // A token without a value here makes the program fail; nothing to be right about.
                Attempt.of(() -> Operators.convert(tokens.conversion(), token)).ifPresent(converted::add);
            }
            categories.put(sop, sorted(converted));
        } else if (sop instanceof SOp.Indices) {
            roles.put(sop, SopRole.EMBEDDED);
            categories.put(sop, ints(target.maxLength() - 1));
        } else if (sop instanceof SOp.Elementwise elementwise) {
            read(elementwise);
        } else if (sop instanceof SOp.Aggregate aggregate) {
            read(aggregate);
        } else if (sop instanceof SOp.SelectorWidth width) {
            selectors.read(sop, width.selector());
            roles.put(sop, SopRole.WIDTH);
            categories.put(sop, ints(target.maxLength()));
        }
    }

    private void measure(SOp sop) {
        int depth = switch (role(sop)) {
            case CONSTANT, EMBEDDED -> 0;
            case MAP -> depth(map(sop).root());
            case SEQUENCE_MAP, LINEAR -> 1 + depth(variables(sop));
            case COPY, MEAN -> {
                var aggregate = (SOp.Aggregate) sop;
                yield 1 + Math.max(depth(aggregate.sequence()), depth(aggregate.selector()));
            }
            case WIDTH -> 1 + depth(((SOp.SelectorWidth) sop).selector());
        };
        depths.put(sop, depth);
        BlockLimits.checkBlocks(program, sop, depth);
    }

    private int depth(Selector selector) {
        SelectorReading read = selectors.of(selector);
        return Math.max(depth(read.key()), depth(read.query()));
    }

    private int depth(SelectorReading.ComparedSide side) {
        return depth(side.variables()) + (side.isJoint() ? 1 : 0);
    }

    private int depth(List<SOp> sops) {
        return sops.stream().mapToInt(this::depth).max().orElse(0);
    }

    private int depth(SOp sop) {
        return Objects.requireNonNull(depths.get(sop));
    }

    private void acceptConstant(SOp sop, Value value) {
        roles.put(sop, SopRole.CONSTANT);
        constants.put(sop, SignedZero.drop(value));
        categories.put(sop, ImmutableList.of(SignedZero.drop(value)));
    }

    private void read(SOp.Elementwise node) {
        ImmutableList<SOp> arguments = node.arguments().stream()
                .filter(a -> role(a) != SopRole.CONSTANT)
                .distinct()
                .collect(ImmutableList.toImmutableList());
        ImmutableList<SOp> read =
                arguments.size() < 2 || (isSum(node) && arguments.stream().anyMatch(numbers::contains))
                        ? arguments
                        : arguments.stream().map(this::source).distinct().collect(ImmutableList.toImmutableList());
        variables.put(node, read);
        if (read.isEmpty()) {
            Optional<Value> value = apply(node, List.of(), List.of());
            // That it has a value is known: inference refuses what always fails.
            acceptConstant(node, value.orElseThrow());
        } else if (read.size() == 1) {
            readMap(node, read.get(0));
        } else if (isSum(node) && read.stream().anyMatch(numbers::contains)) {
            roles.put(node, SopRole.LINEAR);
            numbers.add(node);
        } else {
            readSequenceMap(node, read);
        }
    }

    /**
     * What to read instead of a function of one variable that only renames that variable's values ({@code indices / 5}): the
     * variable. A function that makes fewer of them is worth a block of its own.
     */
    SOp source(SOp argument) {
        if (role(argument) != SopRole.MAP || Facts.isKept(argument)) {
            return argument;
        }
        MapTable map = map(argument);
        boolean renames = !isNumber(map.root())
                && map.outputs().stream().flatMap(Optional::stream).distinct().count()
                        == map.inputs().size();
        return renames ? map.root() : argument;
    }

    private void readMap(SOp.Elementwise node, SOp argument) {
        // What is kept is read itself, not what it is computed from.
        boolean through = role(argument) == SopRole.MAP && !Facts.isKept(argument);
        MapTable table = through ? map(argument) : identity(argument);
        var outputs = new ArrayList<Optional<Value>>();
        for (Optional<Value> input : table.outputs()) {
            outputs.add(
                    input.isEmpty()
                            ? input
                            : isNumber(table.root())
                                    ? apply(node, List.of(argument), List.of(input.get()))
                                    : members.result(node, List.of(argument), List.of(input.get())));
        }
        Optional<MapTable.Affine> affine = table.affine().flatMap(a -> then(node, argument, a));
        roles.put(node, SopRole.MAP);
        maps.put(node, new MapTable(table.root(), table.inputs(), ImmutableList.copyOf(outputs), affine));
        if (!isNumber(table.root())) {
            categories.put(
                    node, sorted(outputs.stream().flatMap(Optional::stream).toList()));
        } else if (affine.isPresent()) {
            numbers.add(node);
        } else if (table.inputs().isEmpty()) {
            // Says why the root's values can't be listed.
            numbersOf(table.root());
        }
    }

    private MapTable identity(SOp root) {
        ImmutableList<Value> inputs = isNumber(root)
                ? inference.values(root) instanceof ValueSet.Finite ? numberInputs(root) : ImmutableList.of()
                : category(root);
        return new MapTable(
                root,
                inputs,
                inputs.stream().map(Optional::of).collect(ImmutableList.toImmutableList()),
                Optional.of(new MapTable.Affine(1, 0)));
    }

    /** The chain with this node on top, if that leaves it affine. */
    private Optional<MapTable.Affine> then(SOp.Elementwise node, SOp argument, MapTable.Affine inner) {
        if (node.operator() instanceof Operator.Unary unary) {
            return switch (unary.kind()) {
                case NEGATE -> Optional.of(new MapTable.Affine(-inner.factor(), -inner.offset()));
                case PLUS -> Optional.of(inner);
                case NOT, ROUND, INDICATOR -> Optional.empty();
            };
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        boolean left = node.arguments().get(0) == argument;
        SOp other = node.arguments().get(left ? 1 : 0);
        if (role(other) != SopRole.CONSTANT || !constant(other).isNumeric()) {
            return Optional.empty();
        }
        double c = Values.toDouble(constant(other));
        return switch (binary.kind()) {
            case PLUS -> Optional.of(new MapTable.Affine(inner.factor(), inner.offset() + c));
            case MINUS ->
                Optional.of(
                        left
                                ? new MapTable.Affine(inner.factor(), inner.offset() - c)
                                : new MapTable.Affine(-inner.factor(), c - inner.offset()));
            case TIMES -> Optional.of(new MapTable.Affine(inner.factor() * c, inner.offset() * c));
            case DIVIDE ->
                left && c != 0
                        ? Optional.of(new MapTable.Affine(inner.factor() / c, inner.offset() / c))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private boolean isSum(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Binary binary
                && (binary.kind() == BinaryKind.PLUS || binary.kind() == BinaryKind.MINUS)
                && node.arguments().stream().allMatch(a -> inference.values(a).isNumeric());
    }

    private void readSequenceMap(SOp.Elementwise node, ImmutableList<SOp> read) {
        roles.put(node, SopRole.SEQUENCE_MAP);
        long combinations = 1;
        var domains = new ArrayList<ImmutableList<Value>>();
        for (SOp variable : read) {
            ImmutableList<Value> values = category(variable);
            domains.add(values);
            combinations *= values.size();
            BlockLimits.checkUnits(program, node, combinations);
        }
        allUnits += combinations;
        BlockLimits.checkAllUnits(program, node, allUnits);
        var results = new LinkedHashSet<Value>();
        var table = new HashMap<List<Value>, Value>();
        for (List<Value> combination : Lists.cartesianProduct(domains)) {
            members.result(node, read, combination).ifPresent(result -> {
                results.add(result);
                table.put(combination, result);
            });
        }
        tables.put(node, table);
        categories.put(node, sorted(List.copyOf(results)));
    }

    /** The node's value when its variables have these. */
    Optional<Value> apply(SOp.Elementwise node, List<SOp> variables, List<Value> values) {
        var arguments = new ArrayList<Value>();
        for (SOp argument : node.arguments()) {
            arguments.add(value(argument, variables).apply(values).orElseThrow());
        }
        return Attempt.of(() -> SignedZero.drop(Operators.apply(node.operator(), arguments)));
    }

    /** An s-op that is one of the variables, or constant, or a function of one of them, by their values; nothing where it fails. */
    Function<List<Value>, Optional<Value>> value(SOp sop, List<SOp> variables) {
        int variable = variables.indexOf(sop);
        if (variable >= 0) {
            return values -> Optional.of(values.get(variable));
        }
        if (role(sop) == SopRole.CONSTANT) {
            return values -> Optional.of(constant(sop));
        }
        MapTable map = map(sop);
        int root = variables.indexOf(map.root());
        return values -> {
            int place = map.inputs().indexOf(values.get(root));
            return place >= 0 ? map.outputs().get(place) : chained(sop, map.root(), values.get(root));
        };
    }

    /** A chain of functions on a value that its root is not listed with: a member of what is listed as one. */
    private Optional<Value> chained(SOp sop, SOp root, Value value) {
        if (sop == root) {
            return Optional.of(value);
        }
        SOp argument = variables(sop).get(0);
        return chained(argument, root, value)
                .flatMap(inner -> apply((SOp.Elementwise) sop, List.of(argument), List.of(inner)));
    }

    private void read(SOp.Aggregate node) {
        selectors.read(node, node.selector());
        SOp sequence = node.sequence();
        boolean mean = averages(node);
        boolean numericDefault = node.fallback().isNumeric() || inference.neverEmpty(node.selector());
        if (mean) {
            if (!numericDefault) {
                throw BlockLimits.outside(program, node, "a mean of numbers with a default that is no number");
            }
            roles.put(node, SopRole.MEAN);
            numbers.add(node);
            return;
        }
        roles.put(node, SopRole.COPY);
        if (isNumber(sequence) && numericDefault) {
            numbers.add(node);
            return;
        }
        if (isNumber(sequence)) {
            BlockLimits.checkKinds(program, sequence, inference.values(sequence));
        }
        var values = new ArrayList<>(category(sequence));
        if (!inference.neverEmpty(node.selector())) {
            values.add(node.fallback());
        }
        categories.put(node, sorted(values));
    }

    /** Whether different numbers can be selected at once, so that the result is a number of its own. */
    private boolean averages(SOp.Aggregate node) {
        if (inference.atMostOne(node.selector())) {
            return false;
        }
        if (isNumber(node.sequence())) {
            return !inference.selectsEqualValues(node.selector(), node.sequence());
        }
        ImmutableList<Value> values = category(node.sequence());
        List<Value> numeric = values.stream().filter(Value::isNumeric).toList();
        boolean onlyBools = numeric.stream().allMatch(BoolValue.class::isInstance);
        if (onlyBools) {
            // Several strings, or several bools, have no mean: the program fails there.
            return false;
        }
        boolean equal = numeric.size() == 1
                || (inference.selectsEqualValues(node.selector(), node.sequence()) && !kindsDiffer(numeric));
        if (equal && isItsOwnMean(node, numeric)) {
            return false;
        }
        if (numeric.size() < values.size()) {
            throw BlockLimits.outside(
                    program, node, "it may select several values of a sequence that can be of strings or of numbers");
        }
        return true;
    }

    /** Whether adding equal ones up and dividing gives them again: of 0.1 three times it does not. */
    private boolean isItsOwnMean(SOp.Aggregate node, List<Value> numbers) {
        return inference.values(node) instanceof ValueSet.Finite finite
                && finite.values().stream()
                        .filter(value -> value.isNumeric() && !value.equals(node.fallback()))
                        .allMatch(value -> numbers.stream().anyMatch(value::raspEquals));
    }

    /** Whether two of the values are equal but of different kinds, so that a one-hot would keep them apart. */
    private static boolean kindsDiffer(List<Value> sorted) {
        return IntStream.range(1, sorted.size()).anyMatch(i -> sorted.get(i).raspEquals(sorted.get(i - 1)));
    }

    private static ImmutableList<Value> sorted(List<Value> values) {
        return values.stream()
                .map(SignedZero::drop)
                .distinct()
                .sorted(Values.ORDER)
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Value> ints(int last) {
        return IntStream.rangeClosed(0, last).mapToObj(IntValue::of).collect(ImmutableList.toImmutableList());
    }
}
