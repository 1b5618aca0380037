/**
 * The hooked transformer and everything that looks into it. At the root lie only the errors that all of its packages share.
 */
@NullMarked
package io.rasplens.runtime;

import org.jspecify.annotations.NullMarked;
