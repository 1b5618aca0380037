/**
 * Random RASP programs, and what is done with them: compile, compare with the interpreter, shrink what fails.
 *
 * <pre>{@code
 * Fuzz.FuzzReport report = new Fuzz(new DirectLowering(), Subset.DIRECT).run(seed, programs);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.random;

import org.jspecify.annotations.NullMarked;
