/**
 * Source text, and places in it. Anybody may depend on it; it depends on nothing.
 */
@NullMarked
package io.rasplens.grammar.source;

import org.jspecify.annotations.NullMarked;
