package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the keys that a head selects on an input: its provenance names an s-op, the interpreter runs that s-op's selector. A head may
 * do a part of a selector's work; so the selector and what it is made of are tried in turn, and one is taken if the pattern bears it
 * out: what is selected gets equal parts, and, measured by BOS's share, at least a hundred times what is not.
 */
public final class FindSelectedKeys {
    private static final double APART = 100;
    private static final double ALIKE = 2;
    private static final double MUCH = 0.01;
    private static final int CASES = 32;

    private final RaspProgram program;
    private final int size;
    private final Optional<Trace> trace;

    /**
     * For all heads of a model.
     *
     * @param program what the model was compiled from
     */
    public FindSelectedKeys(RaspProgram program, List<Value> input) {
        this.program = program;
        this.size = input.size();
        this.trace = trace(program, input);
    }

    private static Optional<Trace> trace(RaspProgram program, List<Value> input) {
        try {
            return Optional.of(Interpreter.trace(ImmutableList.of(program.output()), input, program.causal()));
        } catch (EvaluationException e) {
            // Too much work: pictures show the pattern as it is.
            return Optional.empty();
        }
    }

    /**
     * The keys of a head, and what they are selected for.
     *
     * @param sop the s-op that the head does the whole work of; empty where it does a part
     */
    public record FoundKeys(KeyMask keys, Optional<SOp> sop) {}

    /** The keys of a head; empty if no selector that its provenance names is what the pattern shows. */
    public Optional<KeyMask> of(Optional<Origin> head, AttentionPattern pattern) {
        return find(head, pattern).map(FoundKeys::keys);
    }

    /** The same, with the s-op. */
    public Optional<FoundKeys> find(Optional<Origin> head, AttentionPattern pattern) {
        if (head.isEmpty() || trace.isEmpty()) {
            return Optional.empty();
        }
        return candidates(head.get(), trace.get()).stream()
                .filter(found -> isBorneOut(found.keys(), pattern))
                .findFirst();
    }

    /** What all s-ops are on the input, as far as the interpreter can tell. */
    public Optional<Trace> trace() {
        return trace;
    }

    /** Whole selectors before parts of them, which are borne out too easily where a whole selects nothing. */
    private ImmutableList<FoundKeys> candidates(Origin head, Trace known) {
        var wholes = ImmutableList.<FoundKeys>builder();
        Set<KeyMask> parts = new LinkedHashSet<>();
        for (SOp sop : ServedNodes.of(program, known.nodes(), head)) {
            Optional<Selector> selector = sop.attendsBy();
            selector.flatMap(whole -> mask(whole, known))
                    .ifPresent(mask -> wholes.add(new FoundKeys(mask, Optional.of(sop))));
            selector.ifPresent(whole -> parts.addAll(cases(whole, known, CASES)));
        }
        // A head that fetches what is the same everywhere may look at the last key, or at all.
        parts.add(KeyMask.of(size, (query, key) -> key == size - 1));
        parts.add(KeyMask.of(size, (query, key) -> !program.causal() || key <= query));
        parts.forEach(mask -> wholes.add(new FoundKeys(mask, Optional.empty())));
        return wholes.build();
    }

    /** What the heads of one selector may stand for: the cases of its formula, each alone and without the others. */
    private static Set<KeyMask> cases(Selector selector, Trace known, int most) {
        Set<KeyMask> cases = new LinkedHashSet<>();
        mask(selector, known).ifPresent(cases::add);
        if (selector instanceof Selector.Or or && most > 1) {
            Set<KeyMask> left = cases(or.left(), known, most / 2);
            Set<KeyMask> right = cases(or.right(), known, most / 2);
            cases.addAll(left);
            cases.addAll(right);
            for (KeyMask one : left) {
                for (KeyMask other : right) {
                    cases.add(one.without(other));
                    cases.add(other.without(one));
                }
            }
        } else if (selector instanceof Selector.And and && most > 1) {
            for (KeyMask one : cases(and.left(), known, most / 2)) {
                for (KeyMask other : cases(and.right(), known, most / 2)) {
                    cases.add(one.and(other));
                }
            }
        }
        return cases;
    }

    private static Optional<KeyMask> mask(Selector selector, Trace known) {
        Optional<SelectorMatrix> matrix = known.matrix(selector);
        return matrix.map(rows -> KeyMask.of(rows.size(), rows::selects));
    }

    /**
     * Where BOS holds a good share, a key's share is measured by BOS's: so all selected keys are alike in all rows. Where it holds
     * next to nothing somebody else must be selected, and stands out in its row.
     */
    private static boolean isBorneOut(KeyMask mask, AttentionPattern pattern) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int query = 0; query < pattern.size(); query++) {
            double leastHere = Double.POSITIVE_INFINITY;
            double mostHere = 0;
            double greatestHere = 0;
            for (int key = 0; key < pattern.size(); key++) {
                if (mask.selects(query, key)) {
                    leastHere = Math.min(leastHere, pattern.share(query, key));
                    mostHere = Math.max(mostHere, pattern.share(query, key));
                } else {
                    greatestHere = Math.max(greatestHere, pattern.share(query, key));
                }
            }
            double bos = pattern.bos().get(query);
            boolean none = leastHere == Double.POSITIVE_INFINITY;
            boolean uneven = !none && mostHere > ALIKE * leastHere;
            if (uneven || leastHere < APART * greatestHere || (none && bos < MUCH && greatestHere > 0)) {
                return false;
            }
            if (bos >= MUCH) {
                least = Math.min(least, leastHere / bos);
                greatest = Math.max(greatest, greatestHere / bos);
            }
        }
        return least >= APART * greatest;
    }
}
