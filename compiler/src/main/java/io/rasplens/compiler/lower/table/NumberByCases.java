package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Figures;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** A number by cases of what it is computed from, where those can be listed. */
public final class NumberByCases implements Rule<SOp, Signal> {
    private final Facts facts;
    private final CircuitWriter writer;
    private final Plans plans;
    private final EmitCases emit;

    public NumberByCases(Facts facts, CircuitWriter writer, Plans plans, EmitCases emit) {
        this.facts = facts;
        this.writer = writer;
        this.plans = plans;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return plans.isOffered(sop)
                ? Optional.of(new Offer<>(
                        Technique.CASES,
                        () -> Cost.ofUnits(plans.best(sop, Purpose.NUMBER).units()),
                        ImmutableList.of(),
                        () -> write(sop)))
                : Optional.empty();
    }

    private Signal write(SOp sop) {
        requireOneScale(sop, plans.best(sop, Purpose.NUMBER).table());
        return write(sop, writer.feature(sop), x -> x);
    }

    /** A function of the number, by the cases that the number itself takes: steps that are shared with those. */
    public Signal write(SOp sop, Feature feature, DoubleUnaryOperator function) {
        TableCases cases = plans.best(sop, Purpose.NUMBER);
        Direction direction = Direction.number(feature);
        IntToDoubleFunction number = value ->
                function.applyAsDouble(Values.asNumber(cases.table().values().get(value)));
        Stage stage = emit.cases(sop, cases, value -> LinearForm.of(direction, number.applyAsDouble(value)));
        return new Signal(
                LinearForm.of(direction).plus(LinearForm.constant(number.applyAsDouble(cases.plain()[0]))), stage);
    }

    /**
     * Steps up to a great number and down again leave its rounding behind: some 16 units in its last place, which must be nothing to
     * the least of the numbers. Between ints a quarter is.
     */
    private void requireOneScale(SOp sop, JointTable table) {
        double greatest = 0;
        double least = Double.POSITIVE_INFINITY;
        boolean ints = true;
        for (Value value : table.values()) {
            double size = Math.abs(Values.asNumber(value));
            greatest = Math.max(greatest, size);
            least = size == 0 ? least : Math.min(least, size);
            ints &= size == Math.rint(size);
        }
        double harmless = ints ? 0.25 : Precision.at(least);
        if (greatest > least && 16 * Math.ulp(greatest) > harmless) {
            throw facts.refuse(
                    CompileCode.NUMBER_OUT_OF_RANGE,
                    sop,
                    String.format(
                            Locale.ROOT,
                            "takes numbers of too different a size to stand in one direction: %s and %s; beside the"
                                    + " lesser one %s is the greatest that keeps enough digits",
                            least,
                            greatest,
                            Figures.scientific(harmless / (16 * Math.ulp(1.0)))),
                    "use numbers of more similar sizes, or ints");
        }
    }
}
