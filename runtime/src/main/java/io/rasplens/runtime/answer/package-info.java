/**
 * What is answered to a question about a program, as JSON: the same on the command line and in the page. It depends on the compiler and the
 * engine; the command line and {@code web} stand on it.
 *
 * <pre>{@code
 * JsonObject json = RunAnswer.of(ready, input).json();
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.answer;

import org.jspecify.annotations.NullMarked;
