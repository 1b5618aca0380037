package io.rasplens.runtime.view.parts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.Technique;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * By which constructions how many heads and hidden units were saved against the direct layout. Both models tell which expression each
 * part came from, and each part of the optimised one by which technique it was made: what an expression cost there and costs here goes
 * to the techniques of its parts here. All rows together are the whole difference.
 *
 * @param rows only those that saved or cost something, in the order of {@link Technique}; parts whose technique no one tells come last
 */
public record Savings(ImmutableList<SavingsRow> rows) {
    private static final Comparator<Optional<Technique>> TOLD_FIRST =
            Comparator.comparing(technique -> technique.map(Technique::ordinal).orElse(Integer.MAX_VALUE));

    /**
     * What one technique saved in all layers together.
     *
     * @param technique absent where the model does not say, as one from an older file
     * @param heads negative where it cost some
     * @param units likewise
     * @param sops what it was used on
     */
    public record SavingsRow(Optional<Technique> technique, int heads, int units, ImmutableList<String> sops) {
        /** What was made so. */
        public String words() {
            return technique.map(Technique::words).orElse("parts that tell no construction");
        }
    }

    private static final class Spending {
        private int heads;
        private int units;
        private String sop = "";
        private Optional<Technique> ofHeads = Optional.empty();
        private Optional<Technique> ofUnits = Optional.empty();

        void addHead(Origin origin) {
            ofHeads = heads++ == 0 ? origin.technique() : ofHeads;
        }

        void addUnit(Origin origin) {
            ofUnits = units++ == 0 ? origin.technique() : ofUnits;
        }

        /** By which technique there are so few heads. */
        Optional<Technique> forHeads() {
            return heads > 0 ? ofHeads : units > 0 ? ofUnits : Optional.of(Technique.READ);
        }

        /** By which technique there are so few units: where there are none, by that of the heads which need none. */
        Optional<Technique> forUnits() {
            return units > 0 ? ofUnits : heads > 0 ? ofHeads : Optional.of(Technique.READ);
        }
    }

    /** What one technique saved so far. */
    private static final class Tally {
        private int heads;
        private int units;
        private final TreeSet<String> sops = new TreeSet<>();

        SavingsRow row(Optional<Technique> technique) {
            return new SavingsRow(technique, heads, units, ImmutableList.copyOf(sops));
        }
    }

    public static Savings of(CompiledModel direct, CompiledModel optimized) {
        Map<String, String> places = new HashMap<>();
        origins(direct).forEach(origin -> learn(places, origin));
        origins(optimized).forEach(origin -> learn(places, origin));
        Map<String, Spending> before = costs(direct, places);
        Map<String, Spending> after = costs(optimized, places);
        var tallies = new TreeMap<Optional<Technique>, Tally>(TOLD_FIRST);
        for (String expression : Sets.union(before.keySet(), after.keySet())) {
            Spending was = before.getOrDefault(expression, new Spending());
            Spending is = after.getOrDefault(expression, new Spending());
            String sop = was.sop.isEmpty() ? is.sop : was.sop;
            if (was.heads != is.heads) {
                Tally tally = tallies.computeIfAbsent(is.forHeads(), t -> new Tally());
                tally.heads += was.heads - is.heads;
                tally.sops.add(sop);
            }
            if (was.units != is.units) {
                Tally tally = tallies.computeIfAbsent(is.forUnits(), t -> new Tally());
                tally.units += was.units - is.units;
                tally.sops.add(sop);
            }
        }
        return new Savings(tallies.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .collect(ImmutableList.toImmutableList()));
    }

    private static Map<String, Spending> costs(CompiledModel model, Map<String, String> places) {
        var costs = new LinkedHashMap<String, Spending>();
        model.provenance()
                .heads()
                .forEach(layer ->
                        layer.forEach(origin -> cost(costs, places, origin).addHead(origin)));
        model.provenance()
                .neurons()
                .forEach(layer ->
                        layer.forEach(origin -> cost(costs, places, origin).addUnit(origin)));
        return costs;
    }

    private static Spending cost(Map<String, Spending> costs, Map<String, String> places, Origin origin) {
        String place =
                origin.source().map(Savings::place).orElseGet(() -> places.getOrDefault(origin.sop(), origin.sop()));
        Spending cost = costs.computeIfAbsent(place, p -> new Spending());
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
        for (SavingsRow row : rows) {
            out.append(String.format(Locale.ROOT, "  %5d %5d  %s\n", row.heads(), row.units(), row.words()));
        }
        return out.toString();
    }
}
