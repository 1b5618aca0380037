/**
 * What is known of a program before any of it is written; nothing here knows of residual streams.
 */
@NullMarked
package io.rasplens.compiler.lower.facts;

import org.jspecify.annotations.NullMarked;
