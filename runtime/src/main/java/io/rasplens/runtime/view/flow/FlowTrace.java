package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs a program on an input and records how its output comes about. */
public final class FlowTrace {
    /** The longest input that is drawn. */
    public static final int MAX_POSITIONS = 64;

    /** The most boxes that are drawn. */
    public static final int MAX_BOXES = 150;

    /** The most cells in all grids together: some megabytes of SVG. */
    private static final int MAX_CELLS = 150_000;

    private final FlowRoot program;
    private final Trace trace;
    private final Map<ProgramNode, String> titles = new HashMap<>();
    private final Map<ProgramNode, Integer> numbers = new HashMap<>();
    private final Map<ProgramNode, Integer> depths = new HashMap<>();

    private FlowTrace(FlowRoot program, Trace trace) {
        this.program = program;
        this.trace = trace;
    }

    /**
     * The flow of the program's output on {@code input}, or why it can't be shown: the program fails on it, or the picture would
     * be too large.
     */
    public static Result<Flow> trace(RaspProgram program, List<Value> input) {
        return trace(FlowRoot.of(program), input);
    }

    /** The flow of anything that has one, a selector too. */
    public static Result<Flow> trace(FlowRoot program, List<Value> input) {
        if (input.size() > MAX_POSITIONS) {
            return Result.failure(Diagnostic.error(
                            FlowCode.TOO_MANY_POSITIONS,
                            "the input has " + input.size() + " positions; a flow is drawn for up to " + MAX_POSITIONS)
                    .help("draw it on a shorter input"));
        }
        try {
            var trace = Interpreter.trace(ImmutableList.of(program.node()), input, program.causal());
            Optional<EvaluationException> failure = trace.failure(program.node());
            return failure.isPresent()
                    ? Result.failure(diagnostic(program, failure.get()))
                    : new FlowTrace(program, trace).run();
        } catch (EvaluationException e) {
            return Result.failure(diagnostic(program, e));
        }
    }

    private static Diagnostic diagnostic(FlowRoot program, EvaluationException failure) {
        var result = Diagnostic.error(failure.code(), failure.message());
        Optional<Span> span =
                failure.node().flatMap(node -> program.origin(node).span());
        return span.isPresent() ? result.at(span.get(), "") : result;
    }

    private Result<Flow> run() {
        ChooseBoxes.ChosenBoxes choice = ChooseBoxes.choose(program, trace.nodes());
        int grids = (int) choice.boxes().stream()
                .filter(box -> box.node() instanceof Selector)
                .count();
        int n = trace.input().size();
        if (choice.boxes().size() > MAX_BOXES || grids * n * n > MAX_CELLS) {
            return Result.failure(tooLarge(choice, grids));
        }
        for (ChooseBoxes.Chosen box : choice.boxes()) {
            titles.put(box.node(), box.title());
            numbers.put(box.node(), numbers.size());
        }
        trace.nodes().forEach(node -> depths.put(node, depth(node)));
        return Result.success(new Flow(
                program.name(),
                trace.input(),
                choice.boxes().stream().map(this::box).collect(ImmutableList.toImmutableList()),
                OptionalInt.of(Objects.requireNonNull(numbers.get(program.node()))),
                CollectReads.collect(trace.nodes(), numbers),
                choice.folded(),
                OptionalInt.empty()));
    }

    private Diagnostic tooLarge(ChooseBoxes.ChosenBoxes choice, int grids) {
        return Diagnostic.error(
                        FlowCode.TOO_MANY_BOXES,
                        "the flow of '" + program.name() + "' has "
                                + choice.boxes().size() + " boxes, " + grids + " of them selectors, on "
                                + trace.input().size() + " positions")
                .help("draw one of the s-ops it is made of, or a shorter input");
    }

    /** Attention steps below a node; a selector has those of what it compares. */
    private int depth(ProgramNode node) {
        int below = 0;
        for (ProgramNode operand : node.operands()) {
            below = Math.max(below, depths.getOrDefault(operand, 0));
        }
        return below + (ChooseBoxes.isHead(node) ? 1 : 0);
    }

    private FlowBox box(ChooseBoxes.Chosen chosen) {
        ProgramNode node = chosen.node();
        int id = numbers.getOrDefault(node, 0);
        int depth = depths.getOrDefault(node, 0);
        if (node instanceof Selector selector) {
            return grid(chosen, selector, id, depth + 1);
        }
        boolean base = node instanceof SOp.Tokens || node instanceof SOp.Indices;
        return new FlowBox.SequenceBox(
                id,
                chosen.title(),
                base ? "" : definition(node),
                depth,
                chosen.named(),
                base
                        ? FlowBox.SequenceSource.BASE
                        : ChooseBoxes.isHead(node) ? FlowBox.SequenceSource.HEAD : FlowBox.SequenceSource.ELEMENTWISE,
                values((SOp) node));
    }

    private FlowBox.GridBox grid(ChooseBoxes.Chosen chosen, Selector selector, int id, int layer) {
        return new FlowBox.GridBox(
                id,
                chosen.title(),
                definition(selector),
                layer,
                chosen.named(),
                rows(trace.matrix(selector).orElseThrow()),
                selector instanceof Selector.Select select ? compared(select.key()) : ImmutableList.of(),
                selector instanceof Selector.Select select ? compared(select.query()) : ImmutableList.of());
    }

    private static ImmutableList<ImmutableList<Boolean>> rows(SelectorMatrix matrix) {
        var rows = ImmutableList.<ImmutableList<Boolean>>builder();
        for (int query = 0; query < matrix.size(); query++) {
            var row = ImmutableList.<Boolean>builder();
            for (int key = 0; key < matrix.size(); key++) {
                row.add(matrix.selects(query, key));
            }
            rows.add(row.build());
        }
        return rows.build();
    }

    /** What stands beside the tokens at a grid's edge; nothing where it would only repeat them, or one constant. */
    private ImmutableList<Value> compared(SOp side) {
        ImmutableList<Value> values = values(side);
        boolean sameAsInput = true;
        for (int i = 0; i < values.size(); i++) {
            sameAsInput &= SequenceForm.element(values.get(i))
                    .equals(SequenceForm.element(trace.input().get(i)));
        }
        return sameAsInput || side instanceof SOp.Constant ? ImmutableList.of() : values;
    }

    private String definition(ProgramNode node) {
        return NodeText.definition(node, known -> Optional.ofNullable(titles.get(known)), NodeText.LINE);
    }

    private ImmutableList<Value> values(SOp node) {
        return trace.values(node).orElseThrow();
    }
}
