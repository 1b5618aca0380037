/**
 * What can be found out about a model by running it: whether it agrees with its program, and where it stops agreeing.
 *
 * <p>It sees the program and its interpreter, as what stands on it does and the engine does not. Pure: results are records, the
 * command line prints them.
 *
 * <pre>{@code
 * Verification result = Verifier.verify(model, program, VerifyOptions.of(vocabulary, 5));
 * result.agrees();
 * result.divergence();   // the first s-op that is wrong, and the hook point where it is
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.analysis;

import org.jspecify.annotations.NullMarked;
