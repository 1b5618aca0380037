/**
 * Interchange intervention (Geiger et al. 2021): s-ops set in the transformer, overridden in the interpreter, and the two answers
 * compared. Where they always agree, the program is an exact causal abstraction of the transformer.
 *
 * <pre>{@code
 * InterchangeReport report = Interchange.measure(model, program, InterchangeOptions.DEFAULT);
 * report.accuracy();     // 1.0, or there is a counterexample
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.analysis.intervene;

import org.jspecify.annotations.NullMarked;
