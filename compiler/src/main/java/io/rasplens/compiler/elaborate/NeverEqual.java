package io.rasplens.compiler.elaborate;

import io.rasplens.compiler.interpret.Shown;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.SureKind;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Warns of {@code tokens == 1}: tokens are strings unless something else is asked for, and no string equals a number. */
final class NeverEqual {
    private static final String TOKENS = "the tokens are strings here, and no string equals ";
    private static final String NUMBERS = "tokens_int for the numbers";

    private NeverEqual() {}

    /** What to say of comparing these for equality, if it holds nowhere whatever the input. */
    static Optional<Diagnostic> warning(Meaning left, Meaning right, Span span) {
        return of(left, right, span)
                .or(() -> of(right, left, span))
                .or(() -> list(left, right, span))
                .or(() -> list(right, left, span));
    }

    private static Optional<Diagnostic> list(Meaning sop, Meaning list, Span span) {
        return sop instanceof Meaning.Sequence && list instanceof Meaning.ListOf
                ? Optional.of(
                        Diagnostic.warning(ElaborationCode.NEVER_EQUAL, "no value of an s-op equals a list", span)
                                .help(
                                        "x in [1, 2] asks whether it is one of them; list[indices] takes another at each position"))
                : Optional.empty();
    }

    private static Optional<Diagnostic> of(Meaning sop, Meaning other, Span span) {
        if (!(sop instanceof Meaning.Sequence sequence)) {
            return Optional.empty();
        }
        SureKind kind = SureKind.of(sequence.node());
        if (other instanceof Meaning.Atom atom && kind.neverEquals(SureKind.of(atom.value()))) {
            return Optional.of(atom(sequence.node(), kind, atom.value(), span));
        }
        return other instanceof Meaning.Sequence second && kind.neverEquals(SureKind.of(second.node()))
                ? Optional.of(sops(sequence.node(), second.node(), kind, span))
                : Optional.empty();
    }

    private static Diagnostic atom(SOp sop, SureKind kind, Value value, Span span) {
        if (kind == SureKind.BOOLS) {
            return warning(
                    "no truth value equals " + Shown.withKind(value), "True and False stand without quotes", span);
        }
        if (kind == SureKind.NUMBERS) {
            return warning("no number equals " + Shown.withKind(value), "a number stands without quotes", span);
        }
        String shown = Shown.value(value);
        if (!isTokens(sop)) {
            return warning(
                    "these are strings, and no string equals " + Shown.withKind(value),
                    "write \"" + shown + "\" for the string",
                    span);
        }
        return warning(
                TOKENS + Shown.withKind(value),
                "write \"" + shown + "\" for the string, or "
                        + (value instanceof BoolValue ? "tokens_bool for the truth values" : NUMBERS),
                span);
    }

    private static Diagnostic sops(SOp sop, SOp other, SureKind kind, Span span) {
        if (isTokens(sop) || isTokens(other)) {
            return warning(
                    TOKENS + "a number",
                    SureKind.of(isTokens(sop) ? other : sop) == SureKind.BOOLS
                            ? "tokens_bool holds their truth values, tokens_int the numbers"
                            : "write tokens_int for the numbers",
                    span);
        }
        return warning(
                "one side holds strings, the other " + (kind == SureKind.STRINGS ? SureKind.of(other) : kind).word()
                        + ", and no string equals a number",
                "a table makes strings of numbers: [\"0\", \"1\", \"2\"][indices]",
                span);
    }

    /** What to say of asking for one of a list's atoms, or for an atom among an s-op's values, if it is never there. */
    static Optional<Diagnostic> amongWarning(Meaning element, Meaning container, Span span) {
        if (container instanceof Meaning.Sequence) {
            return of(container, element, span);
        }
        if (!(element instanceof Meaning.Sequence sequence) || !(container instanceof Meaning.ListOf list)) {
            return Optional.empty();
        }
        List<Value> atoms = new ArrayList<>();
        for (Meaning each : list.elements()) {
            if (each instanceof Meaning.Atom atom) {
                atoms.add(atom.value());
            }
        }
        SureKind kind = SureKind.of(sequence.node());
        if (!kind.neverEquals(SureKind.ofAll(atoms))) {
            return Optional.empty();
        }
        if (kind != SureKind.STRINGS) {
            return Optional.of(warning("no number equals a string", "numbers stand without quotes", span));
        }
        return Optional.of(
                isTokens(sequence.node())
                        ? warning(TOKENS + "a number", "put the elements in quotes, or write " + NUMBERS, span)
                        : warning(
                                "these are strings, and no string equals a number",
                                "put the elements in quotes",
                                span));
    }

    private static Diagnostic warning(String message, String help, Span span) {
        return Diagnostic.warning(ElaborationCode.NEVER_EQUAL, message, span).help(help);
    }

    private static boolean isTokens(SOp node) {
        return node instanceof SOp.Tokens tokens && tokens.conversion() == TokenConversion.STR;
    }
}
