/**
 * Program graph to transformer blocks over named directions.
 */
@NullMarked
package io.rasplens.compiler.lower;

import org.jspecify.annotations.NullMarked;
