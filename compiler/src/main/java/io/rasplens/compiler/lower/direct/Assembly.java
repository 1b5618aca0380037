package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.SignedZero;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Numbers the directions of a plan and writes its blocks down as matrices. */
final class Assembly {
    /** The exact values of a numerical output are listed up to so many. */
    private static final int MAX_LISTED = 1 << 14;

    private final CompileTarget target;
    private final RaspProgram program;
    private final Inference inference;
    private final Reading reading;
    private final Plan plan;
    private final ImmutableSortedSet<TokenConversion> conversions;
    private final TokenEncoder encoder;
    private final ImmutableList<ImmutableList<Block>> layers;
    private final ImmutableList<Direction> directions;
    private final Map<Direction, Integer> numbers = new HashMap<>();
    private final Map<Direction, SOp> owners = new HashMap<>();
    private final int dHead;

    Assembly(
            CompileTarget target,
            Inference inference,
            Reading reading,
            Plan plan,
            ImmutableSortedSet<TokenConversion> conversions) {
        this.target = target;
        this.program = target.program();
        this.inference = inference;
        this.reading = reading;
        this.plan = plan;
        this.conversions = conversions;
        this.encoder = TokenEncoder.forVocabulary(target.vocabulary());
        this.layers = LayerAllocation.of(plan.blocks());
        this.directions = directions();
        for (int d = 0; d < directions.size(); d++) {
            numbers.put(directions.get(d), d);
        }
        this.dHead = plan.blocks().stream()
                .flatMap(b -> b.head().stream())
                .mapToInt(Block.Head::width)
                .max()
                .orElse(1);
    }

    CompiledModel assemble() throws Refusal {
        Limits.checkDepth(program, layers.size(), directions.size());
        Readout output = readout(program.output());
        return new CompiledModel(
                config(output.columns().size()),
                weights(output),
                Optional.of(encoder),
                Optional.of(output.decoder()),
                directions.stream().map(Direction::label).collect(ImmutableList.toImmutableList()),
                readouts(),
                provenance(),
                Optional.empty(),
                Optional.of(certificate()));
    }

    /** Every direction that something writes: embedding, heads, hidden units; and a number that is always 0. */
    private ImmutableList<Direction> directions() {
        Set<Direction> written = new TreeSet<>(Direction.ORDER);
        written.add(Direction.ONE);
        written.add(plan.specials().bos());
        written.add(plan.specials().pad());
        for (TokenConversion conversion : conversions) {
            for (Value token : target.vocabulary()) {
                convert(conversion, token).ifPresent(v -> written.add(Direction.of(conversion.sopName(), v)));
            }
        }
        for (int i = 0; i < target.maxLength(); i++) {
            written.add(Direction.of("indices", Value.of(i)));
        }
        for (SOp sop : plan.categories().keySet()) {
            if (reading.role(sop) == Reading.Role.EMBEDDED) {
                Objects.requireNonNull(plan.categories().get(sop))
                        .forms()
                        .values()
                        .forEach(f -> own(sop, f));
            }
        }
        for (Encoded.Numeric number : plan.numbers().values()) {
            own(number.sop(), number.number());
            written.addAll(number.number().weights().keySet());
        }
        for (Block block : plan.blocks()) {
            for (Block.Head head : block.head()) {
                head.targets().forEach(t -> owners.putIfAbsent(t, block.sop()));
                written.addAll(head.targets());
            }
            for (Block.Unit unit : block.units()) {
                own(block.sop(), unit.out());
                written.addAll(unit.out().weights().keySet());
            }
        }
        return ImmutableList.copyOf(written);
    }

    private void own(SOp sop, Form form) {
        form.weights().keySet().forEach(d -> owners.putIfAbsent(d, sop));
    }

    private TransformerConfig config(int dVocabOut) {
        int heads = layers.stream()
                .mapToInt(l -> l.stream().mapToInt(b -> b.head().size()).sum())
                .max()
                .orElse(0);
        int units = layers.stream()
                .mapToInt(l -> l.stream().mapToInt(b -> b.units().size()).sum())
                .max()
                .orElse(0);
        return new TransformerConfig(
                layers.size(),
                Math.max(1, heads),
                directions.size(),
                dHead,
                Math.max(1, units),
                target.maxLength() + 1,
                encoder.vocabulary().size(),
                dVocabOut,
                TransformerConfig.Activation.RELU,
                program.causal()
                        ? TransformerConfig.AttentionDirection.CAUSAL
                        : TransformerConfig.AttentionDirection.BIDIRECTIONAL,
                TransformerConfig.Normalization.NONE,
                1e-5,
                Math.sqrt(dHead));
    }

    private Weights weights(Readout output) {
        ImmutableList.Builder<LayerWeights> all = ImmutableList.builder();
        ImmutableDoubleArray noBias = zeros(directions.size());
        for (ImmutableList<Block> layer : layers) {
            ImmutableList<Block.Unit> units =
                    layer.stream().flatMap(b -> b.units().stream()).collect(ImmutableList.toImmutableList());
            all.add(new LayerWeights(
                    layer.stream()
                            .flatMap(b -> b.head().stream())
                            .map(this::head)
                            .collect(ImmutableList.toImmutableList()),
                    noBias,
                    new MlpWeights(
                            columns(units.stream().map(Block.Unit::in).toList(), 1),
                            zeros(units.size()),
                            rows(units.stream().map(Block.Unit::out).toList()),
                            noBias),
                    Optional.empty(),
                    Optional.empty()));
        }
        return new Weights(
                embed(),
                positions(),
                all.build(),
                Optional.empty(),
                columns(output.columns(), 1),
                zeros(output.columns().size()));
    }

    private HeadWeights head(Block.Head head) {
        int shared = head.queries().size();
        int copied = head.values().size();
        return new HeadWeights(
                columns(head.queries(), Math.sqrt(dHead)),
                zeros(shared),
                columns(head.keys(), 1),
                zeros(shared),
                columns(head.values(), 1),
                zeros(copied),
                rows(head.targets().stream().map(Form::of).toList()));
    }

    private WeightMatrix embed() {
        WeightMatrix.Builder embed = WeightMatrix.builder(encoder.vocabulary().size(), directions.size());
        for (int id = 0; id < encoder.vocabulary().size(); id++) {
            embed.add(id, number(Direction.ONE), 1);
            if (encoder.isSpecial(id)) {
                Direction special = id == encoder.bos()
                        ? plan.specials().bos()
                        : plan.specials().pad();
                embed.add(id, number(special), 1);
                continue;
            }
            Value token = encoder.vocabulary().get(id);
            for (TokenConversion conversion : conversions) {
                Optional<Value> value = convert(conversion, token);
                if (value.isPresent()) {
                    embed.add(id, number(Direction.of(conversion.sopName(), value.get())), 1);
                }
            }
        }
        return embed.build();
    }

    private static Optional<Value> convert(TokenConversion conversion, Value token) {
        try {
            return Optional.of(SignedZero.drop(Operators.convert(conversion, token)));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** Row 0 is BOS's and stays empty, so position i of the input stands in row i + 1. */
    private WeightMatrix positions() {
        WeightMatrix.Builder positions = WeightMatrix.builder(target.maxLength() + 1, directions.size());
        for (int i = 0; i < target.maxLength(); i++) {
            positions.add(i + 1, number(Direction.of("indices", Value.of(i))), 1);
        }
        return positions.build();
    }

    /** How one s-op is read: a form per logit. */
    private record Readout(ImmutableList<Form> columns, OutputDecoder decoder, int depth) {}

    private Readout readout(SOp sop) throws Refusal {
        Encoded.Numeric number = plan.numbers().get(sop);
        if (number != null) {
            return new Readout(
                    ImmutableList.of(number.number()), new OutputDecoder.Numerical(listed(sop)), number.depth());
        }
        Encoded.Category category = Objects.requireNonNull(plan.categories().get(sop));
        return new Readout(
                ImmutableList.copyOf(category.forms().values()),
                new OutputDecoder.Categorical(category.forms().keySet().asList()),
                category.depth());
    }

    /** The numbers to round to, where they are few and far enough apart. */
    private ImmutableList<Value> listed(SOp sop) {
        if (!(inference.values(sop) instanceof ValueSet.Finite finite)
                || finite.values().size() > MAX_LISTED) {
            return ImmutableList.of();
        }
        try {
            return Numbers.of(program, sop, finite.values()).clusters().stream()
                    .map(Numbers.Cluster::representative)
                    .collect(ImmutableList.toImmutableList());
        } catch (Refusal e) {
            return ImmutableList.of();
        }
    }

    /** Every s-op that stands in the residual stream under a RASP name, so that a divergence can be found. */
    private ImmutableList<SopReadout> readouts() throws Refusal {
        Map<Integer, Integer> layerOfDepth = new HashMap<>();
        Map<Integer, Boolean> attention = new HashMap<>();
        for (int l = 0; l < layers.size(); l++) {
            for (Block block : layers.get(l)) {
                layerOfDepth.put(block.depth(), l);
                attention.merge(block.depth(), block.attentionOnly(), Boolean::logicalAnd);
            }
        }
        Set<SOp> readable = new LinkedHashSet<>();
        Stream.concat(plan.categories().keySet().stream(), plan.numbers().keySet().stream())
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .forEach(readable::add);
        ImmutableList.Builder<SopReadout> readouts = ImmutableList.builder();
        for (SOp sop : readable) {
            Optional<String> name = program.nameOf(sop);
            if (name.isEmpty() || reading.role(sop) == Reading.Role.CONSTANT) {
                continue;
            }
            Readout readout = readout(sop);
            int depth = readout.depth();
            readouts.add(new SopReadout(
                    name.get(),
                    depth == 0 ? -1 : Objects.requireNonNull(layerOfDepth.get(depth)),
                    depth > 0 && Objects.requireNonNull(attention.get(depth)),
                    columns(readout.columns(), 1),
                    zeros(readout.columns().size()),
                    readout.decoder()));
        }
        return readouts.build();
    }

    private Provenance provenance() {
        return new Provenance(
                layers.stream()
                        .map(layer -> layer.stream()
                                .flatMap(b -> b.head().stream())
                                .map(h -> origin(h.sop(), h.description()))
                                .collect(ImmutableList.toImmutableList()))
                        .collect(ImmutableList.toImmutableList()),
                layers.stream()
                        .map(layer -> layer.stream()
                                .flatMap(b -> b.units().stream())
                                .map(u -> origin(u.sop(), u.description()))
                                .collect(ImmutableList.toImmutableList()))
                        .collect(ImmutableList.toImmutableList()),
                directions.stream().map(this::origin).collect(ImmutableList.toImmutableList()));
    }

    private Origin origin(Direction direction) {
        SOp owner = owners.get(direction);
        String text = direction.label().text();
        if (owner == null) {
            String what = direction.equals(Direction.ONE) ? "1 at every position" : "1 at the token " + text;
            return new Origin(direction.name(), what, Optional.empty());
        }
        String what = direction.value().isPresent() ? "1 where " + text : "the number " + text;
        return origin(owner, what);
    }

    private Origin origin(SOp sop, String description) {
        String name = plan.names().getOrDefault(sop, program.name());
        return new Origin(name, description, program.origin(sop).span().map(SourceRange::of));
    }

    /**
     * Leak and rounding. A mean is off by the head's leak and by some ulps per key; one-hots and steps set errors back, so that
     * the bound is that of the largest number, through all layers.
     */
    private Certificate certificate() {
        double largest = 1;
        double margin = 0.25;
        for (SOp sop : plan.numbers().keySet()) {
            if (inference.values(sop) instanceof ValueSet.Interval interval) {
                largest = Math.max(largest, Math.max(Math.abs(interval.low()), Math.abs(interval.high())));
            } else if (inference.values(sop) instanceof ValueSet.Finite finite) {
                for (Value value : finite.values()) {
                    largest = Math.max(largest, value.isNumeric() ? Math.abs(Values.toDouble(value)) : 0);
                }
            }
        }
        double widest = 1.0 / (target.maxLength() + 1.0);
        boolean counts = plan.blocks().stream()
                .anyMatch(b -> !b.head().isEmpty() && !b.units().isEmpty());
        if (counts) {
            margin = Math.min(margin, (1.0 / Math.max(1, target.maxLength()) - widest) / 4);
        }
        double ulps = 8.0 * (target.maxLength() + 8) * layers.size() * largest;
        return new Certificate(Heads.LEAK, margin, Heads.LEAK + ulps * 0x1p-53, Heads.LEAK + ulps * 0x1p-24);
    }

    private WeightMatrix columns(List<Form> forms, double factor) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(directions.size(), forms.size());
        for (int c = 0; c < forms.size(); c++) {
            int column = c;
            forms.get(c).weights().forEach((d, w) -> matrix.add(number(d), column, factor * w));
        }
        return matrix.build();
    }

    private WeightMatrix rows(List<Form> forms) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(forms.size(), directions.size());
        for (int r = 0; r < forms.size(); r++) {
            int row = r;
            forms.get(r).weights().forEach((d, w) -> matrix.add(row, number(d), w));
        }
        return matrix.build();
    }

    private int number(Direction direction) {
        return Objects.requireNonNull(numbers.get(direction), direction::toString);
    }

    private static ImmutableDoubleArray zeros(int length) {
        return ImmutableDoubleArray.copyOf(new double[length]);
    }
}
