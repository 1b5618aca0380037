package io.rasplens.grammar.diagnostic;

import io.rasplens.grammar.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A diagnostic as plain data, with the names that the JSON form has.
 *
 * @param file the name of the source, or of the file that there is something wrong with; null when it is about none
 * @param line from 1; null, like {@code column}, when it is about no place
 * @param column from 1, in code points
 */
public record DiagnosticData(
        String code,
        String message,
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Integer column) {

    public static DiagnosticData of(Diagnostic diagnostic) {
        String code = diagnostic.code().id();
        if (diagnostic.span().isEmpty()) {
            return new DiagnosticData(
                    code, diagnostic.message(), diagnostic.file().orElse(null), null, null);
        }
        Span span = diagnostic.span().get();
        return new DiagnosticData(code, diagnostic.message(), span.source().name(), span.line(), span.column());
    }
}
