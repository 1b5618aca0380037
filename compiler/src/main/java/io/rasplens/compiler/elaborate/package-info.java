/**
 * Runs the compile-time language (functions, loops, lists, dicts, loads) over the syntax tree and yields the program graph, with
 * the name and the place each node came from. Depends on {@code program}, {@code interpret} (for atoms, and for applying an s-op
 * to an input), {@code stack} and the grammar module; the front door and the REPL depend on it.
 *
 * <pre>{@code
 * Result<Elaboration> whole = Elaborator.elaborate(script, new FileLoader(Path.of(".")));
 * Session session = new Session(SourceLoader.none());   // statement by statement
 * session.run(statement);                                // Result<ImmutableList<Event>>
 * session.environment().visibleNames();
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.elaborate;

import org.jspecify.annotations.NullMarked;
