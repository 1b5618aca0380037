package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;

/** A number that takes two values is a one-hot as it stands: {@code [x = high] = (x - low) / (high - low)}. */
public final class TwoValued {
    private TwoValued() {}

    /** Not where rounding alone tells the two apart: no number in the stream is that exact. */
    public static boolean isBinary(List<Value> values) {
        if (values.size() != 2 || !values.get(0).isNumeric() || !values.get(1).isNumeric()) {
            return false;
        }
        double one = Values.toDouble(values.get(0));
        double other = Values.toDouble(values.get(1));
        double apart = Math.abs(one - other);
        return Double.isFinite(apart) && apart > Precision.PROMISED * Math.max(Math.abs(one), Math.abs(other));
    }

    public static OneHot of(List<Value> values, Signal number) {
        double low = Values.toDouble(values.get(0));
        double span = Values.toDouble(values.get(1)) - low;
        LinearForm high = number.form().minus(LinearForm.constant(low)).times(1 / span);
        return new OneHot(
                ImmutableMap.of(values.get(0), LinearForm.constant(1).minus(high), values.get(1), high),
                number.stage());
    }
}
