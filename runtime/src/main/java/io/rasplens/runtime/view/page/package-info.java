/**
 * The self-contained page: the engine as JavaScript, examples and lessons in one HTML text that works without server and network. The
 * build makes it (see {@code src/browser}); here a program is put into it.
 *
 * <pre>{@code
 * String html = PageHtml.of(Optional.of(PageProgram.of(model.program().orElseThrow(), Optional.empty()))).orElseThrow();
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.page;

import org.jspecify.annotations.NullMarked;
