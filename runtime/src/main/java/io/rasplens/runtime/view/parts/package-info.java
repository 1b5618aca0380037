/**
 * What the heads and hidden units of a model do, as far as the model says: {@link io.rasplens.runtime.view.parts.ModelParts} has
 * the facts, {@link io.rasplens.runtime.view.parts.PartsText} the words that {@code rasp inspect} and {@code :inspect} print.
 *
 * <pre>{@code
 * String text = PartsText.grouped(ModelParts.of(model));
 * // layer 0
 * //   head 0  hist: counts keys where key's tokens == query's tokens   (hist.rasp:15)
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.parts;

import org.jspecify.annotations.NullMarked;
