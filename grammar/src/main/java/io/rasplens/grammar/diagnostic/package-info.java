/**
 * Messages to the user as values, and how they look. Anybody may depend on it; it sees only {@code grammar.source}.
 *
 * <pre>{@code
 * Diagnostic diagnostic = Diagnostic.error(MyCode.UNKNOWN_NAME, "unknown name 'tokns'", span)
 *         .at(definition, "defined here")
 *         .help("did you mean 'tokens'?");
 * String text = DiagnosticRenderer.plain().render(diagnostic);
 * }</pre>
 */
@NullMarked
package io.rasplens.grammar.diagnostic;

import org.jspecify.annotations.NullMarked;
