package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;

/** Which aggregates are copied and not averaged, and which of those as one-hots. */
final class Copying {
    private final Facts facts;
    private final Readings readings;
    private final HeadTests tests;
    private final Memo<SOp, Boolean> oneHots = new Memo<>(this::isCopiedAsOneHot);

    Copying(Facts facts, Readings readings, HeadTests tests) {
        this.facts = facts;
        this.readings = readings;
        this.tests = tests;
    }

    /** True if the node stands in the stream as a one-hot; else it is a number, and its one-hot made by whoever needs it. */
    boolean isOneHot(SOp node) {
        return oneHots.get(node);
    }

    private boolean isCopiedAsOneHot(SOp node) {
        return node instanceof SOp.Aggregate aggregate
                && facts.isListed(node)
                && (!facts.isNumber(node)
                        || (selected(aggregate) != Keys.ANY && readings.isOneHotFree(aggregate.sequence())));
    }

    /**
     * How a head for the aggregate copies. Strings and bools have no mean: where several keys are selected the program fails, so on
     * inputs with an answer one is.
     */
    Keys selected(SOp.Aggregate node) {
        boolean noMean = facts.inference().values(node.sequence()) instanceof ValueSet.Finite finite
                && finite.values().stream().noneMatch(Values::isNumber);
        if (noMean || facts.inference().atMostOne(node.selector())) {
            return Keys.ONE;
        }
        return facts.inference().copiesEqualValues(node.selector(), node.sequence())
                        && tests.isOneHead(node, node.selector(), Keys.EQUAL)
                ? Keys.EQUAL
                : Keys.ANY;
    }
}
