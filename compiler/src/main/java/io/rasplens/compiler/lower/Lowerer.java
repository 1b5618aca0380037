package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.Describe;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What the parts of a lowering share: the program, what is known of it, and the stream that they write into. */
final class Lowerer {
    /** Layers of one model. */
    static final int MAX_BLOCKS = 4096;

    /** Memory that a weight takes at the least while the model is made. */
    private static final int BYTES_PER_WEIGHT = 32;

    /** Heads of one model. */
    private static final int MAX_HEADS = 1 << 14;

    private final CompileTarget target;
    private final Inference inference;
    private final double hardness;
    private final AtomicReference<SOp> working;
    private final Stream stream;
    private final LowerFunctions functions;
    private final LowerAttention attention;
    private final ProgramRounding rounding;
    private final HiddenNumber hidden;
    private final Map<SOp, Optional<Total>> totals = new HashMap<>();

    /**
     * @param hardness the score of a select that holds
     * @param working is told what is being lowered
     */
    Lowerer(CompileTarget target, Inference inference, double hardness, AtomicReference<SOp> working) {
        this.target = target;
        this.inference = inference;
        this.hardness = hardness;
        this.working = working;
        this.stream = new Stream(target);
        this.functions = new LowerFunctions(this);
        this.attention = new LowerAttention(this);
        this.rounding = new ProgramRounding(this);
        this.hidden = new HiddenNumber(this);
    }

    /**
     * Called where the work on an s-op begins, and where it goes on after that on what the s-op reads; here an interrupted lowering
     * ends.
     */
    void begin(SOp sop) {
        Interrupted.check();
        working.set(sop);
    }

    /** Refuses a model that there would be no memory for in what is yet to be done with it. */
    void requireMemory(SOp sop) {
        long memory = Work.memory();
        if (stream.weightCount() > memory / BYTES_PER_WEIGHT) {
            throw refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    sop,
                    "and what is made before it need " + stream.weightCount() + " weights; the limit is "
                            + memory / BYTES_PER_WEIGHT + " for the " + (memory >> 20) + " MB of memory that there are",
                    "a shorter max_length or a smaller vocab makes the model smaller; " + Host.moreMemory());
        }
    }

    CompileTarget target() {
        return target;
    }

    RaspProgram program() {
        return target.program();
    }

    Inference inference() {
        return inference;
    }

    double hardness() {
        return hardness;
    }

    Stream stream() {
        return stream;
    }

    LowerFunctions functions() {
        return functions;
    }

    LowerAttention attention() {
        return attention;
    }

    HiddenNumber hidden() {
        return hidden;
    }

    /** The s-op as the sum of what a selector selects, if it is one. */
    Optional<Total> total(SOp sop) {
        return totals.computeIfAbsent(sop, s -> Total.match(s, this));
    }

    /**
     * The s-op over what the embedding and attention bring; absent where that has too many combinations, so that inference made a
     * variable of the s-op itself.
     */
    Optional<JointTable> table(SOp sop) {
        return inference.table(sop).filter(table -> !isOwnVariable(sop, table));
    }

    private static boolean isOwnVariable(SOp sop, JointTable table) {
        return sop instanceof SOp.Elementwise
                && table.variables().size() == 1
                && table.variables().get(0) instanceof Variable.Computed computed
                && computed.sop() == sop;
    }

    /** True if the s-op's values can be listed. */
    boolean isListed(SOp sop) {
        return inference.values(sop) instanceof ValueSet.Finite;
    }

    /** The values of an s-op, or a refusal where there are too many to list. */
    ImmutableList<Value> values(SOp sop) {
        if (inference.values(sop) instanceof ValueSet.Finite finite) {
            return finite.values();
        }
        throw refuse(
                CompileCode.TOO_MANY_VALUES,
                sop,
                "takes too many values to be compared or looked up: " + inference.unlisted(sop));
    }

    /** A bound on what the program itself rounds an s-op's number by. */
    double rounding(SOp sop) {
        return rounding.of(sop);
    }

    /** Least and greatest number an s-op can be. */
    double[] range(SOp sop) {
        if (inference.values(sop) instanceof ValueSet.Interval interval) {
            return new double[] {interval.low(), interval.high()};
        }
        double[] numbers = values(sop).stream().mapToDouble(Lowerer::asNumber).toArray();
        return new double[] {Doubles.min(numbers), Doubles.max(numbers)};
    }

    /** The greatest magnitude of the s-op's numbers; 0 if it has none, or no bound is known. */
    double size(SOp sop) {
        if (!inference.values(sop).isNumeric()) {
            return 0;
        }
        double[] range = range(sop);
        double size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
        return Double.isFinite(size) ? size : 0;
    }

    /** The value where a number is wanted. On a string the program fails there, so that any number will do. */
    static double asNumber(Value value) {
        return value.isNumeric() ? Values.toDouble(value) : 0;
    }

    /** Numbers in the sense of a residual direction: ints and floats, and no bools among them. */
    boolean isNumber(SOp sop) {
        return !(inference.values(sop) instanceof ValueSet.Finite finite)
                || finite.values().stream().allMatch(v -> v.isNumeric() && !(v instanceof BoolValue));
    }

    /** Numbers, listed or not, with neither bools nor strings among them. */
    boolean isPlainNumber(SOp sop) {
        return inference.values(sop).isNumeric() && isNumber(sop);
    }

    String name(ProgramNode node) {
        return name(program(), node);
    }

    static String name(RaspProgram program, ProgramNode node) {
        return program.origin(node).name().orElseGet(() -> words(program, node));
    }

    /** A node without a name goes by its source text where that is short, in brackets where it has several words. */
    private static String words(RaspProgram program, ProgramNode node) {
        if (node instanceof SOp.Indices) {
            return "indices";
        }
        if (node instanceof SOp.Tokens tokens) {
            return tokens.conversion() == TokenConversion.STR
                    ? "tokens"
                    : "tokens_" + tokens.conversion().name().toLowerCase(Locale.ROOT);
        }
        if (node instanceof SOp.Constant constant) {
            return constant.value().repr();
        }
        return Describe.shortText(program, node)
                .map(text -> text.indexOf(' ') < 0 ? text : "(" + text + ")")
                .orElseGet(() -> node.toString().toLowerCase(Locale.ROOT));
    }

    /** Something that stands for the node in the stream, and for nothing else. */
    Feature feature(ProgramNode node) {
        return feature(node, "");
    }

    /** @param of what else of the node it stands for; the reader sees it behind the name */
    Feature feature(ProgramNode node, String of) {
        return stream.features().named(name(node) + of, source(node));
    }

    /**
     * Something that the whole program shares: it has the source of the first s-op that is that.
     *
     * @param like tells an s-op that is just what the feature stands for
     */
    Feature feature(String name, Predicate<SOp> like) {
        Optional<SourceRange> source = NeededNodes.of(ImmutableList.of(program().output())).stream()
                .filter(node -> node instanceof SOp sop && like.test(sop))
                .findFirst()
                .flatMap(this::source);
        return stream.features().named(name, source);
    }

    private Optional<SourceRange> source(ProgramNode node) {
        return program().origin(node).span().map(SourceRange::of);
    }

    PartOrigin origin(ProgramNode node, String description) {
        return PartOrigin.of(node.id(), name(node), description, source(node));
    }

    /**
     * Called before an s-op's heads and hidden units are written. Refuses a block beyond what a transformer can sensibly have; each one
     * takes memory in every pass that follows.
     */
    void requireDepth(SOp node, int block) {
        begin(node);
        requireMemory(node);
        if (block >= MAX_BLOCKS) {
            throw refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    node,
                    "needs more than the " + MAX_BLOCKS + " layers that a model may have",
                    "use fewer attention steps, each of which is computed from the one before");
        }
    }

    /** Refuses a head in a block beyond the last one, and one head too many. */
    void requireHead(SOp node, int block) {
        requireDepth(node, block);
        if (stream.headCount() >= MAX_HEADS) {
            throw refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    node,
                    "needs more than the " + MAX_HEADS + " attention heads that a model may have",
                    "use fewer attention steps");
        }
    }

    Refusal refuse(CompileCode code, ProgramNode node, String why) {
        return refuse(code, node, why, "a shorter max_length or a smaller vocab makes the model smaller");
    }

    Refusal refuse(CompileCode code, ProgramNode node, String why, String help) {
        return new Refusal(Describe.at(program(), node, code, Describe.name(program(), node) + " " + why, help));
    }

    /** The attention results that have a RASP name, as the stream holds them; one that needs no head is no result. */
    ImmutableList<Circuit.Readout> readouts() {
        ImmutableList.Builder<Circuit.Readout> readouts = ImmutableList.builder();
        attention.readable().forEach((sop, signal) -> {
            if (signal.stage() > 0 && program().origin(sop).name().isPresent()) {
                ImmutableList<Value> values = inference.values(sop) instanceof ValueSet.Finite finite && finite.exact()
                        ? finite.values()
                        : ImmutableList.of();
                readouts.add(new Circuit.Readout(
                        program().nameOf(sop).orElseThrow(),
                        signal.stage(),
                        ImmutableList.of(signal.form()),
                        new OutputDecoder.Numerical(values)));
            }
        });
        attention.readableOneHots().forEach((sop, oneHot) -> {
            if (oneHot.stage() > 0 && program().origin(sop).name().isPresent()) {
                readouts.add(new Circuit.Readout(
                        program().nameOf(sop).orElseThrow(),
                        oneHot.stage(),
                        oneHot.forms().values().asList(),
                        new OutputDecoder.Categorical(oneHot.forms().keySet().asList())));
            }
        });
        return readouts.build();
    }
}
