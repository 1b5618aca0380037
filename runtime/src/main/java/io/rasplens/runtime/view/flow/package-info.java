/**
 * Pictures of a computation flow: which s-ops and selectors a value comes from, layer by layer, on one input. The data is
 * {@link io.rasplens.runtime.view.flow.Flow}; drawings of it are SVG and DOT text. The command line, the REPL and the
 * told run may depend on it.
 *
 * <pre>{@code
 * Result<Flow> flow = FlowTrace.trace(program, input);
 * String svg = FlowSvg.draw(flow.orThrow());
 * String dot = FlowDot.draw(flow.orThrow());
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.flow;

import org.jspecify.annotations.NullMarked;
