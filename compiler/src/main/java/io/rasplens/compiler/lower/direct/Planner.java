package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.SignedZero;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.direct.block.Combinations;
import io.rasplens.compiler.lower.direct.block.DirectBlock;
import io.rasplens.compiler.lower.direct.block.DirectHead;
import io.rasplens.compiler.lower.direct.block.DirectSteps;
import io.rasplens.compiler.lower.direct.block.Encoded;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.lower.facts.SelectorCondition;
import io.rasplens.compiler.lower.reading.MeaningTable;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.StringValue;
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
import java.util.stream.Collectors;

/** Makes the blocks of a program, operands before users. */
final class Planner {
    private final RaspProgram program;
    private final Inference inference;
    private final Reading reading;
    private final Demands demands;
    private final Heads heads;
    private final DirectEmbedding embedded;
    private final Features features;
    private final UniqueNames names = new UniqueNames();
    private final Map<SOp, String> residualNames = new HashMap<>();
    private final Map<SOp, Encoded.Category> categories = new LinkedHashMap<>();
    private final Map<SOp, Encoded.Numeric> numbers = new LinkedHashMap<>();
    private final Map<ImmutableList<SOp>, Encoded.Places> joint = new HashMap<>();
    private final List<DirectBlock> blocks = new ArrayList<>();
    private final MeaningTable meanings = new MeaningTable();

    /** @param embedded the one-hots of the embedding */
    Planner(
            CompileTarget target,
            Inference inference,
            Reading reading,
            Demands demands,
            Features features,
            DirectEmbedding embedded) {
        this.program = target.program();
        this.inference = inference;
        this.reading = reading;
        this.demands = demands;
        this.features = features;
        this.embedded = embedded;
        this.heads = new Heads(target.maxLength());
    }

    Plan plan(List<ProgramNode> nodes) {
        names.reserve(Feature.ONE.name());
        embedded.features().forEach(feature -> names.reserve(feature.name()));
        if (reading.role(program.output()) != Reading.SopRole.EMBEDDED) {
            residualNames.put(program.output(), names.named(program.name()));
        }
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop && (demands.wantsCategory(sop) || demands.wantsNumber(sop))) {
                plan(sop);
            }
        }
        numbers.forEach((sop, number) -> meanings.number(named(sop), number.number()));
        categories.forEach((sop, category) -> meanings.oneHot(named(sop), category.forms()));
        return new Plan(
                ImmutableList.copyOf(blocks),
                ImmutableMap.copyOf(categories),
                ImmutableMap.copyOf(numbers),
                meanings.meanings());
    }

    private MeaningTable.NamedSop named(SOp sop) {
        return new MeaningTable.NamedSop(
                DescribeNode.reference(program, sop), residualNames.getOrDefault(sop, program.name()));
    }

    private void plan(SOp sop) {
        switch (reading.role(sop)) {
            case CONSTANT ->
                categories.put(
                        sop,
                        new Encoded.Category(
                                sop, ImmutableMap.of(reading.constant(sop), LinearForm.constant(1)), 0, 0));
            case EMBEDDED -> {
                Feature feature = embedded.feature(sop);
                residualNames.put(sop, feature.name());
                categories.put(sop, oneHot(sop, feature, reading.category(sop), 0, 0));
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
    private Encoded numberOf(SOp sop) {
        Encoded.Numeric number = numbers.get(sop);
        if (number != null) {
            return number;
        }
        for (Value value : reading.category(sop)) {
            if (value.isNumeric() && !(Math.abs(Values.toDouble(value)) <= 0x1p53)) {
                throw new Refusal(ClusteredNumbers.outOfRange(program, sop, value));
            }
        }
        return categoryOf(sop);
    }

    private Encoded.Category categoryOf(SOp sop) {
        return Objects.requireNonNull(categories.get(sop), sop::toString);
    }

    private void planMap(SOp sop) {
        MapTable map = reading.map(sop);
        if (!reading.isNumber(map.root())) {
            planMapOfCategory(sop, map);
            return;
        }
        Encoded.Numeric root = (Encoded.Numeric) numberOf(map.root());
        String name = nameOf(sop, "map");
        int depth = root.depth() + 1;
        if (demands.wantsNumber(sop)) {
            Direction number = number(sop, name);
            LinearForm form = LinearForm.of(number);
            if (map.affine().isPresent()) {
                MapTable.Affine affine = map.affine().get();
                LinearForm x = root.number().times(affine.factor()).plus(LinearForm.constant(affine.offset()));
                block(depth, signed(sop, x, form, bounds(inference.values(sop))));
            } else {
                var outputs = new ArrayList<Optional<LinearForm>>();
                for (Optional<Value> output : reading.numberOutputs(map, sop)) {
                    outputs.add(output.map(v -> LinearForm.of(number, Values.toDouble(v))));
                }
                block(depth, steps(sop, map.root(), root, outputs));
                form = outputs.stream().flatMap(Optional::stream).allMatch(LinearForm::isZero) ? LinearForm.ZERO : form;
            }
            numbers.put(sop, new Encoded.Numeric(sop, form, depth));
        }
        if (demands.wantsCategory(sop)) {
            Feature oneHot = feature(sop, numbers.containsKey(sop) ? names.named(name + "_category") : name);
            var outputs = new ArrayList<Optional<LinearForm>>();
            for (Optional<Value> output : reading.numberOutputs(map, sop)) {
                outputs.add(output.map(v -> LinearForm.of(Direction.oneHot(oneHot, v))));
            }
            block(depth, steps(sop, map.root(), root, outputs));
            categories.put(sop, oneHot(sop, oneHot, reading.category(sop), depth, stepNoise(map.root())));
        }
    }

    private void planMapOfCategory(SOp sop, MapTable map) {
        Encoded.Category root = categoryOf(map.root());
        String name = nameOf(sop, "map");
        int depth = root.depth() + 1;
        Map<Value, List<LinearForm>> gathered = new LinkedHashMap<>();
        reading.category(sop).forEach(v -> gathered.put(v, new ArrayList<>()));
        for (int i = 0; i < map.inputs().size(); i++) {
            LinearForm input =
                    Objects.requireNonNull(root.forms().get(map.inputs().get(i)));
            map.outputs()
                    .get(i)
                    .ifPresent(v ->
                            gathered.computeIfAbsent(v, w -> new ArrayList<>()).add(input));
        }
        Map<Value, LinearForm> sources = new LinkedHashMap<>();
        gathered.forEach((value, inputs) -> sources.put(value, LinearForm.sum(inputs)));
        if (demands.wantsNumber(sop)) {
            List<LinearForm> sum = new ArrayList<>();
            for (Map.Entry<Value, LinearForm> source : sources.entrySet()) {
                if (source.getKey().isNumeric()) {
                    if (!(Math.abs(Values.toDouble(source.getKey())) <= 0x1p53)) {
                        throw new Refusal(ClusteredNumbers.outOfRange(program, sop, source.getKey()));
                    }
                    sum.add(source.getValue().times(Values.toDouble(source.getKey())));
                }
            }
            double[] range = bounds(new ValueSet.Finite(reading.category(sop), true));
            LinearForm number = LinearForm.of(number(sop, name));
            block(depth, signed(sop, LinearForm.sum(sum), number, range));
            numbers.put(sop, new Encoded.Numeric(sop, number, depth));
            return;
        }
        Feature feature = feature(sop, name);
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        sources.forEach((value, source) -> units.add(new HiddenUnit(
                source,
                LinearForm.of(Direction.oneHot(feature, value)),
                origin(sop, described(sop) + " is " + value.repr()))));
        block(depth, new UnitGroup(new Construction.Cases(), units.build(), origin(sop, described(sop))));
        categories.put(sop, oneHot(sop, feature, reading.category(sop), depth, root.noise()));
    }

    private void planSequenceMap(SOp.Elementwise sop) {
        ImmutableList<SOp> variables = reading.variables(sop);
        List<Encoded.Category> arguments = Lists.transform(variables, this::categoryOf);
        var combinations = new Combinations(arguments);
        Feature feature = feature(sop, nameOf(sop, "sequence_map"));
        List<List<Value>> domains = arguments.stream()
                .<List<Value>>map(a -> a.forms().keySet().asList())
                .toList();
        for (List<Value> combination : Lists.cartesianProduct(domains)) {
            LinearForm out = reading.result(sop, combination)
                    .map(v -> LinearForm.of(Direction.oneHot(feature, v)))
                    .orElse(LinearForm.ZERO);
            PartOrigin origin = origin(
                    sop,
                    described(sop) + " for "
                            + combination.stream().map(Value::repr).toList());
            combinations.add(combination, out, origin);
        }
        blocks.add(combinations.block(origin(sop, described(sop))));
        categories.put(sop, oneHot(sop, feature, reading.category(sop), combinations.depth(), combinations.noise()));
    }

    private void planLinear(SOp.Elementwise sop) {
        LinearForm number = LinearForm.of(number(sop, nameOf(sop, "linear_sequence_map")));
        boolean minus = sop.operator() instanceof Operator.Binary binary && binary.kind() == BinaryKind.MINUS;
        ImmutableList.Builder<UnitGroup> groups = ImmutableList.builder();
        int depth = 1;
        for (int a = 0; a < 2; a++) {
            Encoded argument = numberOf(sop.arguments().get(a));
            depth = Math.max(depth, argument.depth() + 1);
            // Both signs, whatever the range: four units, as in the original layout.
            double[] any = {-1, 1};
            groups.add(signed(sop, argument.number(), number.times(a == 1 && minus ? -1 : 1), any));
        }
        blocks.add(new DirectBlock(depth, Optional.empty(), groups.build()));
        numbers.put(sop, new Encoded.Numeric(sop, number, depth));
    }

    private void planAggregate(SOp.Aggregate sop) {
        String name = nameOf(sop, "aggregate");
        boolean mayBeEmpty = !inference.neverEmpty(sop.selector());
        Heads.CategorySelect select = select(sop, sop.selector());
        if (reading.isNumber(sop)) {
            Encoded sequence = numberOf(sop.sequence());
            double fallback = mayBeEmpty ? Values.toDouble(sop.fallback()) : 0;
            if (!(Math.abs(fallback) <= 0x1p53)) {
                throw new Refusal(ClusteredNumbers.outOfRange(program, sop, sop.fallback()));
            }
            LinearForm target = LinearForm.of(number(sop, name));
            int depth = Math.max(select.depth(), sequence.depth()) + 1;
            double[] range = bounds(inference.values(sop.sequence()));
            double scale = Math.max(Math.abs(fallback), Math.max(Math.abs(range[0]), Math.abs(range[1])));
            int valueWidth = sequence instanceof Encoded.Category category
                    ? category.forms().size()
                    : 1;
            var above = new ValueTerm(sequence.number().minus(LinearForm.constant(fallback)), target);
            head(depth, heads.averaging(meaning(sop), select, selected(sop), above, valueWidth, scale));
            numbers.put(sop, new Encoded.Numeric(sop, target.plus(LinearForm.constant(fallback)), depth));
            return;
        }
        Encoded.Category sequence = categoryOf(sop.sequence());
        int depth = Math.max(select.depth(), sequence.depth()) + 1;
        Value fallback = SignedZero.drop(sop.fallback());
        boolean implicit = mayBeEmpty && !sequence.forms().containsKey(fallback);
        Feature feature = feature(sop, name);
        ImmutableList.Builder<ValueTerm> values = ImmutableList.builder();
        Map<Value, LinearForm> explicit = new LinkedHashMap<>();
        for (Map.Entry<Value, LinearForm> entry : sequence.forms().entrySet()) {
            LinearForm target = LinearForm.of(Direction.oneHot(feature, entry.getKey()));
            // The default is read with 1 added, and taken off where something is selected.
            LinearForm added = LinearForm.constant(mayBeEmpty && entry.getKey().equals(fallback) ? 1 : 0);
            values.add(new ValueTerm(entry.getValue().minus(added), target));
            explicit.put(entry.getKey(), target.plus(added));
        }
        LinearForm missing = LinearForm.constant(1).minus(LinearForm.sum(explicit.values()));
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (Value value : reading.category(sop)) {
            forms.put(value, explicit.getOrDefault(value, missing));
        }
        if (implicit && explicit.size() > 4096) {
            BlockLimits.checkWeights(program, sop, (long) explicit.size() * explicit.size());
        }
        head(
                depth,
                heads.copying(
                        meaning(sop),
                        select,
                        selected(sop),
                        values.build(),
                        sequence.forms().size()));
        boolean one = inference.atMostOne(sop.selector());
        categories.put(
                sop,
                new Encoded.Category(
                        sop, forms.buildOrThrow(), depth, sequence.noise() + (one ? 0 : 4 * Math.ulp(1.0))));
    }

    /** Which keys the aggregate's queries select; where they would be strings or bools of several kinds the program fails. */
    private HeadKind.Keys selected(SOp.Aggregate sop) {
        return inference.atMostOne(sop.selector())
                ? HeadKind.Keys.ONE
                : reading.role(sop) == Reading.SopRole.COPY ? HeadKind.Keys.EQUAL : HeadKind.Keys.ANY;
    }

    private PartOrigin meaning(SOp.Aggregate sop) {
        return selecting(
                origin(sop, "mean of the selected values, for " + described(sop)),
                sop,
                sop.selector(),
                !inference.neverEmpty(sop.selector()));
    }

    private PartOrigin selecting(PartOrigin origin, SOp attending, Selector selector, boolean canBeEmpty) {
        Condition where = SelectorCondition.of(selector, sop -> DescribeNode.reference(program, sop))
                .orElseGet(() -> new Condition.SelectorOf(DescribeNode.reference(program, attending)));
        return origin.selecting(new SelectedBy(where, 1, false, false, canBeEmpty));
    }

    private void planWidth(SOp.SelectorWidth sop) {
        String name = nameOf(sop, "selector_width");
        Heads.CategorySelect select = select(sop, sop.selector());
        int depth = select.depth() + 1;
        Direction share = number(sop, names.named(name + "_selector_width_attn_output"));
        Feature feature = feature(sop, name);
        ImmutableList<Value> widths = reading.category(sop);
        double[] points = new double[widths.size()];
        var outputs = new ArrayList<LinearForm>();
        for (int k = 0; k < points.length; k++) {
            // Ascending in 1/(1 + w) is descending in w.
            Value width = widths.get(points.length - 1 - k);
            points[k] = 1 / (1 + Values.toDouble(width));
            outputs.add(LinearForm.of(Direction.oneHot(feature, width)));
        }
        PartOrigin counting = selecting(
                origin(sop, "share of BOS among the selected keys, for " + described(sop)), sop, sop.selector(), true);
        String counted = DescribeNode.reference(program, sop);
        meanings.holds(LinearForm.of(share), counted, new Holds.ShareOf(counted, 1, -1, 0, 0));
        LinearForm seen = LinearForm.of(share).plus(LinearForm.constant(1));
        UnitGroup steps = DirectSteps.units(origin(sop, described(sop)), seen, points, outputs);
        blocks.add(
                new DirectBlock(depth, Optional.of(heads.counting(counting, select, share)), ImmutableList.of(steps)));
        // The steps reach 2w + 1 where they saturate, and are rounded there.
        categories.put(sop, oneHot(sop, feature, widths, depth, 4 * Math.ulp(2.0 * widths.size())));
    }

    private Heads.CategorySelect select(SOp user, Selector selector) {
        SelectorReading read = reading.selector(selector);
        Encoded.Places keys = places(user, read.key());
        Encoded.Places queries = places(user, read.query());
        return new Heads.CategorySelect(
                keys.forms(), queries.forms(), read.table(), Math.max(keys.depth(), queries.depth()));
    }

    /** Where a side of a selector can be read; what reads several s-ops together is put together in front of the head. */
    private Encoded.Places places(SOp user, SelectorReading.ComparedSide side) {
        if (!side.isJoint()) {
            return side.variables().isEmpty()
                    ? new Encoded.Places(ImmutableList.of(LinearForm.constant(1)), 0)
                    : categoryOf(side.variables().get(0)).places();
        }
        return joint.computeIfAbsent(side.variables(), variables -> join(user, side));
    }

    private Encoded.Places join(SOp user, SelectorReading.ComparedSide side) {
        String together = side.variables().stream()
                .map(v -> Objects.requireNonNull(residualNames.get(v)))
                .collect(Collectors.joining("_and_"));
        Feature feature = feature(user, names.named(together));
        var combinations = new Combinations(Lists.transform(side.variables(), this::categoryOf));
        ImmutableList.Builder<LinearForm> forms = ImmutableList.builder();
        for (List<Value> combination : side.combinations()) {
            StringValue label = SelectorReading.ComparedSide.label(combination);
            LinearForm form = LinearForm.of(Direction.oneHot(feature, label));
            forms.add(form);
            combinations.add(combination, form, origin(user, together + " is " + label.value()));
        }
        blocks.add(combinations.block(origin(user, together)));
        return new Encoded.Places(forms.build(), combinations.depth());
    }

    /** A one-hot for a number that a selector or a function of several s-ops reads. */
    private void divide(SOp sop) {
        Encoded.Numeric number = (Encoded.Numeric) numberOf(sop);
        Feature feature = feature(sop, names.named(nameOf(sop, "number") + "_category"));
        var outputs = new ArrayList<Optional<LinearForm>>();
        for (Value value : reading.category(sop)) {
            outputs.add(Optional.of(LinearForm.of(Direction.oneHot(feature, value))));
        }
        block(number.depth() + 1, steps(sop, sop, number, outputs));
        categories.put(sop, oneHot(sop, feature, reading.category(sop), number.depth() + 1, stepNoise(sop)));
    }

    private UnitGroup steps(SOp sop, SOp root, Encoded.Numeric number, List<Optional<LinearForm>> outputs) {
        ImmutableList<ClusteredNumbers.Cluster> clusters =
                reading.numbersOf(root).clusters();
        BlockLimits.checkUnits(program, sop, 2L * clusters.size());
        double[] points = new double[clusters.size()];
        var kept = new ArrayList<LinearForm>();
        int count = 0;
        for (int i = 0; i < points.length; i++) {
            if (outputs.get(i).isPresent()) {
                points[count++] = clusters.get(i).at();
                kept.add(outputs.get(i).get());
            }
        }
        return DirectSteps.units(origin(sop, described(sop)), number.number(), Arrays.copyOf(points, count), kept);
    }

    /** What rounding leaves of a one-hot made by steps: some ulps of what they reach from one end to the other. */
    private double stepNoise(SOp root) {
        ImmutableList<ClusteredNumbers.Cluster> clusters =
                reading.numbersOf(root).clusters();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < clusters.size(); i++) {
            least = Math.min(least, clusters.get(i).at() - clusters.get(i - 1).at());
        }
        double span = clusters.get(clusters.size() - 1).at() - clusters.get(0).at();
        return 4 * Math.ulp(clusters.size() < 2 ? 1 : 2 * span / least);
    }

    /** {@code x} times {@code output} through ReLUs: one for each sign that x can have. */
    private UnitGroup signed(SOp sop, LinearForm x, LinearForm output, double[] range) {
        boolean positive = range[1] > 0 || range[0] >= 0;
        boolean negative = range[0] < 0;
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        if (positive) {
            units.add(new HiddenUnit(x, output, origin(sop, described(sop))));
        }
        if (negative) {
            units.add(new HiddenUnit(x.times(-1), output.times(-1), origin(sop, described(sop) + " (negative part)")));
        }
        Construction construction =
                positive && negative ? new Construction.BothSigns(x, output) : new Construction.Plain();
        return new UnitGroup(construction, units.build(), origin(sop, described(sop)));
    }

    private void block(int depth, UnitGroup group) {
        blocks.add(new DirectBlock(depth, Optional.empty(), ImmutableList.of(group)));
    }

    private void head(int depth, DirectHead head) {
        blocks.add(new DirectBlock(depth, Optional.of(head), ImmutableList.of()));
    }

    private static Encoded.Category oneHot(SOp sop, Feature feature, List<Value> values, int depth, double noise) {
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        values.forEach(v -> forms.put(v, LinearForm.of(Direction.oneHot(feature, v))));
        return new Encoded.Category(sop, forms.buildOrThrow(), depth, noise);
    }

    private Direction number(SOp sop, String name) {
        return Direction.number(feature(sop, name));
    }

    private Feature feature(SOp sop, String name) {
        return features.named(name, program.origin(sop).span().map(SourceRange::of));
    }

    /** Why a part is there, by the s-op's name in the stream. */
    private PartOrigin origin(SOp sop, String description) {
        String name = residualNames.getOrDefault(sop, program.name());
        return PartOrigin.of(
                sop.id(), name, description, program.origin(sop).span().map(SourceRange::of));
    }

    private String nameOf(SOp sop, String kind) {
        return residualNames.computeIfAbsent(
                sop, s -> program.origin(s).name().map(names::named).orElseGet(() -> names.numbered(kind)));
    }

    private String described(SOp sop) {
        return DescribeNode.name(program, sop);
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
