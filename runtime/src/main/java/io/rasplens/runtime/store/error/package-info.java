/**
 * What can be wrong with a file of a model, and how that is told: codes, the exception that carries a diagnostic out of nested reading,
 * words of strangers made fit for a message, and room in memory asked for before it is taken. The rooms of {@code store} stand on it.
 *
 * <pre>{@code
 * Memory.checkRoom("the tensor " + ForeignName.name(name), elements, Double.BYTES);
 * throw new StoreException(StoreCode.BAD_CONFIG, "d_model must be positive");
 * Result<CompiledModel> model = StoreException.toResult(file, () -> read(file));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.store.error;

import org.jspecify.annotations.NullMarked;
