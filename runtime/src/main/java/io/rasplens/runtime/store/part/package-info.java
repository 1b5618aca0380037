/**
 * The parts of a model as JSON: what its heads, hidden units, directions and s-ops are, written and read back. It knows the parts and how
 * JSON is read; {@code store} puts them into files, answers hand them out.
 *
 * <pre>{@code
 * JsonObject json = new AnatomyJson(model.labels()).head(head);
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.store.part;

import org.jspecify.annotations.NullMarked;
