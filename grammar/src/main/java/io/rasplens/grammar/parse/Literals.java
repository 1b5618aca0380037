package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser.AtomContext;
import io.rasplens.grammar.parse.antlr.RaspParser.FloatAtomContext;
import io.rasplens.grammar.parse.antlr.RaspParser.IntAtomContext;
import io.rasplens.grammar.parse.antlr.RaspParser.StringAtomContext;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** The values that numbers and strings in the text stand for. */
final class Literals {
    private final Offsets offsets;
    private final List<Diagnostic> diagnostics;

    Literals(Offsets offsets, List<Diagnostic> diagnostics) {
        this.offsets = offsets;
        this.diagnostics = diagnostics;
    }

    Value integer(TerminalNode digits, boolean negative) {
        if (isTooLong(digits)) {
            return Value.of(0);
        }
        var value = new BigInteger(digits.getText());
        return IntValue.of(negative ? value.negate() : value);
    }

    Value floating(TerminalNode digits, boolean negative) {
        if (isTooLong(digits)) {
            return Value.of(0.0);
        }
        double value = Double.parseDouble(digits.getText());
        return Value.of(negative ? -value : value);
    }

    /** What stands between the quotes; a string that lacks its closing quote goes to its end. */
    static String string(TerminalNode literal) {
        String text = literal.getText();
        boolean closed = text.length() > 1 && text.charAt(0) == '"' && text.endsWith("\"");
        return text.substring(1, closed ? text.length() - 1 : text.length());
    }

    Optional<Value> atom(AtomContext atom, SyntaxCode code) {
        boolean negative = atom.getStart().getText().equals("-");
        if (atom instanceof IntAtomContext number) {
            return Optional.of(integer(number.INT(), negative));
        } else if (atom instanceof FloatAtomContext number) {
            return Optional.of(floating(number.FLOAT(), negative));
        } else if (atom instanceof StringAtomContext string) {
            return Optional.of(Value.of(string(string.STRING())));
        }
        String name = atom.getText();
        if (name.equals("True") || name.equals("False")) {
            return Optional.of(Value.of(name.equals("True")));
        }
        diagnostics.add(
                Diagnostic.error(code, "'" + name + "' is a name, and here only values can stand", offsets.of(atom))
                        .help(truth(name) + "for the string, write \"" + name + "\""));
        return Optional.empty();
    }

    /** As other languages write a truth value. */
    private static String truth(String name) {
        boolean yes = name.equalsIgnoreCase("true");
        return yes || name.equalsIgnoreCase("false")
                ? "the truth value is written " + (yes ? "True" : "False") + "; "
                : "";
    }

    private boolean isTooLong(TerminalNode digits) {
        var token = digits.getSymbol();
        int length = token.getStopIndex() - token.getStartIndex() + 1;
        if (length <= ParseLimits.DIGITS) {
            return false;
        }
        diagnostics.add(Diagnostic.error(
                SyntaxCode.NUMBER_TOO_LONG,
                "this number has " + length + " digits; a number in the text may have " + ParseLimits.DIGITS,
                offsets.of(token)));
        return true;
    }
}
