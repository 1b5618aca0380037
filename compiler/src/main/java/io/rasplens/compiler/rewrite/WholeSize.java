package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Which s-ops of a graph are whole numbers on every input, ints or floats, as their definitions show, and how great they can be; and how great other numbers can.
 */
final class WholeSize {
    /** Not a number, or not known to be one, or without a bound. */
    private static final Size UNKNOWN = new Size(false, Double.POSITIVE_INFINITY);

    private final CompileTarget target;
    private final NodeMap<SOp, Size> known = new NodeMap<>();

    /**
     * What an s-op can be.
     *
     * @param whole whether it is a whole number everywhere
     * @param most its greatest magnitude; infinite where that isn't known
     */
    record Size(boolean whole, double most) {}

    /** @param nodes of a program, each behind its operands */
    WholeSize(List<ProgramNode> nodes, CompileTarget target) {
        this.target = target;
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                known.put(sop, own(sop));
            }
        }
    }

    Size of(SOp sop) {
        return Objects.requireNonNull(known.get(sop));
    }

    private Size own(SOp sop) {
        int keys = target.maxLength();
        if (sop instanceof SOp.Tokens) {
            return tokens(sop);
        }
        if (sop instanceof SOp.Constant constant) {
            return among(List.of(constant.value()));
        }
        if (sop instanceof SOp.Indices || sop instanceof SOp.SelectorWidth) {
            return new Size(true, keys);
        }
        if (sop instanceof SOp.Aggregate mean) {
            double other = among(List.of(mean.fallback())).most();
            return new Size(false, Math.max(other, of(mean.sequence()).most()));
        }
        return sop instanceof SOp.Elementwise node ? elementwise(node) : UNKNOWN;
    }

    /** Inputs with a token on which the conversion fails have no answer. */
    private Size tokens(SOp sop) {
        Size size = new Size(true, 0);
        for (Value token : target.vocabulary()) {
            Size own = Attempt.of(() -> Interpreter.evaluate(sop, List.of(token), false))
                    .map(WholeSize::among)
                    .orElse(new Size(true, 0));
            size = either(size, own);
        }
        return size;
    }

    private static Size among(Collection<Value> values) {
        Size size = new Size(true, 0);
        for (Value value : values) {
            size = either(
                    size,
                    Values.isNumber(value)
                            ? new Size(isWhole(Values.toDouble(value)), Math.abs(Values.toDouble(value)))
                            : UNKNOWN);
        }
        return size;
    }

    private static boolean isWhole(double number) {
        return Math.rint(number) == number;
    }

    private static Size either(Size one, Size other) {
        return new Size(one.whole() && other.whole(), Math.max(one.most(), other.most()));
    }

    private Size elementwise(SOp.Elementwise node) {
        Size first = of(node.arguments().get(0));
        if (node.operator() instanceof Operator.Conditional) {
            return either(of(node.arguments().get(1)), of(node.arguments().get(2)));
        }
        if (node.operator() instanceof Operator.ListLookup lookup) {
            return among(lookup.elements());
        }
        if (node.operator() instanceof Operator.DictLookup lookup) {
            return among(lookup.entries().values());
        }
        if (node.operator() instanceof Operator.Unary unary) {
            return switch (unary.kind()) {
                case NEGATE, PLUS -> first;
                case ROUND -> new Size(Double.isFinite(first.most()), first.most() + 1);
                case INDICATOR -> new Size(true, 1);
                case NOT -> UNKNOWN;
            };
        }
        return node.operator() instanceof Operator.Binary binary
                ? binary(binary.kind(), first, of(node.arguments().get(1)))
                : UNKNOWN;
    }

    private static Size binary(Operator.BinaryKind kind, Size left, Size right) {
        boolean whole = left.whole() && right.whole();
        return switch (kind) {
            case PLUS, MINUS -> new Size(whole, left.most() + right.most());
            case TIMES ->
                Double.isFinite(left.most() + right.most()) ? new Size(whole, left.most() * right.most()) : UNKNOWN;
            // By a whole number other than 0, on which it fails.
            case DIVIDE -> right.whole() ? new Size(false, left.most()) : UNKNOWN;
            case MODULO -> new Size(whole, right.most());
            default -> UNKNOWN;
        };
    }
}
