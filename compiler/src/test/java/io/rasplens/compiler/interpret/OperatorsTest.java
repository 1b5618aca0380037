package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    /**
     * {@code operators.tsv} was written by Python itself: operator, operands, and Python's result or the code of the error that
     * belongs to Python's exception. Values are a letter for the kind and Python's spelling.
     */
    @Test
    void agreesWithPython() throws IOException {
        var wrong = new ArrayList<String>();
        for (String line : Resources.readLines(
                Resources.getResource(OperatorsTest.class, "operators.tsv"), StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            String actual = run(cells[0], cells[1], cells[2]);
            if (!actual.equals(cells[3])) {
                wrong.add(line + " but was " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String run(String operator, String left, String right) {
        try {
            return encode(apply(operator, left, right));
        } catch (EvaluationException e) {
            return "!" + e.code().id();
        }
    }

    private static Value apply(String symbol, String left, String right) throws EvaluationException {
        for (TokenConversion conversion : TokenConversion.values()) {
            if (conversion.name().toLowerCase(Locale.ROOT).equals(symbol)) {
                return Operators.convert(conversion, decode(left));
            }
        }
        String unarySymbol = symbol.equals("neg") ? "-" : symbol.equals("pos") ? "+" : symbol;
        if (right.isEmpty()) {
            for (Operator.UnaryKind kind : Operator.UnaryKind.values()) {
                if (new Operator.Unary(kind).symbol().equals(unarySymbol)) {
                    return Operators.apply(new Operator.Unary(kind), List.of(decode(left)));
                }
            }
        }
        for (Operator.BinaryKind kind : Operator.BinaryKind.values()) {
            if (new Operator.Binary(kind).symbol().equals(symbol)) {
                return Operators.apply(new Operator.Binary(kind), List.of(decode(left), decode(right)));
            }
        }
        throw new IllegalArgumentException(symbol);
    }

    private static Value decode(String text) {
        String body = text.substring(1);
        return switch (text.charAt(0)) {
            case 'i' -> IntValue.of(body.equals("10^400") ? BigInteger.TEN.pow(400) : new BigInteger(body));
            case 'f' ->
                Value.of(Double.parseDouble(body.replace("inf", "Infinity").replace("nan", "NaN")));
            case 'b' -> Value.of(body.equals("True"));
            default -> Value.of(body);
        };
    }

    private static String encode(Value value) {
        if (value instanceof IntValue i && i.value().equals(BigInteger.TEN.pow(400))) {
            return "i10^400";
        }
        return switch (Shown.kind(value)) {
            case "int" -> "i" + value.repr();
            case "float" -> "f" + value.repr();
            case "bool" -> "b" + value.repr();
            default -> "s" + ((io.rasplens.grammar.value.StringValue) value).value();
        };
    }

    private static final ImmutableList<Value> LIST = ImmutableList.of(Value.of("x"), Value.of("y"), Value.of("z"));

    @Test
    void looksUpListsFromBothEnds() throws EvaluationException {
        var lookup = new Operator.ListLookup(LIST);
        assertThat(Operators.apply(lookup, List.of(Value.of(0)))).isEqualTo(Value.of("x"));
        assertThat(Operators.apply(lookup, List.of(Value.of(-1)))).isEqualTo(Value.of("z"));
        assertThat(Operators.apply(lookup, List.of(Value.of(-3)))).isEqualTo(Value.of("x"));
        assertThat(Operators.apply(lookup, List.of(Value.of(true)))).isEqualTo(Value.of("y"));
        assertThat(failure(lookup, Value.of(3)).code()).isEqualTo(EvaluationCode.INDEX_OUT_OF_RANGE);
        assertThat(failure(lookup, Value.of(-4)).code()).isEqualTo(EvaluationCode.INDEX_OUT_OF_RANGE);
        assertThat(failure(lookup, IntValue.of(BigInteger.TEN.pow(30))).code())
                .isEqualTo(EvaluationCode.INDEX_OUT_OF_RANGE);
        assertThat(failure(lookup, Value.of(1.0)).code()).isEqualTo(EvaluationCode.INDEX_NOT_INT);
        assertThat(failure(lookup, Value.of("0")).code()).isEqualTo(EvaluationCode.INDEX_NOT_INT);
    }

    @Test
    void looksUpStringsByCodePoint() throws EvaluationException {
        var lookup = new Operator.StringLookup("a😀b");
        assertThat(Operators.apply(lookup, List.of(Value.of(1)))).isEqualTo(Value.of("😀"));
        assertThat(Operators.apply(lookup, List.of(Value.of(-1)))).isEqualTo(Value.of("b"));
        assertThat(failure(lookup, Value.of(3)).code()).isEqualTo(EvaluationCode.INDEX_OUT_OF_RANGE);
    }

    @Test
    void looksUpDictsByRaspEquality() throws EvaluationException {
        var lookup = new Operator.DictLookup(
                ImmutableMap.of(Value.of(1.0), Value.of("one"), Value.of(false), Value.of("zero")));
        assertThat(Operators.apply(lookup, List.of(Value.of(true)))).isEqualTo(Value.of("one"));
        assertThat(Operators.apply(lookup, List.of(Value.of(1)))).isEqualTo(Value.of("one"));
        assertThat(Operators.apply(lookup, List.of(Value.of(-0.0)))).isEqualTo(Value.of("zero"));
        EvaluationException missing = failure(lookup, Value.of("1"));
        assertThat(missing.code()).isEqualTo(EvaluationCode.MISSING_KEY);
        assertThat(missing).hasMessage("the dict has no key '1'");
    }

    @Test
    void membershipGoesByRaspEquality() throws EvaluationException {
        var member = new Operator.MemberOf(ImmutableList.of(Value.of(1), Value.of("a")));
        assertThat(Operators.apply(member, List.of(Value.of(true)))).isEqualTo(Value.of(true));
        assertThat(Operators.apply(member, List.of(Value.of("a")))).isEqualTo(Value.of(true));
        assertThat(Operators.apply(member, List.of(Value.of("1")))).isEqualTo(Value.of(false));
    }

    @Test
    void absurdResultsAreRefused() {
        var power = new Operator.Binary(Operator.BinaryKind.POWER);
        assertThat(failure(power, Value.of(9), IntValue.of(BigInteger.valueOf(9).pow(9)))
                        .code())
                .isEqualTo(EvaluationCode.TOO_LARGE);
        var times = new Operator.Binary(Operator.BinaryKind.TIMES);
        assertThat(failure(times, Value.of("ab"), IntValue.of(BigInteger.TEN.pow(12)))
                        .code())
                .isEqualTo(EvaluationCode.TOO_LARGE);
        assertThat(failure(times, Value.of("ab"), IntValue.of(BigInteger.TEN.pow(40)))
                        .code())
                .isEqualTo(EvaluationCode.TOO_LARGE);
    }

    private static EvaluationException failure(Operator operator, Value... arguments) {
        return catchThrowableOfType(
                EvaluationException.class, () -> Operators.apply(operator, ImmutableList.copyOf(arguments)));
    }
}
