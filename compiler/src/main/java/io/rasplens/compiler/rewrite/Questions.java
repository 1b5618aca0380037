package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Conditions on a key that hold together, one for each set of s-ops that something is asked about.
 *
 * @param answers by the s-ops, constants left out: sets of selects, one of which holds as a whole
 */
record Questions(ImmutableMap<Set<SOp>, Set<Set<AskedSelect>>> answers) {

    /** A select, or its complement. */
    record AskedSelect(Selector.Select select, boolean holds) {
        private Set<SOp> sops() {
            return ImmutableSet.of(select.key(), select.query()).stream()
                    .filter(side -> !(side instanceof SOp.Constant))
                    .collect(ImmutableSet.toImmutableSet());
        }

        private Selector in(Graph graph, UnaryOperator<Selector> now) {
            Selector copied = now.apply(select);
            return holds ? copied : graph.not(copied);
        }
    }

    static Questions of(Selector.Select select, boolean holds) {
        var asked = new AskedSelect(select, holds);
        return new Questions(ImmutableMap.of(asked.sops(), ImmutableSet.of(ImmutableSet.of(asked))));
    }

    Questions and(Questions other) {
        Map<Set<SOp>, Set<Set<AskedSelect>>> both = new LinkedHashMap<>(answers);
        other.answers.forEach((sops, more) -> both.merge(sops, more, Questions::both));
        return new Questions(ImmutableMap.copyOf(both));
    }

    private static Set<Set<AskedSelect>> both(Set<Set<AskedSelect>> some, Set<Set<AskedSelect>> others) {
        return some.stream()
                .flatMap(a -> others.stream().map(b -> Sets.union(a, b).immutableCopy()))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** Both as one, if they differ in the answers to one question at most. */
    Optional<Questions> or(Questions other) {
        long differ = answers.entrySet().stream()
                .filter(own -> !own.getValue().equals(other.answers.get(own.getKey())))
                .count();
        if (differ > 1 || !answers.keySet().equals(other.answers.keySet())) {
            return Optional.empty();
        }
        Map<Set<SOp>, Set<Set<AskedSelect>>> either = new LinkedHashMap<>(answers);
        other.answers.forEach((sops, more) -> either.merge(sops, more, Questions::either));
        return Optional.of(new Questions(ImmutableMap.copyOf(either)));
    }

    private static Set<Set<AskedSelect>> either(Set<Set<AskedSelect>> some, Set<Set<AskedSelect>> others) {
        return Sets.union(some, others).immutableCopy();
    }

    /** The selector of keys for which all of it holds, in a graph of copies. */
    Selector in(Graph graph, UnaryOperator<Selector> now) {
        return answers.values().stream()
                .map(any -> any.stream()
                        .map(all -> all.stream()
                                .map(asked -> asked.in(graph, now))
                                .reduce(graph::and)
                                .orElseThrow())
                        .reduce(graph::or)
                        .orElseThrow())
                .reduce(graph::and)
                .orElseThrow();
    }
}
