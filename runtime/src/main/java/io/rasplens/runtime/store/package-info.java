/**
 * Models and activations in files: safetensors in and out, {@code config.json}, {@code codec.json}, import of foreign weights.
 *
 * <p>Sees the compiled artefact ({@code compiler.model}), how its labels are read ({@code compiler.readout}), and no engine. Files are hostile
 * until read: lengths, offsets and shapes are checked against the file's size before anything is allocated for them, every
 * failure is a {@link io.rasplens.grammar.diagnostic.Diagnostic}, and what is written appears whole or not at all.
 *
 * <pre>{@code
 * ModelStore.save(compiled, Path.of("model.safetensors"), Dtype.F64).orThrow();
 * CompiledModel again = ModelStore.load(Path.of("model.safetensors")).orThrow();
 *
 * try (SafetensorsFile file = SafetensorsFile.open(Path.of("acts.safetensors")).orThrow()) {
 *     double[] pattern = file.read("blocks.0.attn.hook_pattern").orThrow();
 * }
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.store;

import org.jspecify.annotations.NullMarked;
