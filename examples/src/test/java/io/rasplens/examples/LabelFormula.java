package io.rasplens.examples;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the text of a residual label says that its direction holds, read as a formula of one s-op and of nothing else: {@code x},
 * {@code x=3}, {@code [x=0] - 1}, {@code 2·x + 1}, {@code (x + 1)²}, {@code x/(x+1)}, {@code 1 where x is 1 or 2}.
 */
final class LabelFormula {
    private static final Pattern INDICATOR = Pattern.compile("x=(.+)");
    private static final Pattern ANY_OF = Pattern.compile("1 where x is (.+)");
    private static final Pattern BRACKET = Pattern.compile("\\[x=(.+)]");
    private static final Pattern FORMULA = Pattern.compile("[x0-9.E()²·/+\\- ]+");

    /** What tells directions of one name apart. */
    private static final Pattern MARKS = Pattern.compile("#\\d+(?=$|[ ²=\\]])| \\((one-hot|number)\\)");

    private final String sop;
    private final String template;

    private LabelFormula(String sop, String template) {
        this.sop = sop;
        this.template = template;
    }

    /** Nothing where the label speaks of none of the s-ops. */
    static Optional<LabelFormula> of(String label, Set<String> sops) {
        return read(label, sops).or(() -> read(MARKS.matcher(label).replaceAll(""), sops));
    }

    private static Optional<LabelFormula> read(String text, Set<String> sops) {
        List<String> longestFirst = sops.stream()
                .filter(text::contains)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String sop : longestFirst) {
            String template = text.replace(sop, "x");
            if (INDICATOR.matcher(template).matches()
                    || ANY_OF.matcher(template).matches()
                    || FORMULA.matcher(BRACKET.matcher(template).replaceAll("1"))
                            .matches()) {
                return Optional.of(new LabelFormula(sop, template));
            }
        }
        return Optional.empty();
    }

    String sop() {
        return sop;
    }

    /** What is held where the s-op has the value; nothing for a formula of what is no number. */
    OptionalDouble at(Value value) {
        Matcher indicator = INDICATOR.matcher(template);
        if (indicator.matches()) {
            return OptionalDouble.of(is(value, indicator.group(1)));
        }
        Matcher anyOf = ANY_OF.matcher(template);
        if (anyOf.matches()) {
            return OptionalDouble.of(Stream.of(anyOf.group(1).split(" or ", -1))
                    .mapToInt(literal -> is(value, literal))
                    .max()
                    .orElse(0));
        }
        Matcher bracket = BRACKET.matcher(template);
        if (bracket.find()) {
            return OptionalDouble.of(new FormulaReader(
                            bracket.replaceFirst(is(value, bracket.group(1)) == 1 ? "1" : "0"), 0)
                    .sum());
        }
        return value.isNumeric()
                ? OptionalDouble.of(new FormulaReader(template, Values.toDouble(value)).sum())
                : OptionalDouble.empty();
    }

    private static int is(Value value, String literal) {
        if (value.repr().equals(literal)) {
            return 1;
        }
        return Values.isNumber(value)
                        && literal.matches("-?[0-9].*")
                        && Math.abs(Values.toDouble(value) - Double.parseDouble(literal)) < 1e-9
                ? 1
                : 0;
    }

    /** Sums of products of powers. */
    private static final class FormulaReader {
        private final String text;
        private final double x;
        private int at;

        FormulaReader(String text, double x) {
            this.text = text.replace(" ", "");
            this.x = x;
        }

        double sum() {
            double sum = product();
            while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                sum += text.charAt(at++) == '+' ? product() : -product();
            }
            return sum;
        }

        private double product() {
            double product = power();
            while (at < text.length() && (text.charAt(at) == '·' || text.charAt(at) == '/')) {
                product = text.charAt(at++) == '·' ? product * power() : product / power();
            }
            return product;
        }

        private double power() {
            double base = atom();
            if (at < text.length() && text.charAt(at) == '²') {
                at++;
                return base * base;
            }
            return base;
        }

        private double atom() {
            char c = text.charAt(at);
            if (c == '-') {
                at++;
                return -power();
            }
            if (c == 'x') {
                at++;
                return x;
            }
            if (c == '(') {
                at++;
                double inside = sum();
                at++;
                return inside;
            }
            int from = at;
            while (at < text.length() && "0123456789.E".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return Double.parseDouble(text.substring(from, at));
        }
    }
}
