/**
 * How a construction is chosen: rules make offers, and a policy takes one.
 */
@NullMarked
package io.rasplens.compiler.lower.offer;

import org.jspecify.annotations.NullMarked;
