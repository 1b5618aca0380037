package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A function in the form in which one hidden layer computes it.
 *
 * @param numbers what each variable that is no one-hot can be
 * @param plain the leaf that stands where no conjunction holds
 */
record ConjunctionPlan(
        Diagrams diagrams,
        ImmutableList<Optional<Points>> numbers,
        int plain,
        ImmutableList<Conjunction> conjunctions) {
    /** Leaves tried as the one that takes no conjunctions. */
    private static final int MAX_PLAIN = 8;

    /** The plan with the fewest hidden units, if there is one within the limit. */
    static Optional<ConjunctionPlan> of(
            Diagrams diagrams, int root, ImmutableList<Optional<Points>> numbers, int limit) {
        Optional<ConjunctionPlan> best = Optional.empty();
        int most = limit;
        List<Integer> leaves = diagrams.leaves(root);
        for (int plain : leaves.subList(0, Math.min(MAX_PLAIN, leaves.size()))) {
            Optional<ConjunctionPlan> plan = Expansion.of(diagrams, root, plain, numbers, most)
                    .map(found -> new ConjunctionPlan(diagrams, numbers, plain, found));
            if (plan.isPresent()
                    && (best.isEmpty() || plan.get().units() < best.get().units())) {
                best = plan;
                most = plan.get().units();
            }
        }
        return best;
    }

    int units() {
        return conjunctions.stream().mapToInt(Conjunction::units).sum();
    }

    /** Whether at most one conjunction holds. */
    boolean isExclusive() {
        return conjunctions.stream().noneMatch(Conjunction::isStep);
    }
}
