package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What depends on positions alone is found by running it: no token can change it, so one input of each length tells all.
 *
 * @param rows per positional s-op that attention computes, per length (from 1), its values; empty where it fails
 * @param facts what was seen of each positional selector
 */
record PositionalRuns(Map<SOp, List<Optional<ImmutableList<Value>>>> rows, Map<Selector, SelectorFacts> facts) {
    /** Selector entries and values of s-ops looked at over all lengths; half a second or so. */
    private static final double MAX_ENTRIES = 2e8;

    static PositionalRuns run(ImmutableList<ProgramNode> nodes, CompileTarget target) {
        List<ProgramNode> positional = positional(nodes);
        List<Selector> selectors = positional.stream()
                .filter(Selector.class::isInstance)
                .map(Selector.class::cast)
                .toList();
        double longest = target.maxLength();
        Map<SOp, List<Optional<ImmutableList<Value>>>> rows = new HashMap<>();
        Map<Selector, SelectorFacts> facts = new HashMap<>();
        double entries =
                selectors.size() * longest * longest * longest / 3 + 10 * positional.size() * longest * longest / 2;
        if (selectors.isEmpty() || entries > MAX_ENTRIES) {
            return new PositionalRuns(rows, facts);
        }
        for (ProgramNode node : positional) {
            if (node instanceof SOp.Aggregate || node instanceof SOp.SelectorWidth) {
                rows.put((SOp) node, new ArrayList<>());
            }
        }
        for (int length = 1; length <= target.maxLength(); length++) {
            Optional<Trace> trace = trace(positional, target, length);
            if (trace.isEmpty()) {
                return new PositionalRuns(new HashMap<>(), new HashMap<>());
            }
            rows.forEach((sop, perLength) -> perLength.add(trace.get().values(sop)));
            for (Selector selector : selectors) {
                trace.get().matrix(selector).ifPresent(m -> facts.merge(selector, seen(m), SelectorFacts::alsoSeen));
            }
        }
        return new PositionalRuns(rows, facts);
    }

    /**
     * An s-op that attention computes, by position and length, either of which is left out where it makes no difference; nothing if it was not
     * run, or if there are too many pairs.
     */
    Optional<JointTable> table(SOp node, Variable.Index index, Variable.Length length) {
        List<Optional<ImmutableList<Value>>> values = rows.get(node);
        if (values == null) {
            return Optional.empty();
        }
        int longest = values.size();
        return byOne(longest, longest, (i, n) -> value(values, i, n))
                .map(byIndex -> JointTable.of(ImmutableList.of(index), byIndex))
                .or(() -> byOne(longest, longest, (n, i) -> value(values, i, n))
                        .map(byLength -> JointTable.of(ImmutableList.of(length), byLength)))
                .or(() -> (long) longest * longest > ElementwiseTable.MAX_COMBINATIONS
                        ? Optional.empty()
                        : Optional.of(JointTable.of(ImmutableList.of(index, length), byBoth(values))));
    }

    private interface Row {
        Optional<Value> at(int kept, int left);
    }

    /** The values by one of two coordinates, if the other makes no difference. */
    private static Optional<List<Optional<Value>>> byOne(int kept, int left, Row row) {
        var values = new ArrayList<Optional<Value>>();
        for (int k = 0; k < kept; k++) {
            Optional<Value> common = Optional.empty();
            for (int l = 0; l < left; l++) {
                Optional<Value> value = row.at(k, l);
                if (value.isPresent() && common.isPresent() && !common.equals(value)) {
                    return Optional.empty();
                }
                common = value.isPresent() ? value : common;
            }
            values.add(common);
        }
        return Optional.of(values);
    }

    private static List<Optional<Value>> byBoth(List<Optional<ImmutableList<Value>>> rows) {
        var values = new ArrayList<Optional<Value>>();
        for (int i = 0; i < rows.size(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                values.add(value(rows, i, n));
            }
        }
        return values;
    }

    /** @param n the length, less 1 */
    private static Optional<Value> value(List<Optional<ImmutableList<Value>>> rows, int i, int n) {
        return n < i ? Optional.empty() : rows.get(n).map(row -> row.get(i));
    }

    private static Optional<Trace> trace(List<ProgramNode> roots, CompileTarget target, int length) {
        return Attempt.of(() -> Interpreter.trace(
                roots,
                Collections.nCopies(length, target.vocabulary().get(0)),
                target.program().causal()));
    }

    private static SelectorFacts seen(SelectorMatrix matrix) {
        int least = matrix.size();
        int most = 0;
        for (int query = 0; query < matrix.size(); query++) {
            least = Math.min(least, matrix.width(query));
            most = Math.max(most, matrix.width(query));
        }
        return new SelectorFacts(least, most);
    }

    private static List<ProgramNode> positional(ImmutableList<ProgramNode> nodes) {
        Set<ProgramNode> found = new HashSet<>();
        var ordered = new ArrayList<ProgramNode>();
        for (ProgramNode node : nodes) {
            boolean kept = node instanceof SOp.Elementwise step && step.operator() instanceof Operator.Kept;
            if (!(node instanceof SOp.Tokens) && !kept && found.containsAll(node.operands())) {
                found.add(node);
                ordered.add(node);
            }
        }
        return ordered;
    }
}
