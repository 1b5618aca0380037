package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds where a program goes astray: compares, on an input on which its answer is wrong, what it names with what a reference names
 * alike, in the order in which one thing is made of another. All that comes before the first difference is right.
 *
 * <p>Where two aggregates or widths of the same name differ because they look at different keys, the keys are told: they are what
 * is wrong.
 */
public final class FindAstray {
    private final Elaboration program;
    private final Elaboration reference;
    private final boolean causal;

    /**
     * Both programs.
     *
     * @param reference a program that answers right, and shares names with the other
     * @param causal whether later keys are hidden from both
     */
    public FindAstray(Elaboration program, Elaboration reference, boolean causal) {
        this.program = program;
        this.reference = reference;
        this.causal = causal;
    }

    /** Something that both programs name alike. */
    private record Shared(String name, ProgramNode actual, ProgramNode expected) {}

    /** The first difference on an input; empty if nothing that both name differs. */
    public Optional<Astray> on(List<Value> input) {
        ImmutableList<Shared> shared = shared();
        try {
            Trace actual = Interpreter.trace(shared.stream().map(Shared::actual).toList(), input, causal);
            Trace expected =
                    Interpreter.trace(shared.stream().map(Shared::expected).toList(), input, causal);
            return shared.stream()
                    .flatMap(pair -> difference(pair, actual, expected).stream())
                    .findFirst();
        } catch (EvaluationException e) {
            // Too much work to keep every value; the answers are told all the same.
            return Optional.empty();
        }
    }

    /** Operands have smaller ids than what is made of them. */
    private ImmutableList<Shared> shared() {
        List<Shared> shared = new ArrayList<>();
        program.bindings().forEach((name, meaning) -> {
            Optional<ProgramNode> here = node(meaning);
            Optional<ProgramNode> there =
                    Optional.ofNullable(reference.bindings().get(name)).flatMap(FindAstray::node);
            if (here.isPresent() && there.isPresent() && here.get() instanceof SOp == there.get() instanceof SOp) {
                shared.add(new Shared(name, here.get(), there.get()));
            }
        });
        shared.sort(Comparator.comparingInt(pair -> pair.actual.id()));
        return ImmutableList.copyOf(shared);
    }

    private static Optional<ProgramNode> node(Meaning meaning) {
        if (meaning instanceof Meaning.Sequence sequence) {
            return Optional.of(sequence.node());
        }
        return meaning instanceof Meaning.Selection selection ? Optional.of(selection.node()) : Optional.empty();
    }

    private Optional<Astray> difference(Shared pair, Trace actual, Trace expected) {
        if (expected.failure(pair.expected).isPresent()) {
            return Optional.empty();
        }
        Optional<EvaluationException> failure = actual.failure(pair.actual);
        if (failure.isPresent()) {
            int position = failure.get().position().orElse(0);
            return Optional.of(astray(
                    pair, pair.actual, new Astray.Failed(position, failure.get().message())));
        }
        if (pair.actual instanceof Selector selector && pair.expected instanceof Selector other) {
            return keys(
                            actual.matrix(selector).orElseThrow(),
                            expected.matrix(other).orElseThrow())
                    .map(keys -> astray(pair, selector, keys));
        }
        SOp sop = (SOp) pair.actual;
        ImmutableList<Value> values = actual.values(sop).orElseThrow();
        ImmutableList<Value> right = expected.values((SOp) pair.expected).orElseThrow();
        OptionalInt position = firstDifference(values, right);
        if (position.isEmpty()) {
            return Optional.empty();
        }
        Optional<Astray> looks = sop.attendsBy()
                .flatMap(here -> ((SOp) pair.expected)
                        .attendsBy()
                        .flatMap(there -> keys(
                                actual.matrix(here).orElseThrow(),
                                expected.matrix(there).orElseThrow()))
                        .map(keys -> astray(pair, here, keys)));
        return looks.isPresent()
                ? looks
                : Optional.of(astray(pair, sop, new Astray.ValuesDiffer(position.getAsInt(), values, right)));
    }

    private static Optional<Astray.Difference> keys(SelectorMatrix actual, SelectorMatrix expected) {
        for (int query = 0; query < actual.size(); query++) {
            ImmutableList<Integer> here = row(actual, query);
            ImmutableList<Integer> there = row(expected, query);
            if (!here.equals(there)) {
                return Optional.of(new Astray.KeysDiffer(query, here, there));
            }
        }
        return Optional.empty();
    }

    private static ImmutableList<Integer> row(SelectorMatrix matrix, int query) {
        return matrix.keys(query).boxed().collect(ImmutableList.toImmutableList());
    }

    private static OptionalInt firstDifference(List<Value> actual, List<Value> expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (!TestOutcome.same(expected.get(i), actual.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private Astray astray(Shared pair, ProgramNode node, Astray.Difference difference) {
        return new Astray(pair.name, bound(pair).or(() -> place(node)), difference);
    }

    /** The name where it is bound. */
    private Optional<Span> bound(Shared pair) {
        return origin(pair.actual)
                .binding()
                .filter(binding -> binding.name().equals(pair.name))
                .map(NameBinding::place);
    }

    /** In the file itself: what a library function made is told by the name. */
    private Optional<Span> place(ProgramNode node) {
        return origin(node).span().filter(span -> span.source() == program.source());
    }

    private NodeOrigin origin(ProgramNode node) {
        return program.origins().getOrDefault(node, NodeOrigin.UNKNOWN);
    }
}
