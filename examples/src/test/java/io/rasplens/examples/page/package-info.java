/** The page in a real browser: everything here drives Chromium by its driver, and is skipped, with a word, where there is none. */
@NullMarked
package io.rasplens.examples.page;

import org.jspecify.annotations.NullMarked;
