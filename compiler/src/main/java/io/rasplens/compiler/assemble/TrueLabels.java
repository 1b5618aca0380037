package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.Holds;
import java.util.Optional;

/**
 * Makes labels say what the numbers are. A direction is named after the s-op that it was made for; what stands there may be more by
 * one, negated, or a square that is not about 0, and then its label says so.
 */
final class TrueLabels {
    /** How a helper begins that is on for more than its label names. */
    private static final String COUNTS = "1 where ";

    private TrueLabels() {}

    /** @param anatomy what the directions hold; without it labels stay as they are */
    static ImmutableList<ResidualLabel> of(ImmutableList<ResidualLabel> labels, Optional<Anatomy> anatomy) {
        if (anatomy.isEmpty()) {
            return labels;
        }
        ImmutableList.Builder<ResidualLabel> out = ImmutableList.builderWithExpectedSize(labels.size());
        for (int d = 0; d < labels.size(); d++) {
            Holds holds = anatomy.get().directions().get(d);
            out.add(of(inFull(labels.get(d), holds), holds));
        }
        return out.build();
    }

    /** One of several bindings of a name is told from the last one, which the name alone means. */
    private static ResidualLabel inFull(ResidualLabel label, Holds holds) {
        return holds.sop()
                .filter(sop -> sop.startsWith(label.sop() + "@"))
                .map(sop -> new ResidualLabel(sop, label.value()))
                .orElse(label);
    }

    private static ResidualLabel of(ResidualLabel label, Holds holds) {
        if (holds instanceof Holds.Indicator indicator && label.value().isPresent()) {
            return of(label, indicator);
        }
        if (holds instanceof Holds.PowersOf powers) {
            return of(label, powers);
        }
        return holds instanceof Holds.Helper helper && helper.what().startsWith(COUNTS) ? inWords(holds) : label;
    }

    private static ResidualLabel of(ResidualLabel label, Holds.Indicator indicator) {
        if (indicator.values().size() > 1) {
            return inWords(indicator);
        }
        boolean isNamed =
                indicator.values().equals(ImmutableList.of(label.value().orElseThrow()));
        return new ResidualLabel(
                isNamed ? label.sop() : indicator.name(),
                Optional.of(indicator.values().get(0)),
                indicator.scale(),
                indicator.offset());
    }

    private static ResidualLabel of(ResidualLabel label, Holds.PowersOf powers) {
        boolean isLine = powers.isLinear() && powers.coefficients().get(1) != 0;
        if (isLine && withoutMarks(label.sop()).equals(powers.name())) {
            return new ResidualLabel(
                    label.sop(),
                    label.value(),
                    powers.coefficients().get(1),
                    powers.coefficients().get(0));
        }
        boolean isSquare = powers.coefficients().length() == 3;
        return isSquare || (isLine && !isPlain(powers)) ? inWords(powers) : label;
    }

    private static String withoutMarks(String label) {
        return withoutNumber(label).replace(" (one-hot)", "").replace(" (number)", "");
    }

    /** Without the {@code #2} at its end that tells it from others of its name. */
    static String withoutNumber(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
            end--;
        }
        boolean isNumbered = end < name.length() && end > 0 && name.charAt(end - 1) == '#';
        return isNumbered ? name.substring(0, end - 1) : name;
    }

    private static boolean isPlain(Holds.PowersOf powers) {
        return powers.coefficients().get(0) == 0 && powers.coefficients().get(1) == 1;
    }

    private static ResidualLabel inWords(Holds holds) {
        return new ResidualLabel(holds.words(), Optional.empty());
    }
}
