package io.rasplens.compiler.lower.lookup;

import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.gadget.Ramps;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code (x - centre)²} of a numeric s-op x: from the embedding where x is a function of one variable there, else piecewise linear
 * between the values of x, exact on them.
 *
 * <p>Squares of great numbers are stored as parts of them, so that none stands out in the stream: all of it shares one roundoff once it is
 * turned.
 */
public final class Squares {
    /** Squares of numbers up to this are stored as they are. */
    private static final double SMALL = 16;

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final CircuitWriter writer;
    private final BiFunction<SOp, DoubleUnaryOperator, Optional<Signal>> byCases;
    private final Memo<Square, Signal> known = new Memo<>(this::make);

    /**
     * The squares of a program.
     *
     * @param byCases a function of an s-op's number by the cases that the number itself takes, where that is better
     */
    public Squares(
            Facts facts,
            Readings readings,
            VariableReadings variables,
            CircuitWriter writer,
            BiFunction<SOp, DoubleUnaryOperator, Optional<Signal>> byCases) {
        this.byCases = byCases;
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
        this.writer = writer;
    }

    private record Square(SOp sop, double centre) {
        double of(double x) {
            return (x - centre) * (x - centre);
        }
    }

    public Signal square(SOp sop, double centre) {
        return known.get(new Square(sop, centre));
    }

    private Signal make(Square square) {
        Signal made = write(square);
        writer.meanings().square(writer.named(square.sop()), square.centre(), made.form());
        return made;
    }

    private Signal write(Square square) {
        double part = part(square);
        return write(square, x -> part * square.of(x)).times(1 / part);
    }

    /** A power of two, by which what is stored is no greater than twice the number. */
    private double part(Square square) {
        NumberRange range = facts.range(square.sop());
        double greatest = Math.max(Math.abs(range.low() - square.centre()), Math.abs(range.high() - square.centre()));
        return greatest <= SMALL || !Double.isFinite(greatest) ? 1 : Math.scalb(1.0, -Math.getExponent(greatest));
    }

    private Signal write(Square square, DoubleUnaryOperator stored) {
        SOp sop = square.sop();
        Optional<JointTable> table = facts.table(sop)
                .filter(t -> t.variables().size() == 1
                        && variables.isOneHot(t.variables().get(0)));
        if (table.isPresent()) {
            double[] weights = new double[table.get().cells().length()];
            for (int cell = 0; cell < weights.length; cell++) {
                weights[cell] = stored.applyAsDouble(
                        table.get().value(cell).map(Values::asNumber).orElse(square.centre()));
            }
            return variables.weighted(
                    () -> writer.feature(sop, "²"), table.get().variables().get(0), weights);
        }
        Optional<Signal> stepped = byCases.apply(sop, stored);
        if (stepped.isPresent()) {
            return stepped.get();
        }
        Signal x = readings.number(sop);
        double[] xs = facts.values(sop).stream()
                .mapToDouble(Values::asNumber)
                .distinct()
                .toArray();
        double[] ys = Arrays.stream(xs).map(stored).toArray();
        PartOrigin origin = facts.origin(sop, Technique.SQUARE, "square of " + facts.name(sop));
        return writer.number(
                        sop,
                        writer.feature(sop, "²"),
                        x.stage(),
                        out -> List.of(Ramps.of(x.form(), xs, ys, out, origin)))
                .plus(Signal.constant(ys[0]));
    }
}
