package io.rasplens.runtime.store.safetensors;

import com.google.common.collect.ImmutableMap;

/**
 * What stands before the data of a safetensors file.
 *
 * @param tensors by name, in the header's order
 * @param metadata the free strings under {@code __metadata__}
 * @param dataStart the file offset at which the data begin
 */
record SafetensorsHeader(
        ImmutableMap<String, TensorEntry> tensors, ImmutableMap<String, String> metadata, long dataStart) {}
