/**
 * Named directions of the residual stream and linear maps between them.
 */
@NullMarked
package io.rasplens.compiler.space;

import org.jspecify.annotations.NullMarked;
