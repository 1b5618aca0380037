package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.OptionalDouble;

/** What exactly a residual dimension holds at a position, once everything has written to it; 0 at BOS but for BOS's own. */
public sealed interface Holds {

    /** What the program itself may round a listed number by. */
    double ROUNDING = 1e-9;

    /** The s-op that it tells of; empty for BOS's own dimension and constants. */
    Optional<String> sop();

    /** In words. */
    String words();

    /** What is held where the s-op has a value; empty where that takes more than the value to say. */
    default OptionalDouble at(Value value) {
        return OptionalDouble.empty();
    }

    /** The same, so much greater. */
    default Holds plus(double more) {
        return more == 0 ? this : new Helper(sop().orElse(""), words() + " plus " + HoldsWords.number(more));
    }

    /** The s-op's number that stands behind what is held, where that is one number. */
    default OptionalDouble numberOf(double held) {
        return OptionalDouble.empty();
    }

    /** Equal in RASP's sense, or numbers that only rounding tells apart. */
    private static boolean isSame(Value listed, Value value) {
        return listed.raspEquals(value)
                || (Values.isNumber(listed)
                        && Values.isNumber(value)
                        && Math.abs(Values.toDouble(listed) - Values.toDouble(value))
                                <= ROUNDING * Math.max(1, Math.abs(Values.toDouble(listed))));
    }

    /** What tells of an s-op. */
    sealed interface OfSop extends Holds {
        String name();

        @Override
        default Optional<String> sop() {
            return Optional.of(name());
        }
    }

    /** 1 at BOS, 0 elsewhere. */
    record OfBos() implements Holds {
        @Override
        public Optional<String> sop() {
            return Optional.empty();
        }

        @Override
        public String words() {
            return "1 at BOS";
        }
    }

    /**
     * One number, everywhere.
     */
    record Everywhere(double value) implements Holds {
        @Override
        public Optional<String> sop() {
            return Optional.empty();
        }

        @Override
        public String words() {
            return HoldsWords.number(value) + " everywhere";
        }
    }

    /**
     * Whether an s-op has one of some values: {@code scale · [x in values] + offset}.
     *
     * @param values several where no reader tells them apart
     */
    record Indicator(String name, ImmutableList<Value> values, double scale, double offset) implements OfSop {
        @Override
        public OptionalDouble at(Value value) {
            boolean on = values.stream().anyMatch(listed -> isSame(listed, value));
            return OptionalDouble.of(offset + (on ? scale : 0));
        }

        @Override
        public Holds plus(double more) {
            return new Indicator(name, values, scale, offset + more);
        }

        @Override
        public String words() {
            return HoldsWords.of(this);
        }
    }

    /**
     * A polynomial of an s-op's number, bools counting as 0 and 1.
     *
     * @param coefficients the constant first
     * @param within by how much it may differ, where counts are added up
     */
    record PowersOf(String name, ImmutableDoubleArray coefficients, double within) implements OfSop {
        @Override
        public OptionalDouble at(Value value) {
            if (!value.isNumeric()) {
                return OptionalDouble.empty();
            }
            double number = Values.toDouble(value);
            double sum = 0;
            for (int power = coefficients.length() - 1; power >= 0; power--) {
                sum = sum * number + coefficients.get(power);
            }
            return OptionalDouble.of(sum);
        }

        public PowersOf(String name, ImmutableDoubleArray coefficients) {
            this(name, coefficients, 0);
        }

        @Override
        public Holds plus(double more) {
            double[] moved = coefficients.toArray();
            moved[0] += more;
            return new PowersOf(name, ImmutableDoubleArray.copyOf(moved), within);
        }

        @Override
        public String words() {
            return HoldsWords.of(this);
        }

        /** Whether it is scale times the number plus an offset. */
        public boolean isLinear() {
            return coefficients.length() == 2;
        }

        @Override
        public OptionalDouble numberOf(double held) {
            return isLinear()
                    ? OptionalDouble.of((held - coefficients.get(0)) / coefficients.get(1))
                    : OptionalDouble.empty();
        }
    }

    /**
     * A count squeezed by the share that is left to BOS: {@code scale · B x / (B + x) + offset}.
     *
     * @param bosWeight B
     * @param within by how much it may differ, where several heads count together or values other than 1 are added up
     */
    record ShareOf(String name, double bosWeight, double scale, double offset, double within) implements OfSop {
        @Override
        public OptionalDouble at(Value value) {
            return value.isNumeric() ? OptionalDouble.of(of(Values.toDouble(value))) : OptionalDouble.empty();
        }

        @Override
        public Holds plus(double more) {
            return new ShareOf(name, bosWeight, scale, offset + more, within);
        }

        @Override
        public String words() {
            return HoldsWords.of(this);
        }

        /** What is held for a count. */
        public double of(double count) {
            return scale * (bosWeight * count / (bosWeight + count)) + offset;
        }

        @Override
        public OptionalDouble numberOf(double held) {
            double share = (held - offset) / scale;
            return OptionalDouble.of(bosWeight * share / (bosWeight - share));
        }
    }

    /**
     * A number for each value of an s-op.
     *
     * @param numbers one for each of {@code values}
     */
    record Coded(String name, ImmutableList<Value> values, ImmutableDoubleArray numbers) implements OfSop {
        @Override
        public OptionalDouble at(Value value) {
            int place = values.indexOf(value);
            return place < 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers.get(place));
        }

        @Override
        public String words() {
            return HoldsWords.of(this);
        }
    }

    /**
     * What is left of an s-op's number beside other dimensions that it is read from: {@code scale} times what is held, {@code others} and
     * its constant add up to the number.
     */
    record Rest(String name, double scale, StreamForm others) implements OfSop {
        @Override
        public String words() {
            return HoldsWords.of(this);
        }
    }

    /**
     * A quantity that a construction needs and the program has no name for.
     *
     * @param name the s-op that it serves
     */
    record Helper(String name, String what) implements OfSop {
        @Override
        public String words() {
            return what;
        }
    }
}
