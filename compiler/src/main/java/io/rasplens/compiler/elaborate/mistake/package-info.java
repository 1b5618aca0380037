/**
 * Ways out of what beginners get wrong: names of another language, statements in the wrong order. It sees the syntax tree and nothing of
 * what a program means; only {@code elaborate} sees it.
 *
 * <pre>{@code
 * Optional<String> wayOut = PythonNames.wayOut("sum");
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.elaborate.mistake;

import org.jspecify.annotations.NullMarked;
