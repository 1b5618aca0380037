package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sees s-ops in the stream through what they are computed from. Two kinds follow exactly: a function of one s-op that stands there as
 * a one-hot is a sum of some of its directions, and a sum of numbers that stand there is a sum of theirs.
 */
final class DeriveViews {
    /** More listed values than this are not combined with others; the number is then read as it is. */
    private static final int MOST_VALUES = 4_096;

    /** Values by source that are worth remembering. */
    private static final long MOST_CELLS = 2_000_000;

    /**
     * An s-op as a function of one that stands in the stream as a one-hot.
     *
     * @param values for each of the source's values, empty where the program fails on it
     */
    private record OfSource(SOp source, ImmutableList<Optional<Value>> values) {}

    private final Map<SOp, StreamView> views = new HashMap<>();
    private final Map<SOp, OfSource> functions = new HashMap<>();
    private long cells;

    DeriveViews(Map<SOp, StreamView> known) {
        known.forEach((sop, view) -> {
            views.put(sop, view);
            if (view instanceof StreamView.OneHotView oneHot) {
                functions.put(
                        sop,
                        new OfSource(
                                sop,
                                oneHot.forms().keySet().stream()
                                        .map(Optional::of)
                                        .collect(ImmutableList.toImmutableList())));
            }
        });
    }

    /** The s-op's view; those of its arguments must have been asked for before. */
    Optional<StreamView> view(SOp sop) {
        StreamView known = views.get(sop);
        if (known != null || !(sop instanceof SOp.Elementwise elementwise)) {
            return Optional.ofNullable(known);
        }
        Optional<StreamView> derived = ofOneSource(elementwise).or(() -> sum(elementwise));
        derived.ifPresent(view -> views.put(sop, view));
        return derived;
    }

    private Optional<StreamView> ofOneSource(SOp.Elementwise sop) {
        List<SOp> varying = sop.arguments().stream()
                .filter(argument -> !(argument instanceof SOp.Constant))
                .toList();
        List<OfSource> arguments =
                varying.stream().map(functions::get).filter(Objects::nonNull).toList();
        if (varying.isEmpty()
                || arguments.size() < varying.size()
                || arguments.stream().map(OfSource::source).distinct().count() > 1) {
            return Optional.empty();
        }
        SOp source = arguments.get(0).source();
        ImmutableMap<Value, AffineForm> sourceForms =
                ((StreamView.OneHotView) Objects.requireNonNull(views.get(source))).forms();
        cells += sourceForms.size();
        if (cells > MOST_CELLS) {
            return Optional.empty();
        }
        Map<Value, AffineForm> forms = new LinkedHashMap<>();
        ImmutableList.Builder<Optional<Value>> values = ImmutableList.builder();
        for (int row = 0; row < sourceForms.size(); row++) {
            Optional<Value> value = value(sop, row);
            AffineForm form = sourceForms.values().asList().get(row);
            value.ifPresent(v -> forms.merge(v, form, AffineForm::plus));
            values.add(value);
        }
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        functions.put(sop, new OfSource(source, values.build()));
        return Optional.of(new StreamView.OneHotView(
                Objects.requireNonNull(views.get(source)).point(), ImmutableMap.copyOf(forms)));
    }

    /** The s-op where its source has its value of that number; empty where the program fails. */
    private Optional<Value> value(SOp.Elementwise sop, int row) {
        ImmutableList.Builder<Value> arguments = ImmutableList.builder();
        for (SOp argument : sop.arguments()) {
            if (argument instanceof SOp.Constant constant) {
                arguments.add(constant.value());
                continue;
            }
            Optional<Value> value =
                    Objects.requireNonNull(functions.get(argument)).values().get(row);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(value.get());
        }
        return Attempt.of(() -> Operators.apply(sop.operator(), arguments.build()));
    }

    /** A sum, a difference, a negation or a multiple of numbers that stand in the stream. */
    private Optional<StreamView> sum(SOp.Elementwise sop) {
        List<SOp> arguments = sop.arguments();
        Operator operator = sop.operator();
        if (operator instanceof Operator.Unary unary && unary.kind() == Operator.UnaryKind.NEGATE) {
            return number(arguments.get(0))
                    .map(a -> new StreamView.OneNumberView(
                            a.point(),
                            a.form().times(-1),
                            combined(a.values(), a.values(), (x, y) -> Operators.unary(unary.kind(), x))));
        }
        if (!(operator instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        Optional<StreamView.OneNumberView> left = number(arguments.get(0));
        Optional<StreamView.OneNumberView> right = number(arguments.get(1));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        AffineForm a = left.get().form();
        AffineForm b = right.get().form();
        Optional<AffineForm> form = switch (binary.kind()) {
            case PLUS -> Optional.of(a.plus(b));
            case MINUS -> Optional.of(a.plus(b.times(-1)));
            case TIMES ->
                a.weights().isEmpty()
                        ? Optional.of(b.times(a.constant()))
                        : b.weights().isEmpty() ? Optional.of(a.times(b.constant())) : Optional.empty();
            case DIVIDE ->
                b.weights().isEmpty() && b.constant() != 0 ? Optional.of(a.times(1 / b.constant())) : Optional.empty();
            default -> Optional.empty();
        };
        StreamPoint point = left.get().point().compareTo(right.get().point()) > 0
                ? left.get().point()
                : right.get().point();
        return form.filter(f -> !f.weights().isEmpty())
                .map(f -> new StreamView.OneNumberView(
                        point,
                        f,
                        combined(
                                left.get().values(),
                                right.get().values(),
                                (x, y) -> Operators.binary(binary.kind(), x, y))));
    }

    private Optional<StreamView.OneNumberView> number(SOp sop) {
        if (sop instanceof SOp.Constant constant) {
            return Values.isNumber(constant.value())
                    ? Optional.of(new StreamView.OneNumberView(
                            StreamPoint.EMBEDDING,
                            AffineForm.constant(Values.toDouble(constant.value())),
                            ImmutableList.of(constant.value())))
                    : Optional.empty();
        }
        return Optional.ofNullable(views.get(sop)).flatMap(StreamView::number);
    }

    private interface Combination {
        Value of(Value left, Value right) throws EvaluationException;
    }

    /** All that the combination can be, ascending; empty where it isn't listed, or there is too much of it. */
    private static ImmutableList<Value> combined(List<Value> left, List<Value> right, Combination combination) {
        if ((long) left.size() * right.size() > MOST_VALUES * 4L) {
            return ImmutableList.of();
        }
        Set<Value> met = new LinkedHashSet<>();
        for (Value a : left) {
            for (Value b : right) {
                // A pair that the program fails on is no value.
                Attempt.of(() -> combination.of(a, b)).ifPresent(met::add);
            }
        }
        Map<Double, Value> values = new TreeMap<>();
        met.forEach(value -> values.putIfAbsent(Values.toDouble(value), value));
        return values.size() > MOST_VALUES ? ImmutableList.of() : ImmutableList.copyOf(values.values());
    }
}
