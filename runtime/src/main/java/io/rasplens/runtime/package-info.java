/** The hooked transformer and everything that looks into it. */
@NullMarked
package io.rasplens.runtime;

import org.jspecify.annotations.NullMarked;
