package io.rasplens.compiler.interpret;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;

/** The meaning of every elementwise operator on atoms, as Python has it. */
@SuppressWarnings("DoNotCallSuggester")
public final class Operators {
    private Operators() {}

    /** The operator's value on one position's arguments, in the order the operator documents. */
    public static Value apply(Operator operator, List<Value> arguments) throws EvaluationException {
        throw new UnsupportedOperationException(operator + "" + arguments);
    }

    /** Whether {@code left comparison right} holds. */
    public static boolean compare(Comparison comparison, Value left, Value right) throws EvaluationException {
        throw new UnsupportedOperationException(comparison + "" + left + right);
    }

    /** What a base s-op makes of an input token. */
    public static Value convert(TokenConversion conversion, Value token) throws EvaluationException {
        throw new UnsupportedOperationException(conversion + "" + token);
    }
}
