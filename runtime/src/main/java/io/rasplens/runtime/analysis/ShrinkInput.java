package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a failing input as small as it gets: first shorter, by leaving out runs of tokens and then single ones, then simpler, by
 * putting earlier tokens of the vocabulary in place of later ones; until no such step still fails.
 */
final class ShrinkInput {
    private final ImmutableList<Value> vocabulary;
    private final Predicate<ImmutableList<Value>> fails;
    private int trials;

    /**
     * @param fails whether a smaller input fails as well
     * @param trials inputs tried at most; some thousand are enough for inputs of some hundred tokens
     */
    ShrinkInput(ImmutableList<Value> vocabulary, Predicate<ImmutableList<Value>> fails, int trials) {
        this.vocabulary = vocabulary;
        this.fails = fails;
        this.trials = trials;
    }

    /** The smallest input found, or {@code found} itself. */
    ImmutableList<Value> shrink(ImmutableList<Value> found) {
        ImmutableList<Value> smallest = found;
        while (true) {
            Optional<ImmutableList<Value>> smaller = smaller(smallest);
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
    }

    private Optional<ImmutableList<Value>> smaller(ImmutableList<Value> input) {
        for (int run = input.size() / 2; run >= 1; run /= 2) {
            for (int from = 0; from + run <= input.size(); from += run) {
                List<Value> shorter = new ArrayList<>(input.subList(0, from));
                shorter.addAll(input.subList(from + run, input.size()));
                Optional<ImmutableList<Value>> failing = attempt(shorter);
                if (failing.isPresent()) {
                    return failing;
                }
            }
        }
        for (int i = 0; i < input.size(); i++) {
            int rank = vocabulary.indexOf(input.get(i));
            for (Value simpler : vocabulary.subList(0, Math.max(0, rank))) {
                List<Value> changed = new ArrayList<>(input);
                changed.set(i, simpler);
                Optional<ImmutableList<Value>> failing = attempt(changed);
                if (failing.isPresent()) {
                    return failing;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ImmutableList<Value>> attempt(List<Value> input) {
        if (input.isEmpty() || --trials < 0) {
            return Optional.empty();
        }
        ImmutableList<Value> smaller = ImmutableList.copyOf(input);
        return fails.test(smaller) ? Optional.of(smaller) : Optional.empty();
    }
}
