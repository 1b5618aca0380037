package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.circuit.gadget.ThresholdFormula;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A comparison of a selector's width with a constant that asks no more than whether anything is selected.
 *
 * @param some whether it holds where something is, or where nothing is
 */
record Focus(SOp.SelectorWidth width, boolean some) {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);

    /** Selects whose combinations of truth values are gone through. */
    private static final int MAX_SELECTS = 10;

    private static final int MAX_NODES = 1 << 12;

    static Optional<Focus> of(ProgramNode node) {
        if (!(node instanceof SOp.Elementwise comparison)
                || !(comparison.operator() instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        SOp left = comparison.arguments().get(0);
        SOp right = comparison.arguments().get(1);
        if (left instanceof SOp.SelectorWidth width && right instanceof SOp.Constant constant) {
            return some(binary.kind(), constant.value()).map(some -> new Focus(width, some));
        }
        return left instanceof SOp.Constant constant && right instanceof SOp.SelectorWidth width
                ? some(binary.kind().mirrored(), constant.value()).map(some -> new Focus(width, some))
                : Optional.empty();
    }

    private static Optional<Boolean> some(BinaryKind kind, Value bound) {
        boolean zero = bound.raspEquals(ZERO);
        boolean one = bound.raspEquals(ONE);
        boolean some = (kind == BinaryKind.GREATER && zero) || (kind == BinaryKind.GREATER_EQUAL && one);
        boolean none = ((kind == BinaryKind.EQUAL || kind == BinaryKind.LESS_EQUAL) && zero)
                || (kind == BinaryKind.LESS && one);
        return some || none ? Optional.of(some) : Optional.empty();
    }

    /** Whether one head can look for what is selected: a conjunction, or a threshold function of its selects. */
    boolean isOneHead() {
        return isConjunction(width.selector()) || isThresholdFormula(width.selector());
    }

    private static boolean isThresholdFormula(Selector selector) {
        ImmutableList<Selector.Select> selects = SelectorDiagram.selects(selector);
        if (selects.size() > MAX_SELECTS) {
            return false;
        }
        var diagram = new SelectorDiagram(selects, ImmutableMap.of(), MAX_NODES);
        int root;
        try {
            root = diagram.of(selector);
        } catch (SelectorDiagram.TooLarge e) {
            return false;
        }
        ImmutableIntArray twoEach = ImmutableIntArray.copyOf(Collections.nCopies(selects.size(), 2));
        return ThresholdFormula.of(twoEach, truth -> diagram.selects(root, select -> truth.get(select) == 1))
                .isPresent();
    }

    /** Whether the selector is an {@code and} of selects and complements of selects. */
    private static boolean isConjunction(Selector selector) {
        Set<Asked> seen = new HashSet<>();
        var open = new ArrayDeque<>(List.of(new Asked(selector, true)));
        while (!open.isEmpty()) {
            Asked asked = open.pop();
            if (!seen.add(asked) || asked.selector() instanceof Selector.Select) {
                continue;
            }
            if (asked.selector() instanceof Selector.Not not) {
                open.push(new Asked(not.operand(), !asked.holds()));
            } else if (asked.selector() instanceof Selector.And == asked.holds()) {
                asked.selector().operands().forEach(o -> open.push(new Asked((Selector) o, asked.holds())));
            } else {
                return false;
            }
        }
        return true;
    }

    /** A selector, or its complement. */
    private record Asked(Selector selector, boolean holds) {}
}
