/**
 * How results are told: the streams, diagnostics on their way out, exit codes, tables and pieces of JSON. It knows models and
 * activations, but neither verbs nor what a verb works on.
 *
 * <pre>{@code
 * Report.print(console, warnings);
 * console.out().print(new ModelSummary(model).table());
 * return ExitCode.OK;
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.cli.print;

import org.jspecify.annotations.NullMarked;
