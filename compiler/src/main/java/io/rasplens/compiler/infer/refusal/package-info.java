/**
 * What a refusal says: the codes of what the compiler cannot do, and what the nodes of a program are called in its sentences.
 * Every room that refuses reads it; it sees only {@code compiler.program} and {@code compiler.interpret}.
 *
 * <pre>{@code
 * Diagnostic refused = DescribeNode.at(program, node, CompileCode.TOO_MANY_VALUES, "too many to list", "shorten the input");
 * String called = DescribeNode.name(program, node); // for example: sum of line 3
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.infer.refusal;

import org.jspecify.annotations.NullMarked;
