package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of the interpreter: which nodes are needed, what is known so far, and when a value may be dropped again. */
final class Evaluation implements NodeEvaluator.ComputedValues {
    /** Which values outlive their last use. */
    enum Retained {
        ROOTS,
        ALL
    }

    /** Values computed or compared in one run: some tens of seconds of work. */
    private static final long MAX_WORK = 4_000_000_000L;

    /** A rough count of bytes held at once; small enough for a 256 MB heap. */
    private static final long MAX_HELD = 120_000_000L;

    private static final int BYTES_PER_VALUE = 16;

    private final ImmutableList<Value> input;
    private final ImmutableList<ProgramNode> nodes;
    private final Map<ProgramNode, ProgramNode> lastUser = new HashMap<>();
    private final Map<ProgramNode, Value[]> values = new HashMap<>();
    private final Map<ProgramNode, SelectorMatrix> matrices = new HashMap<>();
    private final Map<ProgramNode, EvaluationException> failures = new HashMap<>();
    private final Set<ProgramNode> roots;
    private final Retained keep;
    private final NodeEvaluator evaluator;
    private final Overrides overrides;
    private long work;
    private long held;

    Evaluation(ImmutableList<ProgramNode> roots, List<Value> input, boolean causal, Retained keep, Overrides overrides)
            throws EvaluationException {
        if (input.isEmpty()) {
            throw new EvaluationException(EvaluationCode.EMPTY_INPUT, "an s-op needs an input of at least one token");
        }
        this.input = ImmutableList.copyOf(input);
        this.roots = new HashSet<>(roots);
        this.keep = keep;
        this.overrides = overrides;
        this.nodes = NeededNodes.of(roots);
        if (keep == Retained.ROOTS) {
            for (ProgramNode node : nodes) {
                for (ProgramNode operand : node.operands()) {
                    lastUser.put(operand, node);
                }
            }
        }
        this.evaluator = new NodeEvaluator(this.input, causal, this);
    }

    void runUntilFailure() throws EvaluationException {
        for (ProgramNode node : nodes) {
            step(node);
            if (keep == Retained.ROOTS) {
                release(node);
            }
        }
    }

    Trace trace() throws EvaluationException {
        for (ProgramNode node : nodes) {
            stepOrFail(node);
        }
        return new Trace(input, nodes, Maps.transformValues(values, ImmutableList::copyOf), matrices, failures);
    }

    /** Why a node has no value, after computing what of it is not known yet; all values must be kept. */
    Optional<EvaluationException> failure(ProgramNode root) throws EvaluationException {
        for (ProgramNode node : NeededNodes.of(ImmutableList.of(root), this::isKnown)) {
            stepOrFail(node);
        }
        return Optional.ofNullable(failures.get(root));
    }

    private boolean isKnown(ProgramNode node) {
        return values.containsKey(node) || matrices.containsKey(node) || failures.containsKey(node);
    }

    private void stepOrFail(ProgramNode node) throws EvaluationException {
        EvaluationException inherited = inheritedFailure(node);
        if (inherited != null) {
            failures.put(node, inherited);
            return;
        }
        try {
            step(node);
        } catch (EvaluationException e) {
            if (e.code() == EvaluationCode.TOO_MUCH_WORK) {
                throw e;
            }
            failures.put(node, e);
        }
    }

    ImmutableList<Value> result(SOp node) {
        return ImmutableList.copyOf(values(node));
    }

    @Override
    public Value[] values(SOp node) {
        return Objects.requireNonNull(values.get(node));
    }

    @Override
    public SelectorMatrix matrix(Selector node) {
        return Objects.requireNonNull(matrices.get(node));
    }

    private void step(ProgramNode node) throws EvaluationException {
        Interrupted.check();
        work += NodeEvaluator.cost(node, input.size());
        if (work > MAX_WORK) {
            throw tooMuch(node, "more than " + MAX_WORK + " values to compute");
        }
        if (node instanceof SOp sop) {
            Value[] result = evaluator.evaluate(sop, overrides);
            values.put(node, result);
            held += size(result);
        } else {
            matrices.put(node, evaluator.evaluate((Selector) node));
            held += matrixSize();
        }
        if (held > MAX_HELD) {
            throw tooMuch(node, "its values need more than " + MAX_HELD / 1_000_000 + " MB");
        }
    }

    private void release(ProgramNode user) {
        for (ProgramNode operand : user.operands()) {
            if (lastUser.get(operand) == user && !roots.contains(operand)) {
                Value[] dropped = values.remove(operand);
                if (dropped != null) {
                    held -= size(dropped);
                } else if (matrices.remove(operand) != null) {
                    held -= matrixSize();
                }
            }
        }
    }

    private @Nullable EvaluationException inheritedFailure(ProgramNode node) {
        for (ProgramNode operand : node.operands()) {
            EvaluationException failure = failures.get(operand);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private long matrixSize() {
        return 40L + (long) input.size() * (24 + (input.size() + 7) / 8);
    }

    private static long size(Value[] sequence) {
        long bytes = 40 + (long) BYTES_PER_VALUE * sequence.length;
        for (Value value : sequence) {
            if (value instanceof StringValue s) {
                bytes += 2L * s.value().length();
            } else if (value instanceof IntValue i && !i.isSmall()) {
                bytes += i.value().bitLength() / 8;
            }
        }
        return bytes;
    }

    private static EvaluationException tooMuch(ProgramNode node, String why) {
        return new EvaluationException(EvaluationCode.TOO_MUCH_WORK, "the program is too large for this input: " + why)
                .in(node);
    }
}
