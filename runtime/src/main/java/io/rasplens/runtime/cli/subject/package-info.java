/**
 * What a verb works on: a program or a model from the words of the command line, the options that complete it, and the inputs
 * it is to run on. {@code cli.verb} depends on this package, nothing else may.
 *
 * <pre>{@code
 * Subjects subjects = Subjects.open(console, options);
 * ImmutableList<Value> input = subjects.input(Optional.empty());
 * HookedTransformer transformer = subjects.forInput(input).transformer();
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.cli.subject;

import org.jspecify.annotations.NullMarked;
