package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.rasplens.compiler.infer.Describe;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.SignedZero;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the blocks of a program, operands before users. */
final class Planner {
    /** Noise of a one-hot that is put an end to: a hundredth of what a mean may be off, for a hardness of 100. */
    private static final double MAX_NOISE = 1e-12;

    private final RaspProgram program;
    private final Inference inference;
    private final Reading reading;
    private final Demands demands;
    private final Heads heads;
    private final Specials specials;
    private final UniqueNames names = new UniqueNames();
    private final Map<SOp, String> residualNames = new HashMap<>();
    private final Map<SOp, Encoded.Category> categories = new LinkedHashMap<>();
    private final Map<SOp, Encoded.Numeric> numbers = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    Planner(CompileTarget target, Inference inference, Reading reading, Demands demands, Specials specials) {
        this.program = target.program();
        this.inference = inference;
        this.reading = reading;
        this.demands = demands;
        this.specials = specials;
        this.heads = new Heads(target, specials);
    }

    Plan plan(List<ProgramNode> nodes) throws Refusal {
        names.reserve(Direction.ONE.name());
        names.reserve("indices");
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Tokens tokens) {
                names.reserve(tokens.conversion().sopName());
            }
        }
        names.reserve(specials.bos().name());
        if (reading.role(program.output()) != Reading.Role.EMBEDDED) {
            residualNames.put(program.output(), names.named(program.name()));
        }
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop && (demands.wantsCategory(sop) || demands.wantsNumber(sop))) {
                plan(sop);
            }
        }
        return new Plan(
                ImmutableList.copyOf(blocks),
                ImmutableMap.copyOf(categories),
                ImmutableMap.copyOf(numbers),
                ImmutableMap.copyOf(residualNames),
                specials);
    }

    private void plan(SOp sop) throws Refusal {
        switch (reading.role(sop)) {
            case CONSTANT ->
                categories.put(
                        sop,
                        new Encoded.Category(sop, ImmutableMap.of(reading.constant(sop), specials.anywhere()), 0, 0));
            case EMBEDDED -> {
                String name =
                        sop instanceof SOp.Tokens tokens ? tokens.conversion().sopName() : "indices";
                residualNames.put(sop, name);
                categories.put(sop, oneHot(sop, name, reading.category(sop), 0, 0));
            }
            case MAP -> planMap(sop);
            case SEQUENCE_MAP -> planSequenceMap((SOp.Elementwise) sop);
            case LINEAR -> planLinear((SOp.Elementwise) sop);
            case COPY, MEAN -> planAggregate((SOp.Aggregate) sop);
            case WIDTH -> planWidth((SOp.SelectorWidth) sop);
        }
        if (demands.wantsCategory(sop) && !categories.containsKey(sop)) {
            divide(sop);
        }
    }

    /** The s-op as a number: from its own direction, or its one-hot weighed. */
    private Encoded numberOf(SOp sop) throws Refusal {
        Encoded.Numeric number = numbers.get(sop);
        if (number != null) {
            return number;
        }
        for (Value value : reading.category(sop)) {
            if (value.isNumeric() && !(Math.abs(Values.toDouble(value)) <= 0x1p53)) {
                throw new Refusal(Numbers.outOfRange(program, sop, value));
            }
        }
        return categoryOf(sop);
    }

    private Encoded.Category categoryOf(SOp sop) {
        return Objects.requireNonNull(categories.get(sop), sop::toString);
    }

    private void planMap(SOp sop) throws Refusal {
        MapTable map = reading.map(sop);
        if (!reading.isNumber(map.root())) {
            planMapOfCategory(sop, map);
            return;
        }
        Encoded.Numeric root = (Encoded.Numeric) numberOf(map.root());
        String name = nameOf(sop, "map");
        int depth = root.depth() + 1;
        if (demands.wantsNumber(sop) && map.affine().isPresent()) {
            MapTable.Affine affine = map.affine().get();
            Form x = root.number()
                    .times(affine.factor())
                    .plus(specials.anywhere().times(affine.offset()));
            block(sop, depth, signed(sop, x, Direction.number(name), 1, bounds(inference.values(sop))));
            numbers.put(sop, new Encoded.Numeric(sop, Form.of(Direction.number(name)), depth));
        } else if (demands.wantsNumber(sop)) {
            var outputs = new ArrayList<Optional<Form>>();
            for (Optional<Value> output : reading.numberOutputs(map, sop)) {
                outputs.add(output.map(v -> Form.of(Direction.number(name)).times(Values.toDouble(v))));
            }
            block(sop, depth, steps(sop, map.root(), root, outputs));
            numbers.put(sop, new Encoded.Numeric(sop, Form.of(Direction.number(name)), depth));
        }
        if (demands.wantsCategory(sop)) {
            String oneHot = numbers.containsKey(sop) ? names.named(name + "_category") : name;
            var outputs = new ArrayList<Optional<Form>>();
            for (Optional<Value> output : reading.numberOutputs(map, sop)) {
                outputs.add(output.map(v -> Form.of(Direction.of(oneHot, v))));
            }
            block(sop, depth, steps(sop, map.root(), root, outputs));
            categories.put(sop, oneHot(sop, oneHot, reading.category(sop), depth, stepNoise(map.root())));
        }
    }

    private void planMapOfCategory(SOp sop, MapTable map) throws Refusal {
        Encoded.Category root = categoryOf(map.root());
        String name = nameOf(sop, "map");
        int depth = root.depth() + 1;
        Map<Value, Form.Builder> sources = new LinkedHashMap<>();
        reading.category(sop).forEach(v -> sources.put(v, new Form.Builder()));
        for (int i = 0; i < map.inputs().size(); i++) {
            Form input = Objects.requireNonNull(root.forms().get(map.inputs().get(i)));
            map.outputs()
                    .get(i)
                    .ifPresent(v -> Objects.requireNonNull(sources.get(v)).add(1, input));
        }
        if (demands.wantsNumber(sop)) {
            var sum = new Form.Builder();
            for (Map.Entry<Value, Form.Builder> source : sources.entrySet()) {
                if (source.getKey().isNumeric()) {
                    if (!(Math.abs(Values.toDouble(source.getKey())) <= 0x1p53)) {
                        throw new Refusal(Numbers.outOfRange(program, sop, source.getKey()));
                    }
                    sum.add(Values.toDouble(source.getKey()), source.getValue().build());
                }
            }
            double[] range = bounds(new ValueSet.Finite(reading.category(sop), true));
            block(sop, depth, signed(sop, sum.build(), Direction.number(name), 1, range));
            numbers.put(sop, new Encoded.Numeric(sop, Form.of(Direction.number(name)), depth));
            return;
        }
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        sources.forEach((value, source) -> units.add(new Block.Unit(
                sop, described(sop) + " is " + value.repr(), source.build(), Form.of(Direction.of(name, value)))));
        block(sop, depth, units.build());
        categories.put(sop, oneHot(sop, name, reading.category(sop), depth, root.noise()));
    }

    private void planSequenceMap(SOp.Elementwise sop) throws Refusal {
        var arguments = new ArrayList<Encoded.Category>();
        int depth = 1;
        double noise = 0;
        for (SOp variable : reading.variables(sop)) {
            arguments.add(categoryOf(variable));
            depth = Math.max(depth, categoryOf(variable).depth() + 1);
            noise += 2 * categoryOf(variable).noise();
        }
        // One unit per combination passes noise on, a little more each time; two put an end to it.
        boolean saturate = noise > MAX_NOISE;
        String name = nameOf(sop, "sequence_map");
        List<List<Value>> domains = arguments.stream()
                .<List<Value>>map(a -> a.forms().keySet().asList())
                .toList();
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        for (List<Value> combination : Lists.cartesianProduct(domains)) {
            var sum = new Form.Builder();
            for (int a = 0; a < combination.size(); a++) {
                sum.add(1, Objects.requireNonNull(arguments.get(a).forms().get(combination.get(a))));
            }
            Form both = sum.add(1.0 - combination.size(), Direction.ONE).build();
            Form out = reading.apply(sop, reading.variables(sop), combination)
                    .map(v -> Form.of(Direction.of(name, v)))
                    .orElse(Form.ZERO);
            String what = described(sop) + " for "
                    + combination.stream().map(Value::repr).toList();
            if (saturate) {
                Form steep = both.times(2);
                units.add(new Block.Unit(sop, what, steep.plus(-0.5, Direction.ONE), out));
                units.add(new Block.Unit(sop, what + " (saturation)", steep.plus(-1.5, Direction.ONE), out.times(-1)));
            } else {
                units.add(new Block.Unit(sop, what, both, out));
            }
        }
        block(sop, depth, units.build());
        categories.put(sop, oneHot(sop, name, reading.category(sop), depth, saturate ? 4 * Math.ulp(2.0) : noise));
    }

    private void planLinear(SOp.Elementwise sop) throws Refusal {
        String name = nameOf(sop, "linear_sequence_map");
        boolean minus = sop.operator() instanceof Operator.Binary binary && binary.kind() == BinaryKind.MINUS;
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        int depth = 1;
        for (int a = 0; a < 2; a++) {
            Encoded argument = numberOf(sop.arguments().get(a));
            depth = Math.max(depth, argument.depth() + 1);
            double factor = a == 1 && minus ? -1 : 1;
            // Both signs, whatever the range: four units, as in the original layout.
            double[] any = {-1, 1};
            units.addAll(signed(sop, argument.number(), Direction.number(name), factor, any));
        }
        block(sop, depth, units.build());
        numbers.put(sop, new Encoded.Numeric(sop, Form.of(Direction.number(name)), depth));
    }

    private void planAggregate(SOp.Aggregate sop) throws Refusal {
        String name = nameOf(sop, "aggregate");
        boolean mayBeEmpty = !inference.neverEmpty(sop.selector());
        Heads.Select select = select(sop, (io.rasplens.compiler.program.Selector.Select) sop.selector());
        if (reading.isNumber(sop)) {
            Encoded sequence = numberOf(sop.sequence());
            double fallback = mayBeEmpty ? Values.toDouble(sop.fallback()) : 0;
            if (!(Math.abs(fallback) <= 0x1p53)) {
                throw new Refusal(Numbers.outOfRange(program, sop, sop.fallback()));
            }
            Direction target = Direction.number(name);
            int depth = Math.max(select.depth(), sequence.depth()) + 1;
            double[] range = bounds(inference.values(sop.sequence()));
            double scale = Math.max(Math.abs(fallback), Math.max(Math.abs(range[0]), Math.abs(range[1])));
            int valueWidth = sequence instanceof Encoded.Category category
                    ? category.forms().size()
                    : 1;
            blocks.add(new Block(
                    sop,
                    depth,
                    List.of(heads.averaging(
                            sop,
                            described(sop),
                            select,
                            ImmutableList.of(sequence.number().plus(fallback, specials.bos())),
                            ImmutableList.of(target),
                            valueWidth,
                            scale)),
                    ImmutableList.of()));
            numbers.put(sop, new Encoded.Numeric(sop, Form.of(target).plus(-fallback, specials.bos()), depth));
            return;
        }
        Encoded.Category sequence = categoryOf(sop.sequence());
        int depth = Math.max(select.depth(), sequence.depth()) + 1;
        Value fallback = SignedZero.drop(sop.fallback());
        boolean implicit = mayBeEmpty && !sequence.forms().containsKey(fallback);
        ImmutableList.Builder<Form> values = ImmutableList.builder();
        ImmutableList.Builder<Direction> targets = ImmutableList.builder();
        ImmutableMap.Builder<Value, Form> forms = ImmutableMap.builder();
        var missing = new Form.Builder().add(1, specials.anywhere());
        Map<Value, Form> explicit = new LinkedHashMap<>();
        for (Map.Entry<Value, Form> entry : sequence.forms().entrySet()) {
            Direction target = Direction.of(name, entry.getKey());
            double atBos = mayBeEmpty && entry.getKey().equals(fallback) ? 1 : 0;
            values.add(entry.getValue().plus(atBos, specials.bos()));
            targets.add(target);
            Form form = Form.of(target).plus(-atBos, specials.bos());
            explicit.put(entry.getKey(), form);
            missing.add(-1, form);
        }
        for (Value value : reading.category(sop)) {
            Form form = explicit.get(value);
            forms.put(value, form != null ? form : missing.build());
        }
        if (implicit && explicit.size() > 4096) {
            Limits.checkWeights(program, sop, (long) explicit.size() * explicit.size());
        }
        blocks.add(new Block(
                sop,
                depth,
                List.of(heads.copying(
                        sop,
                        described(sop),
                        select,
                        values.build(),
                        targets.build(),
                        sequence.forms().size())),
                ImmutableList.of()));
        boolean one = inference.atMostOne(sop.selector());
        categories.put(
                sop,
                new Encoded.Category(
                        sop, forms.buildOrThrow(), depth, sequence.noise() + (one ? 0 : 4 * Math.ulp(1.0))));
    }

    private void planWidth(SOp.SelectorWidth sop) throws Refusal {
        String name = nameOf(sop, "selector_width");
        Heads.Select select = select(sop, (io.rasplens.compiler.program.Selector.Select) sop.selector());
        int depth = select.depth() + 1;
        Direction share = Direction.number(names.named(name + "_selector_width_attn_output"));
        ImmutableList<Value> widths = reading.category(sop);
        double[] points = new double[widths.size()];
        var outputs = new ArrayList<Form>();
        for (int k = 0; k < points.length; k++) {
            // Ascending in 1/(1 + w) is descending in w.
            Value width = widths.get(points.length - 1 - k);
            points[k] = 1 / (1 + Values.toDouble(width));
            outputs.add(Form.of(Direction.of(name, width)));
        }
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        // At BOS the head sees BOS alone and leaves 1; this unit takes it off.
        units.add(new Block.Unit(
                sop,
                "keeps BOS clean for " + described(sop),
                Form.of(specials.bos()),
                Form.of(share).times(-1)));
        units.addAll(Steps.units(sop, described(sop), Form.of(share), points, outputs, specials.anywhere()));
        blocks.add(new Block(sop, depth, List.of(heads.counting(sop, described(sop), select, share)), units.build()));
        // The steps reach 2w + 1 where they saturate, and are rounded there.
        categories.put(sop, oneHot(sop, name, widths, depth, 4 * Math.ulp(2.0 * widths.size())));
    }

    private Heads.Select select(SOp user, io.rasplens.compiler.program.Selector.Select select) throws Refusal {
        Encoded.Category key = categoryOf(select.key());
        Encoded.Category query = categoryOf(select.query());
        Limits.checkWeights(
                program, user, (long) key.forms().size() * query.forms().size());
        return new Heads.Select(key, query, select.comparison());
    }

    /** A one-hot for a number that a selector or a function of several s-ops reads. */
    private void divide(SOp sop) throws Refusal {
        Encoded.Numeric number = (Encoded.Numeric) numberOf(sop);
        String name = names.named(nameOf(sop, "number") + "_category");
        var outputs = new ArrayList<Optional<Form>>();
        for (Value value : reading.category(sop)) {
            outputs.add(Optional.of(Form.of(Direction.of(name, value))));
        }
        block(sop, number.depth() + 1, steps(sop, sop, number, outputs));
        categories.put(sop, oneHot(sop, name, reading.category(sop), number.depth() + 1, stepNoise(sop)));
    }

    private ImmutableList<Block.Unit> steps(SOp sop, SOp root, Encoded.Numeric number, List<Optional<Form>> outputs)
            throws Refusal {
        ImmutableList<Numbers.Cluster> clusters = reading.numbersOf(root).clusters();
        Limits.checkUnits(program, sop, 2L * clusters.size());
        double[] points = new double[clusters.size()];
        var kept = new ArrayList<Form>();
        int count = 0;
        for (int i = 0; i < points.length; i++) {
            if (outputs.get(i).isPresent()) {
                points[count++] = clusters.get(i).at();
                kept.add(outputs.get(i).get());
            }
        }
        return Steps.units(
                sop, described(sop), number.number(), Arrays.copyOf(points, count), kept, specials.anywhere());
    }

    /** What rounding leaves of a one-hot made by steps: some ulps of what they reach from one end to the other. */
    private double stepNoise(SOp root) throws Refusal {
        ImmutableList<Numbers.Cluster> clusters = reading.numbersOf(root).clusters();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < clusters.size(); i++) {
            least = Math.min(least, clusters.get(i).at() - clusters.get(i - 1).at());
        }
        double span = clusters.get(clusters.size() - 1).at() - clusters.get(0).at();
        return 4 * Math.ulp(clusters.size() < 2 ? 1 : 2 * span / least);
    }

    /** {@code factor * x} through ReLUs: one for each sign that x can have. */
    private ImmutableList<Block.Unit> signed(SOp sop, Form x, Direction target, double factor, double[] range) {
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        if (range[1] > 0 || range[0] >= 0) {
            units.add(new Block.Unit(sop, described(sop), x, Form.of(target).times(factor)));
        }
        if (range[0] < 0) {
            units.add(new Block.Unit(
                    sop,
                    described(sop) + " (negative part)",
                    x.times(-1),
                    Form.of(target).times(-factor)));
        }
        return units.build();
    }

    private void block(SOp sop, int depth, ImmutableList<Block.Unit> units) {
        blocks.add(new Block(sop, depth, List.of(), units));
    }

    private static Encoded.Category oneHot(SOp sop, String name, List<Value> values, int depth, double noise) {
        ImmutableMap.Builder<Value, Form> forms = ImmutableMap.builder();
        values.forEach(v -> forms.put(v, Form.of(Direction.of(name, v))));
        return new Encoded.Category(sop, forms.buildOrThrow(), depth, noise);
    }

    private String nameOf(SOp sop, String kind) {
        String known = residualNames.get(sop);
        if (known == null) {
            known = program.origin(sop).name().map(names::named).orElseGet(() -> names.numbered(kind));
            residualNames.put(sop, known);
        }
        return known;
    }

    private String described(SOp sop) {
        return Describe.name(program, sop);
    }

    /** Least and greatest number in a set. */
    private static double[] bounds(ValueSet set) {
        if (set instanceof ValueSet.Interval interval) {
            return new double[] {interval.low(), interval.high()};
        }
        double[] numbers = ((ValueSet.Finite) set)
                .values().stream()
                        .filter(Value::isNumeric)
                        .mapToDouble(Values::toDouble)
                        .toArray();
        return new double[] {
            Arrays.stream(numbers).min().orElse(0), Arrays.stream(numbers).max().orElse(0)
        };
    }
}
