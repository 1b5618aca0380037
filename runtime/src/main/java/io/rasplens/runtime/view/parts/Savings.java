package io.rasplens.runtime.view.parts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which optimisation saved how many heads and hidden units against the direct layout. Both layouts tell which expression each part
 * came from; what an expression cost there and costs here shows how it was made cheaper. All rows together are the whole difference.
 *
 * @param rows only those that saved or cost something
 */
public record Savings(ImmutableList<Row> rows) {

    /** How an expression came to cost something else than in the direct layout. */
    public enum Optimization {
        STRAIGHT_READ("functions that are read straight from their arguments, without a part of their own"),
        PLAIN_HEADS("heads that need fewer hidden units behind them, or none"),
        FEWER_CASES("functions computed by cases instead of by all combinations of values"),
        SHARED_HEADS("heads that are shared, or whose results the positions tell"),
        SPENT("spent on parts that the direct layout does without");

        private final String words;

        Optimization(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * What one optimisation saved in all layers together.
     *
     * @param heads negative where it cost some
     * @param units likewise
     * @param sops what it was used on
     */
    public record Row(Optimization optimization, int heads, int units, ImmutableList<String> sops) {}

    private static final class Cost {
        int heads;
        int units;
        String sop = "";
    }

    /** What one optimisation saved so far. */
    private static final class Tally {
        private int heads;
        private int units;
        private final TreeSet<String> sops = new TreeSet<>();

        void add(Cost was, Cost is) {
            heads += was.heads - is.heads;
            units += was.units - is.units;
            sops.add(was.sop.isEmpty() ? is.sop : was.sop);
        }

        Row row(Optimization optimization) {
            return new Row(optimization, heads, units, ImmutableList.copyOf(sops));
        }
    }

    public static Savings of(CompiledModel direct, CompiledModel optimized) {
        Map<String, String> places = new HashMap<>();
        origins(direct).forEach(origin -> learn(places, origin));
        origins(optimized).forEach(origin -> learn(places, origin));
        Map<String, Cost> before = costs(direct, places);
        Map<String, Cost> after = costs(optimized, places);
        var tallies = new EnumMap<Optimization, Tally>(Optimization.class);
        for (String expression : Sets.union(before.keySet(), after.keySet())) {
            Cost was = before.getOrDefault(expression, new Cost());
            Cost is = after.getOrDefault(expression, new Cost());
            if (was.heads != is.heads || was.units != is.units) {
                tallies.computeIfAbsent(how(was, is), h -> new Tally()).add(was, is);
            }
        }
        return new Savings(tallies.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .collect(ImmutableList.toImmutableList()));
    }

    private static Optimization how(Cost was, Cost is) {
        if (is.heads > was.heads || is.units > was.units) {
            return Optimization.SPENT;
        }
        if (was.heads > is.heads) {
            return Optimization.SHARED_HEADS;
        }
        if (is.heads > 0) {
            return Optimization.PLAIN_HEADS;
        }
        return is.units == 0 ? Optimization.STRAIGHT_READ : Optimization.FEWER_CASES;
    }

    private static Map<String, Cost> costs(CompiledModel model, Map<String, String> places) {
        var costs = new LinkedHashMap<String, Cost>();
        model.provenance().heads().forEach(layer -> layer.forEach(origin -> cost(costs, places, origin).heads++));
        model.provenance().neurons().forEach(layer -> layer.forEach(origin -> cost(costs, places, origin).units++));
        return costs;
    }

    private static Cost cost(Map<String, Cost> costs, Map<String, String> places, Origin origin) {
        String place =
                origin.source().map(Savings::place).orElseGet(() -> places.getOrDefault(origin.sop(), origin.sop()));
        Cost cost = costs.computeIfAbsent(place, p -> new Cost());
        if (cost.sop.isEmpty()) {
            cost.sop = origin.source().map(SourceRange::text).orElseGet(origin::sop);
        }
        return cost;
    }

    private static Stream<Origin> origins(CompiledModel model) {
        return Stream.of(model.provenance().heads(), model.provenance().neurons())
                .flatMap(layers -> layers.stream().flatMap(layer -> layer.stream()));
    }

    /** Parts that no expression made, such as those for {@code length}, go with others of their s-op. */
    private static void learn(Map<String, String> places, Origin origin) {
        origin.source().ifPresent(source -> places.putIfAbsent(origin.sop(), place(source)));
    }

    private static String place(SourceRange source) {
        return source.file() + ":" + source.line() + ":" + source.column() + ":" + source.text();
    }

    /** The rows as text, with a heading; nothing where there are none. */
    public String text() {
        var out = new StringBuilder(rows.isEmpty() ? "" : "saved against -O0, in heads and hidden units\n");
        for (Row row : rows) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %5d %5d  %s\n",
                    row.heads(),
                    row.units(),
                    row.optimization().words()));
        }
        return out.toString();
    }
}
