/**
 * Room for recursion as deep as a program may nest, and an end to work that nobody waits for any more or that exceeds its limits. {@code elaborate} and
 * {@code lower} run on it, {@code interpret} heeds its interrupts; this package depends on {@code grammar.diagnostic} and {@code grammar.platform} only.
 *
 * <pre>{@code
 * Result<CompiledModel> model = DeepStack.run(
 *         () -> lowering.lower(target), overflow -> Diagnostic.error(CompileCode.MODEL_TOO_LARGE, "nests too deep"));
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.stack;

import org.jspecify.annotations.NullMarked;
