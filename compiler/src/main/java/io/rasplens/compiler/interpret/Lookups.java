package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Lists, strings and dicts of atoms, indexed by an atom. */
public final class Lookups {
    private Lookups() {}

    static Value element(ImmutableList<Value> elements, Value index) throws EvaluationException {
        return elements.get(position("list", elements.size(), index));
    }

    static Value character(String text, Value index) throws EvaluationException {
        int position = position("string", text.codePointCount(0, text.length()), index);
        int start = text.offsetByCodePoints(0, position);
        return StringValue.of(text.codePointAt(start));
    }

    static Value entry(ImmutableMap<Value, Value> entries, Value key) throws EvaluationException {
        Value exact = entries.get(key);
        if (exact != null) {
            return exact;
        }
        Value normal = normalKey(key);
        for (var entry : entries.entrySet()) {
            if (normalKey(entry.getKey()).equals(normal)) {
                return entry.getValue();
            }
        }
        throw missingKey(key);
    }

    static boolean isMember(ImmutableList<Value> elements, Value value) {
        for (Value element : elements) {
            if (element.raspEquals(value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where in a list or string of {@code size} an index points; a negative one counts from the end.
     *
     * @param container what is indexed, for the message: {@code list}
     */
    public static int position(String container, int size, Value index) throws EvaluationException {
        if (index instanceof StringValue || index instanceof FloatValue) {
            throw EvaluationException.ofValues(
                    EvaluationCode.INDEX_NOT_INT,
                    "the index into a " + container + " must be an int, got " + Shown.withKind(index),
                    List.of(index));
        }
        BigInteger wanted = Values.toBigInteger(index);
        BigInteger length = BigInteger.valueOf(size);
        if (wanted.compareTo(length) >= 0 || wanted.negate().compareTo(length) > 0) {
            throw new EvaluationException(
                    EvaluationCode.INDEX_OUT_OF_RANGE,
                    "index " + Shown.value(index) + " is out of range for a " + container + " of length " + size);
        }
        return wanted.signum() < 0 ? size + wanted.intValue() : wanted.intValue();
    }

    /** The failure of a look-up with a key that a dict doesn't hold. */
    public static EvaluationException missingKey(Value key) {
        return EvaluationException.ofValues(
                EvaluationCode.MISSING_KEY, "the dict has no key " + Shown.value(key), List.of(key));
    }

    /** One value for each class of RASP-equal keys: {@code 1}, {@code 1.0} and {@code True} give {@code 1}. */
    public static Value normalKey(Value key) {
        if (key instanceof BoolValue b) {
            return IntValue.of(b.value() ? 1 : 0);
        }
        if (key instanceof FloatValue f) {
            return integral(f.value()).<Value>map(IntValue::of).orElse(key);
        }
        return key;
    }

    private static Optional<BigInteger> integral(double value) {
        return Double.isFinite(value) && value == Math.rint(value)
                ? Optional.of(new BigDecimal(value).toBigIntegerExact())
                : Optional.empty();
    }
}
