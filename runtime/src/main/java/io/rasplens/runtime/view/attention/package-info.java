/**
 * Pictures of attention: which keys a head selects, in which shares, and what BOS holds beside them. The keys are those that the
 * program's selector selects, never those that stand out of the pattern: a share of 1e-22 means selected in a head that counts by
 * BOS, and not selected in another. The data is a {@link io.rasplens.runtime.view.attention.AttentionFigure}; drawing comes second.
 *
 * <pre>{@code
 * var keys = new FindSelectedKeys(program, input);
 * var panel = AttentionPanel.of("head 0", "hist: counts keys where …", pattern, keys.of(origin, pattern));
 * Files.writeString(path, AttentionSvg.draw(figure));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.attention;

import org.jspecify.annotations.NullMarked;
