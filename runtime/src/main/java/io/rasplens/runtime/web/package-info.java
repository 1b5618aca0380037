/**
 * The engine of the page: what scripts ask for as {@code window.rasplens.run({source, input})}, answered here with the JSON that the
 * command line prints. It reads no files and knows of no browser; {@code web.browser} is what stands between it and JavaScript.
 *
 * <pre>{@code
 * JsonObject answer = new PageEngine().answer("run", PageRequest.of(ImmutableListMultimap.of("source", text, "input", "tabc")));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.web;

import org.jspecify.annotations.NullMarked;
