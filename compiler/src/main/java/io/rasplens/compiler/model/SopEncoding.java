package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;

/**
 * One way in which an s-op stands in the residual stream: dimensions that hold nothing else, and what they hold for each of its
 * values. An s-op may have several, made at different points: a number, its square, a one-hot.
 */
public sealed interface SopEncoding {

    /** Where it is made: what is written there is what every later reader finds. */
    StreamPoint made();

    /** The residual dimensions, none of which anything else is written to. */
    ImmutableIntArray dimensions();

    /** What the dimensions hold for a value, in their order; empty for a value that the s-op can't take. */
    Optional<ImmutableDoubleArray> write(Value value);

    /**
     * A list of values, such as a one-hot.
     *
     * @param coordinates {@code [values, dimensions]}
     */
    record Listed(StreamPoint made, ImmutableIntArray dimensions, ImmutableList<Value> values, WeightMatrix coordinates)
            implements SopEncoding {
        public Listed {
            Shapes.check("coordinates", coordinates, values.size(), dimensions.length());
        }

        /** Of the same kind and value, else the nearest that is equal in RASP's sense, or but for rounding. */
        @Override
        public Optional<ImmutableDoubleArray> write(Value value) {
            int row = values.indexOf(value);
            if (row < 0) {
                row = SameValue.nearest(values, value).orElse(-1);
            }
            if (row < 0) {
                return Optional.empty();
            }
            ImmutableDoubleArray.Builder out = ImmutableDoubleArray.builder(dimensions.length());
            for (int d = 0; d < dimensions.length(); d++) {
                out.add(coordinates.get(row, d));
            }
            return Optional.of(out.build());
        }
    }

    /**
     * Numbers, each dimension a polynomial of the value: scaled, moved, negated, squared.
     *
     * @param coefficients {@code [dimensions, degree + 1]}, the constant first
     */
    record Polynomial(StreamPoint made, ImmutableIntArray dimensions, WeightMatrix coefficients)
            implements SopEncoding {
        public Polynomial {
            Shapes.check("coefficients", coefficients, dimensions.length(), coefficients.columns());
        }

        @Override
        public Optional<ImmutableDoubleArray> write(Value value) {
            if (!value.isNumeric() || value instanceof BoolValue) {
                return Optional.empty();
            }
            double number = Values.toDouble(value);
            ImmutableDoubleArray.Builder out = ImmutableDoubleArray.builder(dimensions.length());
            for (int d = 0; d < dimensions.length(); d++) {
                double sum = 0;
                for (int power = coefficients.columns() - 1; power >= 0; power--) {
                    sum = sum * number + coefficients.get(d, power);
                }
                out.add(sum);
            }
            return Optional.of(out.build());
        }
    }
}
