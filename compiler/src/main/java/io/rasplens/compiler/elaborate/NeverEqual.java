package io.rasplens.compiler.elaborate;

import io.rasplens.compiler.interpret.Shown;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** Warns of {@code tokens == 1}: tokens are strings unless something else is asked for, and no string equals a number. */
final class NeverEqual {
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

    private static Optional<Diagnostic> of(Meaning sop, Meaning atom, Span span) {
        if (!(sop instanceof Meaning.Sequence sequence) || !(atom instanceof Meaning.Atom constant)) {
            return Optional.empty();
        }
        Value value = constant.value();
        SOp node = sequence.node();
        if (node instanceof SOp.Tokens tokens && tokens.conversion() == TokenConversion.STR && value.isNumeric()) {
            return Optional.of(Diagnostic.warning(
                            ElaborationCode.NEVER_EQUAL,
                            "the tokens are strings here, and no string equals " + Shown.withKind(value),
                            span)
                    .help("write \"" + Shown.value(value) + "\" for the string, or tokens_int for the numbers"));
        }
        if (isNumber(node) && value instanceof StringValue) {
            return Optional.of(
                    Diagnostic.warning(ElaborationCode.NEVER_EQUAL, "no number equals " + Shown.withKind(value), span)
                            .help("a number stands without quotes"));
        }
        return Optional.empty();
    }

    private static boolean isNumber(SOp node) {
        return node instanceof SOp.Indices
                || node instanceof SOp.SelectorWidth
                || (node instanceof SOp.Tokens tokens
                        && (tokens.conversion() == TokenConversion.INT
                                || tokens.conversion() == TokenConversion.FLOAT));
    }
}
