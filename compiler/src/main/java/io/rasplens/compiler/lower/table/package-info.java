/**
 * Functions of what can be listed, by cases: decision diagrams over one-hots, steps of one number that codes the rest.
 */
@NullMarked
package io.rasplens.compiler.lower.table;

import org.jspecify.annotations.NullMarked;
