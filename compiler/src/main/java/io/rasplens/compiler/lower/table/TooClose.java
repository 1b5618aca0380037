package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Figures;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says of a function that can't be computed which two of the numbers it depends on are too close together. */
final class TooClose {
    private final Facts facts;
    private final VariableReadings variables;
    private final Codes codes;

    TooClose(Facts facts, VariableReadings variables, Codes codes) {
        this.facts = facts;
        this.variables = variables;
        this.codes = codes;
    }

    /** @param tables none of which there is a way for */
    Refusal refuse(SOp sop, List<JointTable> tables, Purpose purpose) {
        for (JointTable table : tables) {
            Optional<Refusal> refusal = rounded(sop, table).or(() -> collision(sop, table, purpose));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        JointTable table = tables.get(0);
        return facts.refuse(
                CompileCode.TOO_MANY_VALUES,
                sop,
                "tells " + JointTable.combinations(table.variables())
                        + " combinations of values apart in more than the " + TableCases.MAX_PATHS
                        + " cases that are tried");
    }

    private List<Integer> coded(JointTable table) {
        return all(table)
                .filter(v -> !variables.isOneHot(table.variables().get(v)))
                .boxed()
                .toList();
    }

    private static IntStream all(JointTable table) {
        return IntStream.range(0, table.variables().size());
    }

    private Optional<Refusal> rounded(SOp sop, JointTable table) {
        return coded(table).stream()
                .map(table.variables()::get)
                .filter(codes::isRounded)
                .map(Variable.Computed.class::cast)
                .map(Variable.Computed::sop)
                .findFirst()
                .map(number -> facts.refuseTooClose(
                        sop,
                        String.format(
                                Locale.ROOT,
                                "depends on which number %s is, which the program itself rounds by up to %s; the limit"
                                        + " is %s",
                                DescribeNode.name(facts.program(), number),
                                Figures.scientific(facts.rounding(number)),
                                Figures.scientific(codes.mostRounding(number)))));
    }

    /** Two combinations that have different results and one place. */
    private Optional<Refusal> collision(SOp sop, JointTable table, Purpose purpose) {
        List<Coding> found = codes.of(sop, table, coded(table));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        // The last is a code that tells all combinations apart, but for rounding.
        double[] numbers = found.get(found.size() - 1).numbers();
        return NumberedCells.of(table, numbers, purpose)
                .collision(tested(table), numbers)
                .map(cells -> facts.refuseTooClose(sop, words(sop, table, numbers, cells)));
    }

    private List<Integer> tested(JointTable table) {
        List<Integer> coded = coded(table);
        return all(table).filter(v -> !coded.contains(v)).boxed().toList();
    }

    private String words(SOp sop, JointTable table, double[] numbers, NumberedCells.Collision cells) {
        int one = cells.one();
        int other = cells.other();
        List<Integer> differing = all(table)
                .filter(v -> table.coordinate(one, v) != table.coordinate(other, v))
                .boxed()
                .toList();
        String results = table.variables().stream().anyMatch(v -> v instanceof Variable.Computed c && c.sop() == sop)
                ? "can be " + shown(table, one) + " or " + shown(table, other) + ": "
                : "is " + shown(table, one) + " where " + at(table, one, differing) + ", and " + shown(table, other)
                        + " where " + at(table, other, differing) + ": ";
        double apart = Math.abs(numbers[one] - numbers[other]);
        if (apart == 0) {
            boolean byKind =
                    differing.stream().allMatch(v -> value(table, one, v).raspEquals(value(table, other, v)));
            return results
                    + (byKind
                            ? "one number, which a transformer holds without its kind"
                            : "one number, as far as a transformer keeps digits");
        }
        if (differing.size() > 1) {
            return results + "in the number that stands for both " + DescribeNode.distance(apart, cells.tolerance());
        }
        double own = Math.abs(number(table, one, differing.get(0)) - number(table, other, differing.get(0)));
        return results + DescribeNode.distance(own, cells.tolerance() * own / apart);
    }

    private static String shown(JointTable table, int cell) {
        return table.value(cell).map(Value::repr).orElse("undefined");
    }

    private String at(JointTable table, int cell, List<Integer> differing) {
        return String.join(
                " and ",
                differing.stream()
                        .map(v -> name(table.variables().get(v)) + " is "
                                + value(table, cell, v).repr())
                        .toList());
    }

    private static Value value(JointTable table, int cell, int variable) {
        return table.variables().get(variable).domain().get(table.coordinate(cell, variable));
    }

    private static double number(JointTable table, int cell, int variable) {
        return Values.asNumber(value(table, cell, variable));
    }

    private String name(Variable variable) {
        return variable instanceof Variable.Computed computed
                ? DescribeNode.name(facts.program(), computed.sop())
                : variable instanceof Variable.Length
                        ? "length"
                        : variable instanceof Variable.Index ? "indices" : "tokens";
    }
}
