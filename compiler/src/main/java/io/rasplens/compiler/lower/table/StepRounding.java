package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.Values;

/**
 * Whether steps tell the points of a function apart, and their rounding does no harm. A step of gap g at a number of size M is the difference of two units of size
 * 2 M / g; right of it, some ulps of that remain, times the change that it makes.
 */
final class StepRounding {
    /** Rounding of a one-hot's step; in a score it counts a hundredfold, against a margin of 50. */
    private static final double ROUNDED_STEP = 1e-7;

    /** Rounding that a number's steps may leave, relative to its size; half of what is promised. */
    private static final double ROUNDED_NUMBER = Precision.PROMISED / 2;

    private final JointTable table;
    private final double[] points;
    private final double blur;
    private final Purpose purpose;

    /** @param blur how far the number may be from one of the points */
    StepRounding(JointTable table, double[] points, double blur, Purpose purpose) {
        this.table = table;
        this.points = points;
        this.blur = blur;
        this.purpose = purpose;
    }

    boolean isHarmless(CaseTree tree, int[] plain) {
        if (points.length == 0) {
            return true;
        }
        return tree.paths().stream()
                .allMatch(path -> isHarmless(
                        plain, CaseTree.like(plain, path.row()), path.tests().size()));
    }

    private boolean isHarmless(int[] plain, int[] row, int tests) {
        double range = points[points.length - 1] - points[0];
        double size = Math.max(Math.abs(points[0]), Math.abs(points[points.length - 1])) + tests * range;
        double left = 0;
        for (int k = 1; k < points.length; k++) {
            if (row[k] == row[k - 1] && plain[k] == plain[k - 1]) {
                continue;
            }
            if (blur > (points[k] - points[k - 1]) / 4) {
                // It gets through the step.
                return false;
            }
            double rounding = 2 * Math.ulp(2 * size / (points[k] - points[k - 1]));
            if (purpose == Purpose.VALUES) {
                if (rounding > ROUNDED_STEP) {
                    return false;
                }
            } else {
                left += rounding * (jump(plain, k) + jump(row, k));
                if (left > ROUNDED_NUMBER * Math.max(1, Math.abs(number(row[k])))) {
                    return false;
                }
            }
        }
        return true;
    }

    private double jump(int[] row, int k) {
        return Math.abs(number(row[k]) - number(row[k - 1]));
    }

    private double number(int value) {
        return Values.asNumber(table.values().get(value));
    }
}
