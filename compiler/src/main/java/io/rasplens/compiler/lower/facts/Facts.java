package io.rasplens.compiler.lower.facts;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.infer.Grid;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.Total;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a program before any of it is written: its target, the values its s-ops can take, over which tables they are
 * computed, by how much the program itself rounds them, what they are called. Nothing here depends on what has been written so far.
 */
public final class Facts {
    private static final Operator ROUND = new Operator.Unary(Operator.UnaryKind.ROUND);

    /** What the program may round a number by that is taken for whole. */
    private static final double MOST_ROUNDING = 1.0 / 16;

    private static final String SMALLER = "a shorter max_length or a smaller vocab makes the model smaller";

    private static final String FARTHER_APART =
            "compare with a number in between, or round it first; a shorter max_length keeps numbers apart too";

    private final CompileTarget target;
    private final Inference inference;
    private final Memo<SOp, Optional<Total>> totals = new Memo<>(this::matchTotal);
    private final Memo<SOp, Optional<SOp>> wholes = new Memo<>(this::ifWhole);
    private final ProgramRounding rounding;

    public Facts(CompileTarget target, Inference inference) {
        this.target = target;
        this.inference = inference;
        this.rounding = new ProgramRounding(target, inference);
    }

    public CompileTarget target() {
        return target;
    }

    public RaspProgram program() {
        return target.program();
    }

    public Inference inference() {
        return inference;
    }

    /** What the program's output is made of, operands before users. */
    public ImmutableList<ProgramNode> nodes() {
        return program().nodes();
    }

    /**
     * The s-op over what the embedding and attention bring; absent where that has too many combinations, so that inference made a
     * variable of the s-op itself.
     */
    public Optional<JointTable> table(SOp sop) {
        return table(inference, sop);
    }

    static Optional<JointTable> table(Inference inference, SOp sop) {
        return inference.table(sop).filter(table -> !isOwnVariable(sop, table));
    }

    private static boolean isOwnVariable(SOp sop, JointTable table) {
        return sop instanceof SOp.Elementwise node
                && !(node.operator() instanceof Operator.Kept)
                && table.variables().size() == 1
                && table.variables().get(0) instanceof Variable.Computed computed
                && computed.sop() == sop;
    }

    /** Whether the s-op is a function of one variable or of none: one lookup, however it is written. */
    public boolean isLookup(SOp sop) {
        return table(sop).filter(t -> t.variables().size() <= 1).isPresent();
    }

    /** Whether the s-op stands for one that the model must keep. */
    public static boolean isKept(SOp sop) {
        return sop instanceof SOp.Elementwise node && node.operator() instanceof Operator.Kept;
    }

    /** The number that the s-op always is, if it is one whatever the input, as a count of what is never selected. */
    public OptionalDouble alwaysNumber(SOp sop) {
        Optional<JointTable> table = table(sop).filter(t -> t.variables().isEmpty());
        return table.isPresent() && isNumber(sop)
                ? OptionalDouble.of(Values.toDouble(table.get().values().get(0)))
                : OptionalDouble.empty();
    }

    /** True if the s-op's values can be listed. */
    public boolean isListed(SOp sop) {
        return inference.isListed(sop);
    }

    /** The values of an s-op, or a refusal where there are too many to list. */
    public ImmutableList<Value> values(SOp sop) {
        if (inference.values(sop) instanceof ValueSet.Finite finite) {
            return finite.values();
        }
        throw refuse(
                CompileCode.TOO_MANY_VALUES,
                sop,
                "takes too many values to be compared or looked up: " + inference.unlisted(sop));
    }

    /** Least and greatest number an s-op can be. */
    public NumberRange range(SOp sop) {
        return inference.range(sop);
    }

    /** The greatest magnitude of the s-op's numbers; 0 if it has none, or no bound is known. */
    public double size(SOp sop) {
        return size(inference, sop);
    }

    static double size(Inference inference, SOp sop) {
        double size = inference.values(sop).isNumeric() ? inference.range(sop).magnitude() : 0;
        return Double.isFinite(size) ? size : 0;
    }

    /** Numbers in the sense of a residual direction, listed or not: ints and floats, and no bools among them. */
    public boolean isNumber(SOp sop) {
        return inference.isNumber(sop);
    }

    /** A bound on what the program itself rounds an s-op's number by. */
    public double rounding(SOp sop) {
        return rounding.of(sop);
    }

    /** The s-op as the sum of what a selector selects, if it is one. */
    public Optional<Total> total(SOp sop) {
        return totals.get(sop);
    }

    /** A total of numbers; bools have no mean. */
    private Optional<Total> matchTotal(SOp sop) {
        return Total.match(sop, target).filter(total -> isNumber(total.mean().sequence()));
    }

    /** What keeps an s-op's numbers apart. A total is a sum; the program's product is that sum, rounded. */
    public Optional<Grid> grid(SOp sop) {
        return total(sop)
                .map(total -> inference.grid(total.mean().sequence()).map(Grid::rounded))
                .orElseGet(() -> inference.grid(sop));
    }

    /** The number that the s-op rounds where that is whole already, but for what the program rounds it by: it is read in its place. */
    public Optional<SOp> whole(SOp sop) {
        return sop instanceof SOp.Elementwise node && node.operator().equals(ROUND)
                ? wholes.get(node.arguments().get(0))
                : Optional.empty();
    }

    private Optional<SOp> ifWhole(SOp number) {
        boolean isWhole =
                isNumber(number) && grid(number).filter(Grid::isWhole).isPresent() && rounding(number) <= MOST_ROUNDING;
        return isWhole ? Optional.of(number) : Optional.empty();
    }

    /** What the node is called in labels. */
    public String name(ProgramNode node) {
        return DescribeNode.label(program(), node);
    }

    /** What tells the node from every other: its name with its binding, else its text. */
    public String reference(ProgramNode node) {
        return DescribeNode.reference(program(), node);
    }

    /** The node's definition as RASP, in one short line. */
    public String definition(ProgramNode node) {
        return DescribeNode.definition(program(), node);
    }

    /** Where a part comes from that is written for a node. */
    public PartOrigin origin(ProgramNode node, Technique technique, String description) {
        return PartOrigin.of(node.id(), name(node), description, source(node), technique);
    }

    /** The expression that the node came from, if it came from one. */
    public Optional<SourceRange> source(ProgramNode node) {
        return program().origin(node).span().map(SourceRange::of);
    }

    public Refusal refuse(CompileCode code, ProgramNode node, String why) {
        return refuse(code, node, why, SMALLER);
    }

    /**
     * The refusal of a node.
     *
     * @param why goes on after the node's name
     */
    public Refusal refuse(CompileCode code, ProgramNode node, String why, String help) {
        return new Refusal(
                DescribeNode.at(program(), node, code, DescribeNode.name(program(), node) + " " + why, help));
    }

    /** Numbers are too close together to be told apart. */
    public Refusal refuseTooClose(SOp sop, String why) {
        return refuse(CompileCode.VALUES_TOO_CLOSE, sop, why, FARTHER_APART);
    }
}
