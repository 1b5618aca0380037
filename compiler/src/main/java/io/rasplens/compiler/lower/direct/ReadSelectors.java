package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees a selector made by {@code and}, {@code or} and {@code not} as one predicate over what a query and what a key is. Where its
 * selects compare several s-ops of a position, that is the combination of their values: a joint one-hot, made by a block in front of
 * the head, as any function of several s-ops is.
 */
final class ReadSelectors {
    /** Directions of a joint one-hot: each is a hidden unit and a row of the head's keys or queries. */
    private static final long MAX_JOINT = 1 << 10;

    private final RaspProgram program;
    private final Reading reading;
    private final ClusterMembers members;
    private final Map<Selector, SelectorReading> known = new HashMap<>();

    ReadSelectors(RaspProgram program, Reading reading, ClusterMembers members) {
        this.program = program;
        this.reading = reading;
        this.members = members;
    }

    /** Of a selector that was read. */
    SelectorReading of(Selector selector) {
        return Objects.requireNonNull(known.get(selector));
    }

    /** Once all s-ops below it are read. */
    void read(SOp user, Selector selector) {
        known.computeIfAbsent(selector, s -> reading(user, s));
    }

    private SelectorReading reading(SOp user, Selector selector) {
        ImmutableList<Selector.Select> selects = SelectorDiagram.selects(selector);
        SelectorReading.ComparedSide key = side(user, Lists.transform(selects, Selector.Select::key));
        SelectorReading.ComparedSide query = side(user, Lists.transform(selects, Selector.Select::query));
        BlockLimits.checkWeights(
                program,
                user,
                (long) key.combinations().size() * query.combinations().size());
        Map<Selector.Select, SelectorTable.Compared> compared = new HashMap<>();
        for (Selector.Select select : selects) {
            List<Set<Value>> keys = members.possible(select.key(), key);
            List<Set<Value>> queries = members.possible(select.query(), query);
            members.check(user, select, keys, queries);
            compared.put(select, new SelectorTable.Compared(one(keys), one(queries)));
        }
        return new SelectorReading(key, query, SelectorTable.of(selector, compared));
    }

    private SelectorReading.ComparedSide side(SOp user, List<SOp> read) {
        ImmutableList<SOp> variables = variables(read.stream()
                .filter(sop -> reading.role(sop) != Reading.SopRole.CONSTANT)
                .distinct()
                .toList());
        long combinations = 1;
        for (SOp variable : variables) {
            combinations *= reading.category(variable).size();
            if (variables.size() > 1 && combinations > MAX_JOINT) {
                throw tooMany(user, variables);
            }
        }
        return new SelectorReading.ComparedSide(
                variables, ImmutableList.copyOf(Lists.cartesianProduct(Lists.transform(variables, reading::category))));
    }

    /** Of several functions of one variable the variable, which there is to know; also of one that only renames its values. */
    private ImmutableList<SOp> variables(List<SOp> read) {
        if (read.size() < 2) {
            return ImmutableList.copyOf(read);
        }
        Map<SOp, Long> readers = read.stream().collect(Collectors.groupingBy(this::root, Collectors.counting()));
        return read.stream()
                .map(sop -> Objects.requireNonNull(readers.get(root(sop))) > 1 ? root(sop) : reading.source(sop))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    private SOp root(SOp sop) {
        boolean through = reading.role(sop) == Reading.SopRole.MAP
                && !Facts.isKept(sop)
                && !reading.isNumber(reading.map(sop).root());
        return through ? reading.map(sop).root() : sop;
    }

    /** One for all: they compare alike. */
    private static List<Optional<Value>> one(List<Set<Value>> possible) {
        return possible.stream().map(values -> values.stream().findFirst()).toList();
    }

    private Refusal tooMany(SOp user, ImmutableList<SOp> variables) {
        var sizes = new ArrayList<String>();
        for (SOp variable : variables) {
            sizes.add(DescribeNode.name(program, variable) + " has "
                    + reading.category(variable).size());
        }
        return BlockLimits.outside(
                program,
                user,
                "its selector reads the values of several s-ops together (" + String.join(", ", sizes)
                        + "), and of their combinations at most " + MAX_JOINT + " can be told apart");
    }
}
