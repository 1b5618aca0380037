/**
 * A circuit to layers, heads, hidden units and residual dimensions: as narrow as it can be, or with the coordinates of Tracr. It sees
 * {@code compiler.circuit}, {@code compiler.model} and {@code compiler.stack}; the lowering ends with it.
 *
 * <pre>{@code
 * CompiledModel model = AssembleModel.assemble(circuit, Optional.of(certificate), new Layout.Compact());
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.assemble;

import org.jspecify.annotations.NullMarked;
