package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind one direction of a one-hot that a number was divided into: values that rounding keeps apart, and numbers of several
 * kinds. A table has one answer for all of them, so where a program has several it is refused.
 */
final class ClusterMembers {
    private final RaspProgram program;
    private final Reading reading;
    /** At most so many members of all arguments are tried together; of more, one at a time. */
    private static final int MOST_TOGETHER = 128;

    private final Memo<SOp, ImmutableSetMultimap<Value, Value>> members = new Memo<>(this::list);

    /** Of a function that is no number, what it may be where it is listed as one value, because its arguments may be. */
    private final Map<SOp, SetMultimap<Value, Value>> results = new HashMap<>();

    ClusterMembers(RaspProgram program, Reading reading) {
        this.program = program;
        this.reading = reading;
    }

    private ImmutableSetMultimap<Value, Value> list(SOp variable) {
        boolean map = reading.role(variable) == Reading.SopRole.MAP;
        SOp root = map ? reading.map(variable).root() : variable;
        if (!reading.isNumber(root)) {
            return reading.role(variable) == Reading.SopRole.COPY
                    ? members.get(((SOp.Aggregate) variable).sequence())
                    : ImmutableSetMultimap.copyOf(results.getOrDefault(variable, ImmutableSetMultimap.of()));
        }
        Map<Value, Optional<Value>> byInput = map ? reading.map(variable).byInput() : Map.of();
        ImmutableSetMultimap.Builder<Value, Value> known = ImmutableSetMultimap.builder();
        for (ClusteredNumbers.Cluster cluster : reading.numbersOf(root).clusters()) {
            ImmutableSet<Value> values = map
                    ? cluster.values().stream()
                            .map(byInput::get)
                            .flatMap(Optional::stream)
                            .collect(ImmutableSet.toImmutableSet())
                    : ImmutableSet.copyOf(cluster.values());
            values.forEach(value -> known.putAll(value, values));
        }
        return known.build();
    }

    /**
     * What a function of s-ops is where its variables have these values, or other members of their clusters: the program may fail on
     * 1.0 and not on True. Refused where members differ; nothing where the program fails on all of them.
     */
    Optional<Value> result(SOp.Elementwise node, List<SOp> variables, List<Value> combination) {
        Optional<Value> found = Optional.empty();
        Set<Value> all = new LinkedHashSet<>();
        List<Value> at = combination;
        for (List<Value> members : alternatives(variables, combination)) {
            Optional<Value> here = reading.apply(node, variables, members);
            here.ifPresent(all::add);
            if (found.isEmpty()) {
                found = here;
                at = members;
            } else if (here.isPresent() && !alike(found.get(), here.get())) {
                int i = 0;
                while (at.get(i).equals(members.get(i))) {
                    i++;
                }
                throw refusal(
                        node,
                        variables.get(i),
                        new MemberResult(at.get(i), found.get().repr()),
                        new MemberResult(members.get(i), here.get().repr()));
            }
        }
        if (all.size() > 1) {
            results.computeIfAbsent(node, n -> LinkedHashMultimap.create()).putAll(found.orElseThrow(), all);
        }
        return found;
    }

    /**
     * The combination itself first, then those of all members of its values. Where they are too many: those with one other member, and all of
     * one member of each kind, for rounding mostly decides alone, and kinds may together.
     */
    private Set<List<Value>> alternatives(List<SOp> variables, List<Value> combination) {
        Set<List<Value>> all = new LinkedHashSet<>();
        all.add(combination);
        List<Set<Value>> members = new ArrayList<>();
        long together = 1;
        for (int i = 0; i < variables.size(); i++) {
            Set<Value> own = new LinkedHashSet<>();
            own.add(combination.get(i));
            own.addAll(others(variables.get(i), combination.get(i)));
            members.add(own);
            together = Math.min(MOST_TOGETHER + 1, together * own.size());
        }
        if (together <= MOST_TOGETHER) {
            all.addAll(Sets.cartesianProduct(members));
            return all;
        }
        List<Set<Value>> kinds = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Map<Class<?>, Value> byKind = new LinkedHashMap<>();
            byKind.put(combination.get(i).getClass(), combination.get(i));
            for (Value member : members.get(i)) {
                all.add(replaced(combination, i, member));
                byKind.putIfAbsent(member.getClass(), member);
            }
            kinds.add(new LinkedHashSet<>(byKind.values()));
        }
        all.addAll(Sets.cartesianProduct(kinds));
        return all;
    }

    /**
     * Refuses a comparison that holds for some members of two clusters and not for others.
     *
     * @param keys what the select's key may be, as {@link #possible} tells
     * @param queries the same of its query
     */
    void check(SOp user, Selector.Select select, List<Set<Value>> keys, List<Set<Value>> queries) {
        boolean exact = keys.stream().allMatch(values -> values.size() < 2)
                && queries.stream().allMatch(values -> values.size() < 2);
        if (exact) {
            return;
        }
        for (Set<Value> k : keys) {
            for (Set<Value> q : queries) {
                if (k.size() + q.size() > 2 && mayMeet(k, q)) {
                    check(user, select, k, q);
                }
            }
        }
    }

    private void check(SOp user, Selector.Select select, Set<Value> keys, Set<Value> queries) {
        Value firstKey = keys.iterator().next();
        Value firstQuery = queries.iterator().next();
        boolean first = holds(select, firstKey, firstQuery);
        for (Value key : keys) {
            for (Value query : queries) {
                if (holds(select, key, query) != first) {
                    boolean byKey = !key.equals(firstKey);
                    throw refusal(
                            user,
                            byKey ? select.key() : select.query(),
                            new MemberResult(byKey ? firstKey : firstQuery, words(select.comparison(), first)),
                            new MemberResult(byKey ? key : query, words(select.comparison(), !first)));
                }
            }
        }
    }

    private static boolean holds(Selector.Select select, Value key, Value query) {
        return Operators.holds(select.comparison(), key, query);
    }

    private static String words(Comparison comparison, boolean holds) {
        return "made by a '" + comparison.symbol() + "' that " + (holds ? "holds" : "doesn't hold");
    }

    /** Members of two clusters can't compare otherwise than the clusters do if these are farther apart. */
    private static boolean mayMeet(Set<Value> keys, Set<Value> queries) {
        if (keys.isEmpty() || queries.isEmpty()) {
            return false;
        }
        Value key = keys.iterator().next();
        Value query = queries.iterator().next();
        if (!key.isNumeric() || !query.isNumeric()) {
            return false;
        }
        double a = Values.toDouble(key);
        double b = Values.toDouble(query);
        return Math.abs(a - b) <= Precision.at(Math.max(Math.abs(a), Math.abs(b)));
    }

    /** For each combination the values that an s-op may have there; none where the program fails. */
    List<Set<Value>> possible(SOp sop, SelectorReading.ComparedSide side) {
        var value = reading.value(sop, side.variables());
        List<Set<Value>> all = new ArrayList<>();
        for (List<Value> combination : side.combinations()) {
            Set<Value> here = new LinkedHashSet<>();
            value.apply(combination).ifPresent(here::add);
            for (int i = 0; i < combination.size(); i++) {
                for (Value member : others(side.variables().get(i), combination.get(i))) {
                    value.apply(replaced(combination, i, member)).ifPresent(here::add);
                }
            }
            all.add(here);
        }
        return all;
    }

    private Set<Value> others(SOp variable, Value value) {
        return members.get(variable).get(value);
    }

    private static List<Value> replaced(List<Value> combination, int place, Value value) {
        var copy = new ArrayList<>(combination);
        copy.set(place, value);
        return copy;
    }

    /** One number but for its rounding, and a bool only if both are. */
    private static boolean alike(Value left, Value right) {
        return left instanceof BoolValue == right instanceof BoolValue && Reading.nearlyEqual(left, right);
    }

    /** A member and what the program makes of it. */
    private record MemberResult(Value member, String result) {}

    private Refusal refusal(SOp user, SOp variable, MemberResult one, MemberResult other) {
        double apart = Math.abs(Values.toDouble(one.member()) - Values.toDouble(other.member()));
        return new Refusal(DescribeNode.at(
                program,
                user,
                CompileCode.VALUES_TOO_CLOSE,
                "the s-op " + DescribeNode.name(program, user) + " is " + one.result() + " where "
                        + DescribeNode.name(program, variable) + " is "
                        + one.member().repr() + ", and "
                        + other.result() + " where it is " + other.member().repr() + ": "
                        + (apart == 0
                                ? "one number, which this layout holds without its kind"
                                : DescribeNode.distance(apart, Precision.PROMISED)),
                apart == 0
                        ? "give all branches values of one kind, or compile at -O1"
                        : "round before comparing, or compute with ints"));
    }
}
