package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts selects together that can be read off one pair of a key's and a query's value. */
public final class GroupSelects {
    /** Pairs of values that are compared one by one; a second or two. */
    private static final long MAX_PAIRS = 1 << 24;

    /** Pairs of values for a grouping that is tried for a smaller model only. */
    private static final long MAX_TRIED_PAIRS = 1 << 20;

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;

    public GroupSelects(Facts facts, Readings readings, VariableReadings variables) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
    }

    /** Whether all values that the selector's selects compare are listed, and are few. */
    public boolean areFew(Selector selector) {
        return SelectorDiagram.selects(selector).stream()
                .allMatch(select -> facts.isListed(select.key())
                        && facts.isListed(select.query())
                        && (long) facts.values(select.key()).size()
                                        * facts.values(select.query()).size()
                                <= MAX_TRIED_PAIRS);
    }

    /** Which selects go together. */
    enum Grouping {
        /** Those of one key s-op and one query s-op, constants being all the same. */
        BY_SOP,
        /** The same, but a constant goes with anything on its side. */
        WITH_CONSTANTS,
        /** Those whose keys are functions of one variable, and so their queries; and constants with them. */
        BY_VARIABLE
    }

    /** The groups; none if another grouping than that by s-ops would compare too many values. */
    Optional<ImmutableList<Comparisons>> group(List<Selector.Select> selects, Grouping grouping) {
        ImmutableList.Builder<Comparisons> groups = ImmutableList.builder();
        for (List<Selector.Select> group : gather(selects, grouping)) {
            List<SOp> keys = Lists.transform(group, Selector.Select::key);
            List<SOp> queries = Lists.transform(group, Selector.Select::query);
            Side key = Side.of(keys, queries, facts, readings, variables);
            Side query = Side.of(queries, keys, facts, readings, variables);
            long pairs = (long) key.values().size() * query.values().size();
            if (grouping != Grouping.BY_SOP && pairs > MAX_TRIED_PAIRS) {
                return Optional.empty();
            }
            if (pairs > MAX_PAIRS) {
                Selector.Select first = group.get(0);
                throw facts.refuse(
                        CompileCode.TOO_MANY_VALUES,
                        first.query(),
                        "is compared with " + DescribeNode.name(facts.program(), first.key()) + ", "
                                + query.values().size() + " values with "
                                + key.values().size() + "; the limit is " + MAX_PAIRS + " pairs");
            }
            groups.add(new Comparisons(key, query, group, facts));
        }
        return Optional.of(groups.build());
    }

    private List<List<Selector.Select>> gather(List<Selector.Select> selects, Grouping grouping) {
        Map<List<Optional<Object>>, List<Selector.Select>> groups = new LinkedHashMap<>();
        var constants = new LinkedHashMap<Selector.Select, List<Optional<Object>>>();
        for (Selector.Select select : selects) {
            List<Optional<Object>> sides = List.of(root(select.key(), grouping), root(select.query(), grouping));
            if (grouping != Grouping.BY_SOP && sides.contains(Optional.empty())) {
                constants.put(select, sides);
            } else {
                groups.computeIfAbsent(sides, s -> new ArrayList<>()).add(select);
            }
        }
        constants.forEach((select, sides) -> {
            List<Optional<Object>> home = groups.keySet().stream()
                    .filter(group -> isPartOf(sides, group))
                    .findFirst()
                    .orElse(sides);
            groups.computeIfAbsent(home, s -> new ArrayList<>()).add(select);
        });
        return List.copyOf(groups.values());
    }

    private static boolean isPartOf(List<Optional<Object>> sides, List<Optional<Object>> group) {
        for (int side = 0; side < 2; side++) {
            if (sides.get(side).isPresent() && !sides.get(side).equals(group.get(side))) {
                return false;
            }
        }
        return true;
    }

    /** What tells one side from others; nothing for a constant. */
    private Optional<Object> root(SOp sop, Grouping grouping) {
        if (!Side.isMoving(sop, facts)) {
            return Optional.empty();
        }
        Optional<Variable> variable =
                grouping == Grouping.BY_VARIABLE ? Side.variable(sop, facts, variables) : Optional.empty();
        return Optional.of(variable.isPresent() ? variable.get() : sop);
    }
}
