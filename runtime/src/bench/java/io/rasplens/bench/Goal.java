package io.rasplens.bench;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * How long something may take at most.
 *
 * @param milliseconds the limit
 * @param warm whether it is for a warm JVM: what is done again and again in one; else for the first run in a new one, as the
 *     command line has it
 */
record Goal(double milliseconds, boolean warm) {
    private static final ImmutableMap<String, Goal> GOALS = ImmutableMap.<String, Goal>builder()
            .put("compile reverse 4 80", new Goal(500, false))
            .put("compile reverse 4 1000", new Goal(5000, false))
            .put("compile sort 64 64", new Goal(5000, false))
            .put("compile hist 4 1000", new Goal(5000, false))
            .put("compile inference", new Goal(5000, false))
            .put("compile generated", new Goal(10_000, false))
            .put("compile chain", new Goal(10_000, false))
            // Whoever types a pattern waits for it; trying out all ways to match one of these would take years.
            .put("filter *", new Goal(1000, false))
            .put("filter *?", new Goal(1000, false))
            .put("filter {*,}", new Goal(1000, false))
            .put("filter *{,a}", new Goal(1000, false))
            // A tenth of what the interpreter of the RASP paper, in Python, takes for a program of this size.
            .put("interpret generated", new Goal(30, true))
            .build();

    static Optional<Goal> of(String benchmark) {
        return Optional.ofNullable(GOALS.get(benchmark));
    }

    boolean met(Timing timing) {
        return (warm ? timing.warm() : timing.first()) <= milliseconds;
    }
}
