/**
 * The safetensors format: eight bytes of length, a JSON header, raw little-endian numbers. A file is hostile until read: lengths, offsets
 * and shapes are checked against its size before anything is allocated for them. It knows no models; {@code store} does.
 *
 * <pre>{@code
 * try (SafetensorsFile file = SafetensorsFile.open(Path.of("acts.safetensors")).orThrow()) {
 *     double[] pattern = file.read("blocks.0.attn.hook_pattern").orThrow();
 * }
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.store.safetensors;

import org.jspecify.annotations.NullMarked;
