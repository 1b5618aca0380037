package io.rasplens.compiler.model.part;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.grammar.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;

/** Puts what a dimension holds into words and formulas. */
final class HoldsWords {
    private static final MathContext DIGITS = new MathContext(6);

    /** Longer lists are cut. */
    private static final int MOST = 8;

    private HoldsWords() {}

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return Math.abs(rounded.precision() - rounded.scale()) > 9 ? rounded.toString() : rounded.toPlainString();
    }

    static String of(Holds.Indicator indicator) {
        String values = indicator.values().stream().limit(MOST).map(Value::repr).collect(Collectors.joining(" or "))
                + (indicator.values().size() > MOST ? " or …" : "");
        double on = indicator.scale() + indicator.offset();
        return number(on) + " where " + indicator.name() + " is " + values
                + (indicator.offset() == 0 ? "" : ", " + number(indicator.offset()) + " elsewhere");
    }

    static String of(Holds.PowersOf polynomial) {
        return formula(polynomial) + within(polynomial.within());
    }

    private static String within(double within) {
        return within == 0 ? "" : ", to " + number(within);
    }

    private static String formula(Holds.PowersOf polynomial) {
        ImmutableDoubleArray c = polynomial.coefficients();
        String x = polynomial.name();
        if (c.length() == 3 && c.get(2) != 0) {
            double centre = -c.get(1) / (2 * c.get(2));
            if (Math.abs(c.get(0) - c.get(2) * centre * centre) <= 1e-12 * Math.max(1, Math.abs(c.get(0)))) {
                String base = centre == 0 ? x : "(" + x + shift(-centre) + ")";
                return factor(c.get(2)) + base + "²";
            }
        }
        var out = new StringBuilder();
        for (int power = c.length() - 1; power >= 0; power--) {
            if (c.get(power) == 0) {
                continue;
            }
            String name = power == 0 ? "" : power == 1 ? x : x + "²";
            double size = out.isEmpty() ? c.get(power) : Math.abs(c.get(power));
            out.append(out.isEmpty() ? "" : c.get(power) < 0 ? " - " : " + ")
                    .append(power == 0 ? number(size) : factor(size) + name);
        }
        return out.isEmpty() ? "0" : out.toString();
    }

    static String of(Holds.ShareOf share) {
        String count = "n/(n + " + number(share.bosWeight()) + ")";
        return factor(share.scale() * share.bosWeight()) + count + (share.offset() == 0 ? "" : shift(share.offset()))
                + " for n = " + share.name() + within(share.within());
    }

    static String of(Holds.Coded coded) {
        var out = new StringBuilder();
        for (int i = 0; i < Math.min(MOST, coded.values().size()); i++) {
            out.append(i == 0 ? "" : ", ")
                    .append(number(coded.numbers().get(i)))
                    .append(" where ")
                    .append(coded.name())
                    .append(" is ")
                    .append(coded.values().get(i).repr());
        }
        return out + (coded.values().size() > MOST ? ", …" : "");
    }

    static String of(Holds.Rest rest) {
        String all = rest.scale() == 1 ? "" : " times " + number(1 / rest.scale());
        return rest.name() + ", less what other dimensions hold of it" + all;
    }

    private static String shift(double by) {
        return (by < 0 ? " - " : " + ") + number(Math.abs(by));
    }

    private static String factor(double factor) {
        return factor == 1 ? "" : factor == -1 ? "-" : number(factor) + "·";
    }
}
