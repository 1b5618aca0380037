package io.rasplens.compiler.model.part;

/**
 * Which keys a head selects on an input, told by its attention scores ({@code hook_attn_scores}, BOS left out). Scores are what the head
 * was built with, so this holds exactly, on any input and for any edit; what a pattern shows depends on how much is left to BOS.
 */
public sealed interface SelectedKeys {

    /**
     * Keys whose score is at least that.
     *
     * @param score half a step below what a selected key has
     */
    record AtLeast(double score) implements SelectedKeys {}

    /**
     * The keys of the greatest score.
     *
     * @param gap others are at least that far below
     */
    record Greatest(double gap) implements SelectedKeys {}
}
