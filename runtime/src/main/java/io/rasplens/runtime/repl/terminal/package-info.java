/**
 * The REPL on a real terminal: line editing, history, completion, colours. The only package that sees JLine; the command line
 * loads it only when standard input is a terminal.
 *
 * <pre>{@code
 * TerminalSession.run(engine, renderer, Path.of(""), colour);
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.repl.terminal;

import org.jspecify.annotations.NullMarked;
