package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/**
 * A chain of overriding cases, {@code x = a if c else x; x = b if d else x}: the first rule whose condition holds decides, the last
 * override being the first rule.
 *
 * @param rules in the order in which they are asked
 * @param otherwise what it is where none holds
 */
record DecisionList(ImmutableList<DecisionRule> rules, SOp otherwise) {
    /** Shorter chains are functions like others. */
    private static final int FEWEST = 4;

    /** What is behind that many rules is another list. */
    private static final int MOST = 1 << 8;

    /**
     * One case.
     *
     * @param negated whether it is for where the condition fails
     */
    record DecisionRule(SOp condition, boolean negated, SOp value) {}

    /** The list that an s-op is, if it is one. */
    static Optional<DecisionList> of(SOp sop) {
        ImmutableList.Builder<DecisionRule> rules = ImmutableList.builder();
        SOp at = sop;
        int count = 0;
        while (count < MOST && choice(at).isPresent()) {
            ImmutableList<SOp> arguments = choice(at).get().arguments();
            SOp then = arguments.get(1);
            SOp other = arguments.get(2);
            boolean goesOnInThen = choice(then).isPresent() && choice(other).isEmpty();
            rules.add(new DecisionRule(arguments.get(0), goesOnInThen, goesOnInThen ? other : then));
            at = goesOnInThen ? then : other;
            count++;
        }
        return count < FEWEST ? Optional.empty() : Optional.of(new DecisionList(rules.build(), at));
    }

    private static Optional<SOp.Elementwise> choice(SOp sop) {
        return sop instanceof SOp.Elementwise node
                        && node.operator() instanceof Operator.Conditional
                        && !Facts.isKept(sop)
                ? Optional.of(node)
                : Optional.empty();
    }
}
