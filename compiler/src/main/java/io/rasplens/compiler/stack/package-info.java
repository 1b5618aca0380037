/**
 * Room for recursion as deep as a program may nest. {@code elaborate} and {@code lower} run on it; this package depends on
 * {@code grammar.diagnostic} only.
 *
 * <pre>{@code
 * Result<CompiledModel> model = DeepStack.run(
 *         () -> lowering.lower(target), overflow -> Diagnostic.error(CompileCode.MODEL_TOO_LARGE, "nests too deep"));
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.stack;

import org.jspecify.annotations.NullMarked;
