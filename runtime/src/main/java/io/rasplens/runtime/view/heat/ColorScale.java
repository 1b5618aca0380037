package io.rasplens.runtime.view.heat;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Values to colours. Zero is white. Where all values are at least zero the scale runs from white to dark blue; with negative
 * values it is symmetric, from dark red over white to dark blue, so that equal strength has equal depth on both sides.
 *
 * @param limit the greatest absolute value; at least the smallest positive number that keeps the maths defined
 * @param diverging whether there are negative values
 */
public record ColorScale(double limit, boolean diverging) {
    private static final int[][] BLUES = {
        {255, 255, 255}, {198, 219, 239}, {107, 174, 214}, {33, 113, 181}, {8, 48, 107}
    };
    private static final int[][] REDS = {{255, 255, 255}, {252, 187, 161}, {251, 106, 74}, {203, 24, 29}, {103, 0, 13}};
    /** What NaN and the minus infinity of a masked score get: a grey that no value has. */
    static final int MASKED = 0xdddddd;

    static ColorScale covering(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        double greatest = DoubleStream.of(finite).map(Math::abs).max().orElse(0);
        // What is left blank has no sign either.
        boolean negative = DoubleStream.of(finite).anyMatch(v -> v <= -greatest / 100 && v < 0);
        return new ColorScale(greatest == 0 ? 1 : greatest, negative);
    }

    /** What is less than a hundredth of the limit is left blank: it would only be noise to the eye. */
    public boolean isBlank(double value) {
        return Double.isFinite(value) && Math.abs(value) < limit / 100;
    }

    /** The least value that the legend shows. */
    public double low() {
        return diverging ? -limit : 0;
    }

    /** Strength from -1 to 1; values out of range are clipped. */
    public double strength(double value) {
        return Math.max(-1, Math.min(1, value / limit));
    }

    /** {@code 0xRRGGBB}. */
    public int rgb(double value) {
        if (!Double.isFinite(value)) {
            return MASKED;
        }
        double strength = strength(value);
        int[][] stops = strength < 0 ? REDS : BLUES;
        double place = Math.abs(strength) * (stops.length - 1);
        int below = Math.min((int) place, stops.length - 2);
        double part = place - below;
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            long mixed = Math.round(stops[below][channel] + part * (stops[below + 1][channel] - stops[below][channel]));
            rgb = rgb << 8 | (int) mixed;
        }
        return rgb;
    }

    /** {@code #rrggbb}. */
    public String hex(double value) {
        return String.format(Locale.ROOT, "#%06x", rgb(value));
    }
}
