package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.gadget.Ramps;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.Head;
import io.rasplens.compiler.space.HeadKind;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.ScoreTerm;
import io.rasplens.compiler.space.ValueTerm;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes aggregates and selector widths readable: their heads, and for means over a disjunction a division behind them. */
final class LowerAttention {
    private static final int MAX_PATHS = 64;

    private final Lowerer lowerer;
    private final Scores scores;
    private final Map<SOp, Signal> numbers = new LinkedHashMap<>();
    private final Map<SOp, OneHot> oneHots = new LinkedHashMap<>();
    private final Map<SOp, Boolean> oneHotChoice = new HashMap<>();
    private final Map<Selector, ImmutableList<ImmutableList<Predicate>>> paths = new HashMap<>();
    private @Nullable Signal length;

    LowerAttention(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.scores = new Scores(lowerer);
    }

    /**
     * The input's length: the last position scores highest, and tells where it is. BOS, of score 0 and value 0, is one position before
     * the first. Exact in any arithmetic, since one key of weight 1 is read.
     */
    Signal length() {
        if (length == null) {
            Direction out = Direction.number(lowerer.stream().freshName("length"));
            LinearForm key = lowerer.functions().position().form().plus(LinearForm.constant(1));
            double hardness = lowerer.hardness();
            var terms = ImmutableList.of(new ScoreTerm(LinearForm.constant(hardness), key), Scores.bosTerm(0));
            var origin = new Origin("length", "reads the last position", Optional.empty());
            lowerer.stream()
                    .head(
                            0,
                            new Head(
                                    terms,
                                    ImmutableList.of(term(key, out)),
                                    new HeadKind.Mean(hardness, true),
                                    origin));
            length = new Signal(LinearForm.of(out), 1);
        }
        return length;
    }

    /** True if the node stands in the stream as a one-hot; else it is a number, and its one-hot made by whoever needs it. */
    boolean isOneHot(SOp node) {
        Boolean known = oneHotChoice.get(node);
        if (known == null) {
            known = node instanceof SOp.Aggregate aggregate
                    && lowerer.inference().values(node) instanceof ValueSet.Finite
                    && (!lowerer.isNumber(node)
                            || (isCopy(aggregate) && lowerer.functions().isOneHotFree(aggregate.sequence())));
            oneHotChoice.put(node, known);
        }
        return known;
    }

    /**
     * True if a head for the aggregate copies one value. Strings and bools have no mean: where several keys are selected the
     * program fails, so on inputs with an answer one is.
     */
    private boolean isCopy(SOp.Aggregate node) {
        boolean noMean = lowerer.inference().values(node.sequence()) instanceof ValueSet.Finite finite
                && finite.values().stream().allMatch(v -> !v.isNumeric() || v instanceof BoolValue);
        return noMean
                || lowerer.inference().atMostOne(node.selector())
                || (lowerer.inference().copiesEqualValues(node.selector(), node.sequence())
                        && paths(node, node.selector()).size() == 1);
    }

    Signal number(SOp node) {
        Signal known = numbers.get(node);
        if (known == null) {
            known = makeNumber(node);
            numbers.put(node, known);
        }
        return known;
    }

    private Signal makeNumber(SOp node) {
        if (isOneHot(node)) {
            OneHot copied = oneHot(node);
            LinearForm form = LinearForm.ZERO;
            for (Map.Entry<Value, LinearForm> entry : copied.forms().entrySet()) {
                form = form.plus(entry.getValue().times(Lowerer.asNumber(entry.getKey())));
            }
            return new Signal(form, copied.stage());
        }
        if (node instanceof SOp.SelectorWidth width) {
            return sum(width, width.selector(), Signal.constant(1));
        }
        var aggregate = (SOp.Aggregate) node;
        if (!lowerer.inference().values(aggregate.sequence()).isNumeric()) {
            // Numbers alone come of a sequence that may hold strings: nothing is ever selected.
            return Signal.constant(Lowerer.asNumber(aggregate.fallback()));
        }
        return mean(
                aggregate,
                lowerer.functions().number(aggregate.sequence()),
                lowerer.range(aggregate.sequence()),
                Lowerer.asNumber(aggregate.fallback()));
    }

    /**
     * The mean of {@code value} over the keys that the node selects, {@code fallback} where it selects none.
     *
     * @param range least and greatest number that {@code value} can be
     */
    Signal mean(SOp.Aggregate node, Signal value, double[] range, double fallback) {
        var paths = paths(node, node.selector());
        if (paths.size() > 1 && !isCopy(node)) {
            return divide(node, value, range, fallback);
        }
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        LinearForm above = value.form().minus(LinearForm.constant(fallback));
        int stage = selectHeads(node, paths, ImmutableList.of(term(above, out)), value.stage());
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(fallback)), stage);
    }

    /** What has been made readable as a number and not as a one-hot. */
    Map<SOp, Signal> readable() {
        return Maps.filterKeys(numbers, node -> !oneHots.containsKey(node));
    }

    Map<SOp, OneHot> readableOneHots() {
        return oneHots;
    }

    OneHot oneHot(SOp node) {
        OneHot known = oneHots.get(node);
        if (known == null) {
            var aggregate = (SOp.Aggregate) node;
            known = isCopy(aggregate) ? makeOneHot(aggregate) : new MixedMeans(lowerer, aggregate).oneHot();
            oneHots.put(node, known);
        }
        return known;
    }

    /** Copies the sequence's one-hot; where nothing is selected, if that can be, the fallback's direction is left at 1. */
    private OneHot makeOneHot(SOp.Aggregate node) {
        OneHot sequence = lowerer.functions().oneHot(node.sequence());
        String name = lowerer.stream().freshName(lowerer.name(node));
        boolean canBeEmpty = !lowerer.inference().neverEmpty(node.selector());
        LinearForm fallback = canBeEmpty ? LinearForm.of(Direction.oneHot(name, node.fallback())) : LinearForm.ZERO;
        List<ValueTerm> values = new ArrayList<>();
        Set<Value> all = new LinkedHashSet<>(sequence.forms().keySet());
        for (Value value : all) {
            LinearForm output = LinearForm.of(Direction.oneHot(name, value)).minus(fallback);
            if (!output.isZero()) {
                values.add(new ValueTerm(sequence.form(value), output));
            }
        }
        if (canBeEmpty) {
            all.add(node.fallback());
        }
        int stage = selectHeads(node, paths(node, node.selector()), ImmutableList.copyOf(values), sequence.stage());
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (Value value : all) {
            LinearForm form = LinearForm.of(Direction.oneHot(name, value));
            forms.put(value, canBeEmpty && value.equals(node.fallback()) ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), stage);
    }

    private ImmutableList<ImmutableList<Predicate>> paths(SOp node, Selector selector) {
        ImmutableList<ImmutableList<Predicate>> known = paths.get(selector);
        if (known == null) {
            known = SelectorCases.of(selector, lowerer, MAX_PATHS)
                    .orElseThrow(() -> lowerer.refuse(
                            CompileCode.MODEL_TOO_LARGE,
                            node,
                            "selects by a formula of more than " + MAX_PATHS + " cases"));
            paths.put(selector, known);
        }
        return known;
    }

    /** One head per path, all writing to the same directions; BOS, at half a select's score, wins where none is met. */
    private int selectHeads(
            SOp node, ImmutableList<ImmutableList<Predicate>> paths, ImmutableList<ValueTerm> values, int valueStage) {
        int stage = 0;
        boolean copy = node instanceof SOp.Aggregate aggregate && isCopy(aggregate);
        for (ImmutableList<Predicate> path : paths) {
            Optional<Scores.Conjunction> found = scores.conjunction(path, copy, copy && isNeverEmpty(node, paths));
            if (found.isEmpty()) {
                continue;
            }
            Scores.Conjunction conjunction = found.get();
            int block = (Math.max(valueStage, conjunction.stage()) + 1) / 2;
            lowerer.requireHead(node, block);
            var terms = ImmutableList.<ScoreTerm>builder()
                    .addAll(conjunction.terms())
                    .add(Scores.bosTerm(conjunction.bosScore()));
            var kind = new HeadKind.Mean(conjunction.gap(), copy);
            lowerer.stream()
                    .head(block, new Head(terms.build(), values, kind, lowerer.origin(node, describe(path, "reads"))));
            stage = Math.max(stage, 2 * block + 1);
        }
        return stage;
    }

    private boolean isNeverEmpty(SOp node, ImmutableList<ImmutableList<Predicate>> paths) {
        return paths.size() == 1
                && node instanceof SOp.Aggregate aggregate
                && lowerer.inference().neverEmpty(aggregate.selector());
    }

    /** The sum of {@code value} over the selected keys: their width where it is 1. */
    Signal sum(SOp node, Selector selector, Signal value) {
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        int stage = 0;
        for (ImmutableList<Predicate> path : paths(node, selector)) {
            Optional<Scores.Conjunction> found = scores.conjunction(path, false, false);
            if (found.isEmpty()) {
                continue;
            }
            Scores.Conjunction conjunction = found.get();
            int block = (Math.max(value.stage(), conjunction.stage()) + 1) / 2;
            lowerer.requireHead(node, block);
            Origin origin = lowerer.origin(node, describe(path, "counts"));
            sumHead(block, conjunction.terms(), conjunction.count(), term(value.form(), out), origin);
            stage = Math.max(stage, 2 * block + 1);
        }
        return new Signal(LinearForm.of(out), stage);
    }

    /**
     * The sum head: BOS outweighs all keys by {@code e^Λ} and has value 0, so the weighted mean is the sum of the selected values
     * over {@code e^Λ}, up to a relative error of {@code N e^-Λ}.
     */
    private void sumHead(int block, ImmutableList<ScoreTerm> conjunction, int count, ValueTerm value, Origin origin) {
        double lambda = Scores.LAMBDA;
        var terms = ImmutableList.<ScoreTerm>builder()
                .addAll(conjunction)
                .add(Scores.bosTerm(lowerer.hardness() * count + lambda));
        var kind = new HeadKind.Sum(lowerer.hardness(), count, lowerer.hardness(), lambda);
        lowerer.stream().head(block, new Head(terms.build(), ImmutableList.of(value), kind, origin));
    }

    /**
     * Mean over several paths: {@code s / w} is linear in {@code s} for each w, so piecewise linear in {@code s + B w}, which is the sum
     * of {@code value + B}. The pieces for two widths lie more than the greatest sum apart and go on for a quarter of that on either
     * side, so that noise never meets the steep pieces between them. The units are off on the side of the great widths, where the
     * pieces are flat: a great code times the steep slopes of the small widths would round off the last digits.
     */
    private Signal divide(SOp.Aggregate node, Signal value, double[] range, double fallback) {
        int most = lowerer.target().maxLength();
        double spread = Math.max(range[1] - range[0], 1e-3);
        double big = 2 * spread * most + 2;
        double room = (big - spread * most) / 4;
        double[] xs = new double[2 * most + 2];
        double[] ys = new double[2 * most + 2];
        int last = xs.length - 1;
        xs[last - 1] = -room;
        ys[last] = fallback;
        ys[last - 1] = fallback;
        for (int w = 1; w <= most; w++) {
            xs[last - 2 * w] = -(big * w - room);
            ys[last - 2 * w] = range[0] - room / w;
            xs[last - 2 * w - 1] = -(big * w + spread * w + room);
            ys[last - 2 * w - 1] = range[0] + spread + room / w;
        }
        Signal code = sum(node, node.selector(), value.plus(Signal.constant(big - range[0])));
        int block = code.stage() / 2;
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        Origin origin = lowerer.origin(node, "divides the sum by the width");
        lowerer.stream().units(block, Ramps.of(code.form().times(-1), xs, ys, LinearForm.of(out), 1, room, origin));
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(ys[0])), 2 * block + 2);
    }

    private static String describe(List<Predicate> path, String verb) {
        return verb
                + (path.isEmpty()
                        ? " all keys"
                        : " keys where " + path.stream().map(Predicate::words).collect(Collectors.joining(" and ")));
    }

    private static ValueTerm term(LinearForm value, Direction output) {
        return new ValueTerm(value, LinearForm.of(output));
    }
}
