package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.Collection;

/** No more errors and warnings than anybody reads. */
public final class FirstDiagnostics {
    private FirstDiagnostics() {}

    /**
     * The first {@value ParseLimits#ERRORS} errors, and of the warnings before these the first {@value ParseLimits#WARNINGS}; where
     * something is left out the next one's place says so.
     *
     * @param diagnostics each with a place, in the order to be shown
     */
    public static ImmutableList<Diagnostic> of(Collection<Diagnostic> diagnostics) {
        var first = ImmutableList.<Diagnostic>builder();
        int errors = 0;
        int warnings = 0;
        for (Diagnostic each : diagnostics) {
            if (each.isError() && ++errors > ParseLimits.ERRORS) {
                return first.add(tooMany(each, "errors")).build();
            }
            if (!each.isError() && ++warnings > ParseLimits.WARNINGS) {
                if (warnings == ParseLimits.WARNINGS + 1) {
                    first.add(tooMany(each, "warnings"));
                }
                continue;
            }
            first.add(each);
        }
        return first.build();
    }

    private static Diagnostic tooMany(Diagnostic next, String what) {
        int most = next.isError() ? ParseLimits.ERRORS : ParseLimits.WARNINGS;
        String message = "more than " + most + " " + what + "; the rest is not shown";
        Span place = next.labels().get(0).span();
        return next.isError()
                ? Diagnostic.error(SyntaxCode.TOO_MANY_ERRORS, message, place)
                : Diagnostic.warning(SyntaxCode.TOO_MANY_ERRORS, message, place);
    }
}
