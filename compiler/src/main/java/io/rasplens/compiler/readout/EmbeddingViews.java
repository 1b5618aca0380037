package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejml.data.DMatrixSparseCSC;

/**
 * Tokens and positions as the embedding writes them, found in the weights: a dimension that only tokens write is a function of the
 * token, one that only positions write is a function of the position.
 */
final class EmbeddingViews {
    private static final double EXACT = 1e-12;

    /** What a row of the table stands for, by row. */
    private final ImmutableMap<Integer, Value> rows;

    private final Map<Integer, Map<Integer, Double>> columns = new LinkedHashMap<>();

    private EmbeddingViews(WeightMatrix table, WeightMatrix other, ImmutableMap<Integer, Value> rows) {
        this.rows = rows;
        DMatrixSparseCSC entries = table.csc();
        DMatrixSparseCSC others = other.csc();
        for (int d = 0; d < table.columns(); d++) {
            if (others.col_idx[d] < others.col_idx[d + 1]) {
                continue;
            }
            var column = new TreeMap<Integer, Double>();
            for (int i = entries.col_idx[d]; i < entries.col_idx[d + 1]; i++) {
                if (rows.containsKey(entries.nz_rows[i])) {
                    column.put(entries.nz_rows[i], entries.nz_values[i]);
                }
            }
            if (!column.isEmpty()) {
                columns.put(d, column);
            }
        }
    }

    /** The view of a base s-op, where the embedding has one. */
    static Optional<StreamView> of(SOp base, CompiledModel model) {
        WeightMatrix embed = model.weights().embed();
        WeightMatrix positions = model.weights().posEmbed();
        if (base instanceof SOp.Indices) {
            ImmutableMap.Builder<Integer, Value> rows = ImmutableMap.builder();
            for (int row = 1; row < positions.rows(); row++) {
                rows.put(row, Value.of(row - 1));
            }
            return new EmbeddingViews(positions, embed, rows.buildOrThrow()).view();
        }
        if (base instanceof SOp.Tokens tokens && model.encoder().isPresent()) {
            TokenEncoder encoder = model.encoder().get();
            ImmutableMap.Builder<Integer, Value> rows = ImmutableMap.builder();
            for (int id = 0; id < encoder.vocabulary().size(); id++) {
                if (!encoder.isSpecial(id)) {
                    int row = id;
                    Value token = encoder.vocabulary().get(id);
                    // Where the program fails on a token any reading will do.
                    Attempt.of(() -> Operators.convert(tokens.conversion(), token))
                            .ifPresent(value -> rows.put(row, value));
                }
            }
            return new EmbeddingViews(embed, positions, rows.buildOrThrow()).view();
        }
        return Optional.empty();
    }

    private Optional<StreamView> view() {
        Optional<StreamView> oneHot = oneHot();
        return oneHot.isPresent() ? oneHot : number();
    }

    /** A dimension for each value; one value may lack its own, and is what is left of 1. */
    private Optional<StreamView> oneHot() {
        Map<ImmutableSet<Integer>, Integer> indicators = new HashMap<>();
        columns.forEach((dimension, column) -> {
            if (column.values().stream().allMatch(value -> value == 1)) {
                indicators.putIfAbsent(ImmutableSet.copyOf(column.keySet()), dimension);
            }
        });
        Map<Value, List<Integer>> members = new LinkedHashMap<>();
        rows.forEach((row, value) ->
                members.computeIfAbsent(value, v -> new ArrayList<>()).add(row));
        Map<Value, AffineForm> forms = new LinkedHashMap<>();
        AffineForm rest = AffineForm.constant(1);
        int lacking = 0;
        for (Map.Entry<Value, List<Integer>> entry : members.entrySet()) {
            Integer dimension = indicators.get(ImmutableSet.copyOf(entry.getValue()));
            forms.put(entry.getKey(), dimension == null ? AffineForm.ZERO : AffineForm.of(dimension, 1, 0));
            rest = dimension == null ? rest : rest.plus(AffineForm.of(dimension, -1, 0));
            lacking += dimension == null ? 1 : 0;
        }
        if (lacking > 1 || forms.isEmpty()) {
            return Optional.empty();
        }
        AffineForm left = rest;
        forms.replaceAll((value, form) -> form.weights().isEmpty() ? left : form);
        return Optional.of(new StreamView.OneHotView(StreamPoint.EMBEDDING, ImmutableMap.copyOf(forms)));
    }

    /** A dimension that is an affine function of the value, which is a number. */
    private Optional<StreamView> number() {
        if (rows.size() < 2 || !rows.values().stream().allMatch(Value::isNumeric)) {
            return Optional.empty();
        }
        for (Map.Entry<Integer, Map<Integer, Double>> entry : columns.entrySet()) {
            Optional<AffineForm> form = affine(entry.getKey(), entry.getValue());
            if (form.isPresent()) {
                ImmutableList<Value> values =
                        rows.values().stream().distinct().collect(ImmutableList.toImmutableList());
                return Optional.of(new StreamView.OneNumberView(StreamPoint.EMBEDDING, form.get(), sorted(values)));
            }
        }
        return Optional.empty();
    }

    private Optional<AffineForm> affine(int dimension, Map<Integer, Double> column) {
        List<Integer> all = rows.keySet().asList();
        int first = all.get(0);
        for (int second : all.subList(1, all.size())) {
            double step = number(second) - number(first);
            if (step == 0) {
                continue;
            }
            double slope = (at(column, second) - at(column, first)) / step;
            if (slope == 0) {
                return Optional.empty();
            }
            double offset = at(column, first) - slope * number(first);
            boolean fits = all.stream()
                    .allMatch(row -> Math.abs(slope * number(row) + offset - at(column, row))
                            <= EXACT * Math.max(1, Math.abs(at(column, row))));
            return fits ? Optional.of(AffineForm.of(dimension, 1 / slope, -offset / slope)) : Optional.empty();
        }
        return Optional.empty();
    }

    private double number(int row) {
        return Values.toDouble(java.util.Objects.requireNonNull(rows.get(row)));
    }

    private static double at(Map<Integer, Double> column, int row) {
        return column.getOrDefault(row, 0.0);
    }

    static ImmutableList<Value> sorted(List<Value> numbers) {
        return numbers.stream()
                .sorted(java.util.Comparator.comparingDouble(Values::toDouble))
                .collect(ImmutableList.toImmutableList());
    }
}
