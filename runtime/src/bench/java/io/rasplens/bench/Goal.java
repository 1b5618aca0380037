package io.rasplens.bench;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * How long something may take at most. Goals are for the first run in a new JVM, as the command line has it.
 *
 * @param milliseconds the limit
 */
record Goal(double milliseconds) {
    private static final ImmutableMap<String, Goal> GOALS = ImmutableMap.<String, Goal>builder()
            .put("compile reverse 4 80", new Goal(500))
            .put("compile reverse 4 1000", new Goal(5000))
            .put("compile sort 64 64", new Goal(5000))
            .put("compile hist 4 1000", new Goal(5000))
            .put("compile inference", new Goal(5000))
            .put("compile generated", new Goal(10_000))
            // A tenth of what the interpreter of the RASP paper, in Python, takes for a program of this size.
            .put("interpret generated", new Goal(30))
            .build();

    static Optional<Goal> of(String benchmark) {
        return Optional.ofNullable(GOALS.get(benchmark));
    }

    boolean met(double measured) {
        return measured <= milliseconds;
    }
}
