/**
 * The forward pass as the paper has it: embedding, blocks of attention and MLP, unembedding, each adding to the residual stream. What a
 * pass is asked for (where it starts, what it keeps, which hooks look) is a {@link io.rasplens.runtime.transformer.forward.RunPlan}. Only
 * {@code transformer} and its backward pass see this package.
 *
 * <pre>{@code
 * var run = new ForwardRun(config, tokens, 0, lanes, plan, scratch, StreamWatch.NOBODY);
 * double[] logits = new ForwardPass(config, weights).apply(run, RunStart.AT_EMBEDDING, 0);
 * ImmutableMap<HookName, Tensor> kept = run.kept();
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.transformer.forward;

import org.jspecify.annotations.NullMarked;
