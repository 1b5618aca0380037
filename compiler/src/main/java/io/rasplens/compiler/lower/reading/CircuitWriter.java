package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes heads and hidden units into a {@link Stream}, within the limits of one model. */
public final class CircuitWriter {
    /** Layers of one model. */
    public static final int MAX_BLOCKS = 4096;

    /** Memory that a weight takes at the least while the model is made. */
    private static final int BYTES_PER_WEIGHT = 32;

    /** Heads of one model. */
    private static final int MAX_HEADS = 1 << 14;

    private static final int MAX_UNITS = 400_000;

    private final Facts facts;
    private final Stream stream;
    private final Consumer<SOp> working;
    private final MeaningTable meanings = new MeaningTable();

    /**
     * A writer into a stream.
     *
     * @param working is told what is being written
     */
    public CircuitWriter(Facts facts, Stream stream, Consumer<SOp> working) {
        this.facts = facts;
        this.stream = stream;
        this.working = working;
    }

    /**
     * Called where the work on an s-op begins, and where it goes on after that on what the s-op reads; here an interrupted lowering
     * ends.
     */
    public void begin(SOp sop) {
        Interrupted.check();
        working.accept(sop);
    }

    /** Something that stands for the node in the stream, and for nothing else. */
    public Feature feature(ProgramNode node) {
        return feature(node, "");
    }

    /**
     * Something that stands for a part or a function of the node.
     *
     * @param of what else of the node it stands for; the reader sees it behind the name
     */
    public Feature feature(ProgramNode node, String of) {
        return stream.features().number(facts.name(node) + of, facts.source(node));
    }

    /** Something that has a direction for each value of the node. */
    public Feature oneHotFeature(ProgramNode node) {
        return stream.features().oneHot(facts.name(node), facts.source(node));
    }

    /**
     * Something that stands for a function of the node.
     *
     * @param words for what stands in the stream
     */
    public Feature featureOf(ProgramNode node, String words) {
        Feature made = stream.features().named(words, facts.source(node));
        meanings.helper(Direction.number(made), facts.reference(node), words);
        return made;
    }

    /** Something that stands for no node. */
    public Feature feature(String name) {
        return stream.features().named(name);
    }

    /**
     * Something that the whole program shares: it has the source of the first s-op that is that.
     *
     * @param like tells an s-op that is just what the feature stands for
     */
    public Feature feature(String name, Predicate<SOp> like) {
        return stream.features().number(name, source(like));
    }

    /** The same for what has a direction for each of its values. */
    public Feature oneHotFeature(String name, Predicate<SOp> like) {
        return stream.features().oneHot(name, source(like));
    }

    private Optional<SourceRange> source(Predicate<SOp> like) {
        return facts.nodes().stream()
                .filter(node -> node instanceof SOp sop && like.test(sop))
                .findFirst()
                .flatMap(facts::source);
    }

    /** What the directions hold. */
    public MeaningTable meanings() {
        return meanings;
    }

    /** The node as tables of meanings have it. */
    public MeaningTable.NamedSop named(ProgramNode node) {
        return new MeaningTable.NamedSop(facts.reference(node), facts.name(node));
    }

    /** A direction of its own for the node as a number. */
    public Direction freshNumber(SOp node) {
        return Direction.number(feature(node));
    }

    /** What one token writes; the others write nothing. */
    public void embedToken(Direction direction, Value token, double value) {
        stream.embedToken(direction, token, value);
    }

    /** What one position writes; the others write nothing. */
    public void embedPosition(Direction direction, int position, double value) {
        stream.embedPosition(direction, position, value);
    }

    /** Adds a head to a block; its output can be read {@link Stage#afterAttention}. */
    public void head(int block, Head head) {
        stream.head(block, head);
    }

    /** Adds hidden units to a block; their output can be read {@link Stage#afterMlp}. */
    public void units(int block, UnitGroup group) {
        stream.units(block, group);
    }

    /**
     * Writes units into a direction of their own, in the first block where they can read what they need.
     *
     * @param node what the number is computed for
     * @param feature whose direction it is
     * @param stage from when on all that the units read can be read
     * @param units the groups of units, which write to the form they are given
     */
    public Signal number(SOp node, Feature feature, Stage stage, Function<LinearForm, List<UnitGroup>> units) {
        int block = stage.mlp();
        requireDepth(node, block);
        LinearForm out = LinearForm.of(Direction.number(feature));
        units.apply(out).forEach(group -> stream.units(block, group));
        return new Signal(out, Stage.afterMlp(block));
    }

    /** The same for one group, in a direction that goes by the node's name. */
    public Signal number(SOp node, Stage stage, Function<LinearForm, UnitGroup> units) {
        return number(node, feature(node), stage, out -> List.of(units.apply(out)));
    }

    /** Refuses a model that there would be no memory for in what is yet to be done with it. */
    public void requireMemory(SOp sop) {
        long memory = Work.memory();
        if (stream.weightCount() > memory / BYTES_PER_WEIGHT) {
            throw facts.refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    sop,
                    "and what is made before it need " + stream.weightCount() + " weights; the limit is "
                            + memory / BYTES_PER_WEIGHT + " for the " + (memory >> 20) + " MB of memory that there are",
                    "a shorter max_length or a smaller vocab makes the model smaller; " + Host.moreMemory());
        }
    }

    /**
     * Called before an s-op's heads and hidden units are written. Refuses a block beyond what a transformer can sensibly have; each one
     * takes memory in every pass that follows.
     */
    public void requireDepth(SOp node, int block) {
        begin(node);
        requireMemory(node);
        if (block >= MAX_BLOCKS) {
            throw facts.refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    node,
                    "needs more than the " + MAX_BLOCKS + " layers that a model may have",
                    "use fewer attention steps, each of which is computed from the one before");
        }
    }

    /** Refuses a head in a block beyond the last one, and one head too many. */
    public void requireHead(SOp node, int block) {
        requireDepth(node, block);
        if (stream.headCount() >= MAX_HEADS) {
            throw facts.refuse(
                    CompileCode.MODEL_TOO_LARGE,
                    node,
                    "needs more than the " + MAX_HEADS + " attention heads that a model may have",
                    "use fewer attention steps");
        }
    }

    /** Refuses more hidden units than a model may have. */
    public void requireUnits(SOp node, int units) {
        int before = stream.unitCount();
        if (before + units > MAX_UNITS) {
            throw facts.refuse(
                    CompileCode.TOO_MANY_UNITS,
                    node,
                    "needs " + units + " hidden units beside the " + before + " before it; a model may have "
                            + MAX_UNITS);
        }
    }
}
