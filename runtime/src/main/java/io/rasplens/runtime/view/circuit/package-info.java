/**
 * Circuits drawn: for Graphviz, and as an SVG of their own.
 *
 * <pre>{@code
 * String svg = CircuitSvg.draw(CircuitGraph.of(model));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.circuit;

import org.jspecify.annotations.NullMarked;
