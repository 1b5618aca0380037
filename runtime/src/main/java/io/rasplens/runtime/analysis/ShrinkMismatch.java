package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a failing input as small as it gets: first shorter, by leaving out runs of tokens and then single ones, then simpler, by
 * putting earlier tokens of the vocabulary in place of later ones; until no such step still fails.
 */
final class ShrinkMismatch {
    /** A run each; enough for inputs of some hundred tokens. */
    private static final int MOST_TRIALS = 2_000;

    private final Answers answers;
    private final ImmutableList<Value> vocabulary;
    private int trials;

    ShrinkMismatch(Answers answers, ImmutableList<Value> vocabulary) {
        this.answers = answers;
        this.vocabulary = vocabulary;
    }

    Verification.Mismatch shrink(Verification.Mismatch found) {
        Verification.Mismatch smallest = found;
        while (true) {
            Optional<Verification.Mismatch> smaller = smaller(smallest.input());
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
    }

    private Optional<Verification.Mismatch> smaller(ImmutableList<Value> input) {
        for (int run = input.size() / 2; run >= 1; run /= 2) {
            for (int from = 0; from + run <= input.size(); from += run) {
                List<Value> shorter = new ArrayList<>(input.subList(0, from));
                shorter.addAll(input.subList(from + run, input.size()));
                Optional<Verification.Mismatch> mismatch = attempt(shorter);
                if (mismatch.isPresent()) {
                    return mismatch;
                }
            }
        }
        for (int i = 0; i < input.size(); i++) {
            int rank = vocabulary.indexOf(input.get(i));
            for (Value simpler : vocabulary.subList(0, Math.max(0, rank))) {
                List<Value> changed = new ArrayList<>(input);
                changed.set(i, simpler);
                Optional<Verification.Mismatch> mismatch = attempt(changed);
                if (mismatch.isPresent()) {
                    return mismatch;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Verification.Mismatch> attempt(List<Value> input) {
        if (input.isEmpty() || ++trials > MOST_TRIALS) {
            return Optional.empty();
        }
        return answers.mismatch(ImmutableList.copyOf(input));
    }
}
