/**
 * Messages to the user as values. Anybody may depend on it; it sees only {@code grammar.source}.
 */
@NullMarked
package io.rasplens.grammar.diagnostic;

import org.jspecify.annotations.NullMarked;
