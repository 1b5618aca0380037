/**
 * Pictures of attention: which keys a head selects, in which shares, and what BOS holds beside them. The keys are those that the
 * compiler says the head selects, never those that stand out of the pattern: a share of 1e-22 means selected in a head that counts by
 * BOS, and not selected in another. The data is a {@link io.rasplens.runtime.view.attention.AttentionFigure}; drawing comes second.
 *
 * <pre>{@code
 * FindSelectedKeys keys = FindSelectedKeys.in(run.cache());
 * var panel = new AttentionPanel("head 0", "hist: counts keys where …", pattern, keys.of(0, 0));
 * Files.writeString(path, AttentionSvg.draw(figure));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.attention;

import org.jspecify.annotations.NullMarked;
