/**
 * One class per verb: its options, and what it does with the rest of Rasplens. A verb opens its subject, asks the library, and
 * hands the result to {@code cli.print}; it knows no other verb. Only {@code cli} may depend on this package.
 *
 * <pre>{@code
 * @Command(description = "Count the tokens of a program's example.")
 * public final class CountVerb extends VerbCommand {
 *     @Override
 *     public int run(Console console) { … return ExitCode.OK; }
 * }
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.cli.verb;

import org.jspecify.annotations.NullMarked;
