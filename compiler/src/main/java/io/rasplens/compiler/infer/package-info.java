/**
 * Which values an s-op can take and what can be proved of a selector, before any weight is chosen. All levels read it; it
 * sees only {@code compiler.program}, {@code compiler.interpret} and {@code compiler.stack}.
 *
 * <pre>{@code
 * Inference inference = ValueInference.infer(target).orThrow();
 * ValueSet values = inference.values(target.program().output());
 * boolean oneWide = inference.atMostOne(selector);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.infer;

import org.jspecify.annotations.NullMarked;
