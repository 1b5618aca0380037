/**
 * The command line: {@code Main}, the dispatch to a verb, and what is told of the verbs as a whole. With its rooms the only
 * package that prints or exits; nothing may depend on it. The rooms stand in one order: {@code cli.print} at the bottom,
 * {@code cli.subject} on it, {@code cli.verb} on both, and this package on top. A verb throws away no error: user errors
 * arrive as diagnostics and leave as text on stderr, as JSON on stdout where it was asked for, and as an exit code.
 *
 * <pre>{@code
 * int exit = Rasp.run(Console.system(), "run", "examples/reverse.rasp", "--input", "[1, 2, 3]");
 * }</pre>
 *
 * A new verb is a class in {@code cli.verb} and a line in {@code Verb}.
 */
@NullMarked
package io.rasplens.runtime.cli;

import org.jspecify.annotations.NullMarked;
