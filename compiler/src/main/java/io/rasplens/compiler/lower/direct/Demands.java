package io.rasplens.compiler.lower.direct;

import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which s-ops are to stand in the residual stream, and how: what a selector or a function of several s-ops reads must be a
 * one-hot; what is averaged or added may be either. An s-op inside a chain of functions of one variable is demanded by nobody.
 */
final class Demands {
    private final Reading reading;
    private final Set<SOp> categories = new HashSet<>();
    private final Set<SOp> numbers = new HashSet<>();

    private Demands(Reading reading) {
        this.reading = reading;
    }

    static Demands of(Reading reading, List<ProgramNode> nodes, SOp output) {
        var demands = new Demands(reading);
        demands.demand(output, reading.isNumber(output));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (nodes.get(i) instanceof SOp sop && demands.isWanted(sop)) {
                demands.passOn(sop);
            }
        }
        return demands;
    }

    boolean wantsCategory(SOp sop) {
        return categories.contains(sop);
    }

    /** Whether somebody reads it as a number and it is to stand there as one. */
    boolean wantsNumber(SOp sop) {
        return numbers.contains(sop) && canBeNumber(sop);
    }

    private boolean canBeNumber(SOp sop) {
        return reading.isNumber(sop) || (reading.role(sop) == Reading.SopRole.MAP && !wantsCategory(sop));
    }

    private boolean isWanted(SOp sop) {
        return categories.contains(sop) || numbers.contains(sop);
    }

    private void demand(SOp sop, boolean asNumber) {
        (asNumber ? numbers : categories).add(sop);
    }

    private void passOn(SOp sop) {
        switch (reading.role(sop)) {
            case CONSTANT, EMBEDDED -> categories.add(sop);
            case MAP -> {
                SOp root = reading.map(sop).root();
                demand(root, reading.isNumber(root));
            }
            case SEQUENCE_MAP -> {
                categories.add(sop);
                reading.variables(sop).forEach(v -> demand(v, false));
            }
            case LINEAR -> {
                numbers.add(sop);
                reading.variables(sop).forEach(v -> demand(v, true));
            }
            case COPY, MEAN -> {
                var aggregate = (SOp.Aggregate) sop;
                demand(sop, reading.isNumber(sop));
                demand(aggregate.sequence(), reading.isNumber(sop));
                select(aggregate.selector());
            }
            case WIDTH -> {
                categories.add(sop);
                select(((SOp.SelectorWidth) sop).selector());
            }
        }
    }

    private void select(Selector selector) {
        SelectorReading read = reading.selector(selector);
        read.key().variables().forEach(v -> demand(v, false));
        read.query().variables().forEach(v -> demand(v, false));
    }
}
