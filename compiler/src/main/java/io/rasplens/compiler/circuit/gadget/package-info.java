/**
 * One file per construction, each with its maths, its margin and where it is from. It sees circuits alone; lowerings and the rules that
 * rewrite for them use it.
 *
 * <pre>{@code
 * KeyScores scores = KeyScores.againstBos(terms, parts, KeyScores.HARDNESS);
 * Head head = SelectHead.of(scores, values, HeadKind.Keys.ANY, origin);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.circuit.gadget;

import org.jspecify.annotations.NullMarked;
