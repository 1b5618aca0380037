/**
 * Which values an s-op can take, at which positions.
 */
@NullMarked
package io.rasplens.compiler.infer;

import org.jspecify.annotations.NullMarked;
