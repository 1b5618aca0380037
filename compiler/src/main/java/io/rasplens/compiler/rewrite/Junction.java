package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What several bools come to, all of them or any, that read more counts together than a function is well computed from, and fewer each.
 *
 * @param kind {@code and} or {@code or}
 * @param parts bools, each once
 */
record Junction(BinaryKind kind, ImmutableList<SOp> parts) {
    /** Of more counts a function has too many combinations. */
    private static final int MOST_COUNTS = 2;

    static Optional<Junction> of(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)
                || !(node.operator() instanceof Operator.Binary binary)
                || (binary.kind() != BinaryKind.AND && binary.kind() != BinaryKind.OR)) {
            return Optional.empty();
        }
        Set<SOp> parts = new LinkedHashSet<>();
        var open = new ArrayDeque<SOp>(List.of(node));
        while (!open.isEmpty()) {
            SOp at = open.pop();
            if (at instanceof SOp.Elementwise inner && inner.operator().equals(node.operator())) {
                open.push(inner.arguments().get(1));
                open.push(inner.arguments().get(0));
            } else if (!isNeutral(at, binary.kind())) {
                parts.add(at);
            }
        }
        return Optional.of(new Junction(binary.kind(), ImmutableList.copyOf(parts)))
                .filter(Junction::readsManyCounts);
    }

    /** What a loop over parts begins with: it changes nothing. */
    private static boolean isNeutral(SOp sop, BinaryKind kind) {
        return sop instanceof SOp.Constant constant && constant.value().equals(Value.of(kind == BinaryKind.AND));
    }

    private boolean readsManyCounts() {
        Set<SOp> all = new HashSet<>();
        parts.forEach(part -> all.addAll(counts(part)));
        return all.size() > MOST_COUNTS
                && parts.stream().allMatch(part -> isBool(part) && counts(part).size() < all.size());
    }

    /** The widths that an s-op is computed from without any attention in between. */
    private static Set<SOp> counts(SOp sop) {
        Set<SOp> counts = new HashSet<>();
        Set<SOp> seen = new HashSet<>();
        var open = new ArrayDeque<SOp>(List.of(sop));
        while (!open.isEmpty()) {
            SOp at = open.pop();
            if (at instanceof SOp.SelectorWidth) {
                counts.add(at);
            } else if (at instanceof SOp.Elementwise node && seen.add(at)) {
                node.arguments().forEach(open::push);
            }
        }
        return counts;
    }

    /** Whether an s-op is a bool by what makes it. */
    static boolean isBool(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)) {
            return false;
        }
        if (node.operator() instanceof Operator.Unary unary) {
            return unary.kind() == UnaryKind.NOT;
        }
        return node.operator() instanceof Operator.MemberOf
                || (node.operator() instanceof Operator.Binary binary
                        && (binary.kind().isComparison()
                                || binary.kind() == BinaryKind.AND
                                || binary.kind() == BinaryKind.OR));
    }
}
