package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A selector as an {@code or} of conditions for each of which one head can look, with one score for all that it selects. What is asked of
 * the same s-ops is one question: {@code tokens == "a" or tokens == "b"} is no alternative.
 */
final class Alternatives {
    /** Heads that one selector may be worth. */
    private static final int MOST = 16;

    private Alternatives() {}

    /** Nothing if there are many. */
    static Optional<ImmutableList<Questions>> of(Selector selector) {
        return of(selector, true);
    }

    private static Optional<ImmutableList<Questions>> of(Selector selector, boolean holds) {
        if (selector instanceof Selector.Select select) {
            return Optional.of(ImmutableList.of(Questions.of(select, holds)));
        }
        if (selector instanceof Selector.Not not) {
            return of(not.operand(), !holds);
        }
        Selector left = (Selector) selector.operands().get(0);
        Selector right = (Selector) selector.operands().get(1);
        boolean together = selector instanceof Selector.And == holds;
        return of(left, holds)
                .flatMap(l -> of(right, holds)
                        .map(r -> merged(together ? products(l, r) : Stream.concat(l.stream(), r.stream()))))
                .filter(alternatives -> alternatives.size() <= MOST);
    }

    private static Stream<Questions> products(List<Questions> left, List<Questions> right) {
        return left.stream().flatMap(l -> right.stream().map(l::and));
    }

    private static ImmutableList<Questions> merged(Stream<Questions> alternatives) {
        var merged = new ArrayList<Questions>();
        alternatives.forEach(next -> {
            for (int i = 0; i < merged.size(); i++) {
                Optional<Questions> either = merged.get(i).or(next);
                if (either.isPresent()) {
                    merged.set(i, either.get());
                    return;
                }
            }
            merged.add(next);
        });
        return ImmutableList.copyOf(merged);
    }
}
