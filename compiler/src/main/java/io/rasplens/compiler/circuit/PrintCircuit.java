package io.rasplens.compiler.circuit;

import java.util.Locale;

/** A circuit as text, one line per head term and hidden unit, in the order of the forward pass. */
public final class PrintCircuit {
    private final StringBuilder out = new StringBuilder();

    private PrintCircuit() {}

    public static String print(Circuit circuit) {
        var print = new PrintCircuit();
        print.embedding(circuit);
        for (int b = 0; b < circuit.blocks().size(); b++) {
            print.line(0, "block " + b);
            circuit.blocks().get(b).heads().forEach(print::head);
            circuit.blocks().get(b).groups().forEach(print::group);
        }
        print.line(0, "logits");
        circuit.logits().forEach(form -> print.line(1, form.toString()));
        circuit.readouts()
                .forEach(readout -> print.line(0, "readout " + readout.sop() + " at stage " + readout.stage()));
        return print.out.toString();
    }

    private void embedding(Circuit circuit) {
        line(0, "embedding" + (circuit.causal() ? ", causal" : ""));
        line(1, "BOS: " + LinearForm.of(Direction.BOS));
        circuit.tokens().forEach((token, form) -> line(1, token.repr() + ": " + form));
        for (int i = 0; i < circuit.positions().size(); i++) {
            line(1, "position " + i + ": " + circuit.positions().get(i));
        }
    }

    private void head(Head head) {
        line(1, "head: " + head.origin().sop() + " " + head.origin().description() + " (" + kind(head.kind()) + ")");
        head.terms().forEach(term -> line(2, "score (" + term.query() + ") * (" + term.key() + ")"));
        head.values().forEach(value -> line(2, "value (" + value.value() + ") -> " + value.output()));
    }

    private static String kind(HeadKind kind) {
        if (kind instanceof HeadKind.Sum sum) {
            return String.format(Locale.ROOT, "sum, gap %.0f, BOS e^%.0f above", sum.gap(), sum.lambda());
        }
        if (kind instanceof HeadKind.Part part) {
            return String.format(Locale.ROOT, "part of a mean, gap %.0f", part.gap());
        }
        if (kind instanceof HeadKind.Count count) {
            return String.format(Locale.ROOT, "count, gap %.0f, BOS %.3g times a key", count.gap(), count.bosWeight());
        }
        var mean = (HeadKind.Mean) kind;
        return String.format(
                Locale.ROOT, "%s, gap %.0f", mean.selected() == HeadKind.Keys.ANY ? "mean" : "copy", mean.gap());
    }

    private void group(UnitGroup group) {
        line(
                1,
                group.units().size() + " units: " + group.origin().sop() + " "
                        + group.origin().description() + " (" + construction(group.construction()) + ")");
        group.units().forEach(unit -> line(2, "relu(" + unit.input() + ") -> " + unit.output()));
    }

    private static String construction(Construction construction) {
        if (construction instanceof Construction.Staircase staircase) {
            return staircase.steps().size() + " saturating steps";
        }
        if (construction instanceof Construction.Polyline) {
            return "piecewise linear";
        }
        if (construction instanceof Construction.BothSigns) {
            return "both signs of a number";
        }
        return construction instanceof Construction.Cases ? "one case at a time" : "plain relus";
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }
}
