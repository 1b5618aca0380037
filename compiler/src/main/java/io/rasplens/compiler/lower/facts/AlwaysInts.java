package io.rasplens.compiler.lower.facts;

import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which s-ops are ints on every input, those too whose numbers are too many to list. A transformer's number is a float; where
 * the program's is an int, the answer is the int next to it.
 */
public final class AlwaysInts {
    private final Inference inference;
    private final Set<SOp> ints = new HashSet<>();

    private AlwaysInts(Inference inference) {
        this.inference = inference;
    }

    /** Whether the s-op is an int at every position of every input on which it has a value. */
    public static boolean is(SOp sop, Inference inference) {
        var search = new AlwaysInts(inference);
        // Operands stand before what is made of them.
        for (ProgramNode node : NeededNodes.of(List.of(sop))) {
            if (node instanceof SOp each && search.isInt(each)) {
                search.ints.add(each);
            }
        }
        return search.ints.contains(sop);
    }

    private boolean isInt(SOp sop) {
        if (inference.values(sop) instanceof ValueSet.Finite finite) {
            return finite.values().stream().allMatch(IntValue.class::isInstance);
        }
        if (sop instanceof SOp.SelectorWidth || sop instanceof SOp.Indices) {
            return true;
        }
        if (sop instanceof SOp.Aggregate mean) {
            return mean.fallback() instanceof IntValue
                    && ints.contains(mean.sequence())
                    && inference.atMostOne(mean.selector());
        }
        return sop instanceof SOp.Elementwise step && isInt(step);
    }

    private boolean isInt(SOp.Elementwise step) {
        List<SOp> arguments = step.arguments();
        if (step.operator() instanceof Operator.Kept) {
            return ints.contains(arguments.get(0));
        }
        if (step.operator() instanceof Operator.Conditional) {
            return ints.contains(arguments.get(1)) && ints.contains(arguments.get(2));
        }
        if (step.operator() instanceof Operator.Unary unary) {
            return switch (unary.kind()) {
                case ROUND, INDICATOR -> true;
                case NEGATE, PLUS -> countsAsInt(arguments.get(0));
                case NOT -> false;
            };
        }
        return step.operator() instanceof Operator.Binary binary
                && switch (binary.kind()) {
                    case PLUS, MINUS, TIMES, MODULO -> countsAsInt(arguments.get(0)) && countsAsInt(arguments.get(1));
                    case POWER, DIVIDE, EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, AND, OR -> false;
                };
    }

    /** In arithmetic a bool is an int. */
    private boolean countsAsInt(SOp sop) {
        return ints.contains(sop)
                || (inference.values(sop) instanceof ValueSet.Finite finite
                        && finite.values().stream().allMatch(AlwaysInts::isIntOrBool));
    }

    private static boolean isIntOrBool(Value value) {
        return value instanceof IntValue || value instanceof BoolValue;
    }
}
