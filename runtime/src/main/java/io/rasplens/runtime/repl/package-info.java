/**
 * The interactive session. {@code ReplEngine} knows no terminal: a line goes in, responses come out. The terminal and the pipe
 * are thin adapters around it. The command line may depend on it.
 *
 * <pre>{@code
 * var engine = new ReplEngine(options);
 * for (Response response : engine.handle("backwards = length - indices - 1;")) { ... }
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.repl;

import org.jspecify.annotations.NullMarked;
