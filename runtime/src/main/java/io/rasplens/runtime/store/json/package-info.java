/**
 * JSON out of files and into them: parsed within limits, read field by field with errors that name the field, written so that people can
 * read it. It sees {@code store.error} and nothing of a model; {@code store}, the answers and the command line use it.
 *
 * <pre>{@code
 * JsonNode config = JsonNode.root(StoreCode.BAD_CONFIG, "config.json", JsonText.parse(text));
 * String line = JsonOut.compact(JsonOut.list(values, ValueJson::of));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.store.json;

import org.jspecify.annotations.NullMarked;
