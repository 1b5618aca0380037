/**
 * Graph to graph: rules by which a program is written so that attention computes it with less. The graph is verified after each, and
 * a rule that breaks it is named.
 *
 * <pre>{@code
 * CompileTarget rewritten = RewriteGraph.rewrite(target, RewriteGraph.RULES);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.rewrite;

import org.jspecify.annotations.NullMarked;
