/**
 * The command line: {@code Main} and one class per verb. The only package that prints or exits; nothing may depend on it. A verb
 * throws away no error: user errors arrive as diagnostics and leave as text on stderr, as JSON on stdout where it was asked
 * for, and as an exit code.
 *
 * <pre>{@code
 * int exit = Rasp.run(Console.system(), "run", "examples/reverse.rasp", "--input", "[1, 2, 3]");
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.cli;

import org.jspecify.annotations.NullMarked;
