package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A selector as comparisons between what keys hold and what queries ask for: each alternative is a list of them that must hold together.
 */
final class SelectorText {
    private static final int MOST_ALTERNATIVES = 16;

    /** {@code key op query}. */
    record ComparedPair(SOp key, SOp query, Comparison comparison) {}

    private SelectorText() {}

    /** The alternatives; empty if there are too many to tell. */
    static Optional<ImmutableList<ImmutableList<ComparedPair>>> alternatives(Selector selector) {
        ImmutableList<ImmutableList<ComparedPair>> all = alternatives(selector, false);
        return all.size() > MOST_ALTERNATIVES ? Optional.empty() : Optional.of(all);
    }

    private static ImmutableList<ImmutableList<ComparedPair>> alternatives(Selector selector, boolean negated) {
        return selector.accept(new Selector.SelectorVisitor<>() {
            @Override
            public ImmutableList<ImmutableList<ComparedPair>> select(Selector.Select node) {
                Comparison comparison = negated ? opposite(node.comparison()) : node.comparison();
                return ImmutableList.of(ImmutableList.of(new ComparedPair(node.key(), node.query(), comparison)));
            }

            @Override
            public ImmutableList<ImmutableList<ComparedPair>> and(Selector.And node) {
                return negated ? either(node.left(), node.right()) : both(node.left(), node.right());
            }

            @Override
            public ImmutableList<ImmutableList<ComparedPair>> or(Selector.Or node) {
                return negated ? both(node.left(), node.right()) : either(node.left(), node.right());
            }

            @Override
            public ImmutableList<ImmutableList<ComparedPair>> not(Selector.Not node) {
                return alternatives(node.operand(), !negated);
            }

            private ImmutableList<ImmutableList<ComparedPair>> either(Selector left, Selector right) {
                return ImmutableList.<ImmutableList<ComparedPair>>builder()
                        .addAll(alternatives(left, negated))
                        .addAll(alternatives(right, negated))
                        .build();
            }

            private ImmutableList<ImmutableList<ComparedPair>> both(Selector left, Selector right) {
                ImmutableList<ImmutableList<ComparedPair>> first = alternatives(left, negated);
                ImmutableList<ImmutableList<ComparedPair>> second = alternatives(right, negated);
                if (first.size() > MOST_ALTERNATIVES || second.size() > MOST_ALTERNATIVES) {
                    return first.size() > MOST_ALTERNATIVES ? first : second;
                }
                ImmutableList.Builder<ImmutableList<ComparedPair>> all = ImmutableList.builder();
                for (ImmutableList<ComparedPair> a : first) {
                    for (ImmutableList<ComparedPair> b : second) {
                        all.add(ImmutableList.<ComparedPair>builder()
                                .addAll(a)
                                .addAll(b)
                                .build());
                    }
                }
                return all.build();
            }
        });
    }

    private static Comparison opposite(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> Comparison.NOT_EQUAL;
            case NOT_EQUAL -> Comparison.EQUAL;
            case LESS -> Comparison.GREATER_EQUAL;
            case GREATER_EQUAL -> Comparison.LESS;
            case GREATER -> Comparison.LESS_EQUAL;
            case LESS_EQUAL -> Comparison.GREATER;
        };
    }

    /** Whether the tests hold between a key and a query. */
    static boolean holds(List<ComparedPair> tests, TestValues values, int query, int key) {
        for (ComparedPair test : tests) {
            Optional<ImmutableList<Value>> keys = values.of(test.key());
            Optional<ImmutableList<Value>> queries = values.of(test.query());
            if (keys.isEmpty()
                    || queries.isEmpty()
                    || !isTrue(
                            test.comparison(),
                            keys.get().get(key),
                            queries.get().get(query))) {
                return false;
            }
        }
        return true;
    }

    /** What an s-op is on the input. */
    interface TestValues {
        Optional<ImmutableList<Value>> of(SOp sop);
    }

    /** Nothing that can't be ordered is selected. */
    private static boolean isTrue(Comparison comparison, Value key, Value query) {
        return Attempt.of(() -> Operators.compare(comparison, key, query)).orElse(false);
    }
}
