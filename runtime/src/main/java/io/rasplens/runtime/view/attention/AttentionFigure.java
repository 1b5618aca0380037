package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;

/**
 * Heads side by side.
 *
 * @param title the activation's name
 * @param subtitle the input
 * @param tokens one for each position, as it is to be shown
 * @param hasBos whether the model has a BOS, whose share is shown apart
 */
public record AttentionFigure(
        String title,
        String subtitle,
        ImmutableList<String> tokens,
        boolean hasBos,
        ImmutableList<AttentionPanel> panels) {

    /** Whether some head is shown by its pattern alone. */
    boolean isPartlyUnknown() {
        return panels.stream().anyMatch(panel -> panel.selected().isEmpty());
    }

    /** What the numbers in the cells are. */
    String legend() {
        String cells = isPartlyUnknown()
                ? "the key's share of all attention, in %; where the head's selector is known, of that on selected keys"
                : "the key's share of the attention on selected keys, in %";
        return "rows: queries; columns: keys; a cell: " + cells + (hasBos ? "; BOS: its share of all attention" : "");
    }

    /** {@code 33}, {@code <1}, {@code 100}, {@code NaN}. */
    static String percent(double share) {
        if (Double.isNaN(share)) {
            return "NaN";
        }
        double percent = share * 100;
        if (percent > 0 && percent < 0.5) {
            return "<1";
        }
        return percent < 100 && percent >= 99.5 ? ">99" : Long.toString(Math.round(percent));
    }
}
