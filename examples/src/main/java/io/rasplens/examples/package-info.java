/** Rasplens used from Java. Nothing depends on it. */
@NullMarked
package io.rasplens.examples;

import org.jspecify.annotations.NullMarked;
