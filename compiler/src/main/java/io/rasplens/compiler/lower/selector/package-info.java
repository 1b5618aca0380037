/**
 * Selectors to conditions on keys: conjunctions of predicates that exclude each other.
 */
@NullMarked
package io.rasplens.compiler.lower.selector;

import org.jspecify.annotations.NullMarked;
