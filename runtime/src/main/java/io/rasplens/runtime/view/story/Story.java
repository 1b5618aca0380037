package io.rasplens.runtime.view.story;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.attention.AttentionPanel;
import java.util.Optional;

/**
 * A run, stage by stage in the order of the computation.
 *
 * @param tokens one for each position, as it is to be shown
 */
public record Story(ImmutableList<String> tokens, boolean hasBos, ImmutableList<StoryStep> steps) {

    /**
     * A stage.
     *
     * @param title {@code layer 0, head 1}
     * @param what what the part does, in general; may be empty
     * @param sentences what it does here, position by position
     * @param attention where a head looks
     * @param values what stands there now
     */
    public record StoryStep(
            String title,
            String what,
            ImmutableList<String> sentences,
            Optional<AttentionPanel> attention,
            ImmutableList<StoryRow> values) {}

    /** Values of an s-op, one for each position. */
    public record StoryRow(String name, ImmutableList<Value> values) {}
}
