package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.view.attention.FindSelectedKeys;
import io.rasplens.runtime.view.attention.KeyMask;
import io.rasplens.runtime.view.attention.ServedNodes;
import io.rasplens.runtime.view.parts.ModelParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.ejml.data.DMatrixSparseCSC;

/**
 * What each head and each group of hidden units does on one input: what is asked for, which keys have it, what they bring. Which keys are
 * selected is the interpreter's word, never that of an attention share.
 */
final class PartStories {
    private static final int MOST_COMPARISONS = 400;

    private final RaspProgram program;
    private final CompiledModel model;
    private final Trace trace;
    private final ActivationCache cache;
    private final FindSelectedKeys keys;
    private final ServedNodes served;

    /** The s-ops by what parts call them; of several the first. */
    private final Map<String, SOp> called = new HashMap<>();

    private final Function<ProgramNode, Optional<String>> names;
    private final int size;

    PartStories(
            RaspProgram program,
            CompiledModel model,
            Trace trace,
            ActivationCache cache,
            Function<ProgramNode, Optional<String>> names) {
        this.program = program;
        this.model = model;
        this.trace = trace;
        this.cache = cache;
        this.keys = FindSelectedKeys.in(cache);
        this.names = names;
        this.size = trace.input().size();
        this.served = ServedNodes.in(program, trace.nodes());
        for (ProgramNode node : trace.nodes()) {
            if (node instanceof SOp sop) {
                called.putIfAbsent(partName(sop), sop);
            }
        }
    }

    JsonArray json() {
        var all = new JsonArray();
        ModelParts parts = ModelParts.of(model);
        for (int layer = 0; layer < parts.layers().size(); layer++) {
            ModelParts.LayerParts one = parts.layers().get(layer);
            for (int head = 0; head < one.heads().size(); head++) {
                all.add(head(layer, head, one.heads().get(head)));
            }
            if (!one.groups().isEmpty()) {
                all.add(units(layer, one.groups()));
            }
        }
        return all;
    }

    private JsonObject head(int layer, int head, Optional<Origin> origin) {
        var json = new JsonObject();
        json.addProperty("id", "L" + layer + "H" + head);
        json.addProperty("kind", "head");
        json.addProperty("layer", layer);
        json.addProperty("head", head);
        describe(json, origin);
        Tensor pattern = cache.pattern(layer).slice(0, 0).slice(0, head);
        json.add("bos", JsonOut.list(queries(), query -> JsonOut.number(pattern.get(query + 1, 0))));
        json.add("pattern", rows((query, key) -> JsonOut.number(pattern.get(query + 1, key + 1))));
        Optional<SOp> node = origin.flatMap(from -> node(from, layer, head));
        Optional<Selector> selector = node.flatMap(SOp::attendsBy);
        boolean counts = node.filter(SOp.SelectorWidth.class::isInstance).isPresent();
        boolean isLast = origin.flatMap(Origin::technique)
                .filter(Technique.LAST_POSITION::equals)
                .isPresent();
        json.addProperty("does", isLast ? "last" : counts ? "count" : selector.isPresent() ? "fetch" : "other");
        json.add("tests", new JsonArray());
        json.add("mask", JsonNull.INSTANCE);
        if (isLast) {
            json.add("mask", rows((query, key) -> new JsonPrimitive(key == size - 1 ? 1 : 0)));
        } else if (selector.isPresent()) {
            tell(json, selector.get(), layer, head);
        }
        node.filter(SOp.Aggregate.class::isInstance)
                .map(SOp.Aggregate.class::cast)
                .ifPresent(aggregate -> {
                    json.add("value", operand(aggregate.sequence()));
                    json.addProperty("fallback", Values.plain(aggregate.fallback()));
                });
        json.add("qk", comparisons(layer, head));
        json.add(
                "result",
                node.flatMap(trace::values).<JsonElement>map(MachineJson::shown).orElse(JsonNull.INSTANCE));
        return json;
    }

    /** What the head's scores are made of: the query's weights times the key's, between directions; too many are left out. */
    private JsonArray comparisons(int layer, int head) {
        HeadWeights weights = model.weights().layers().get(layer).heads().get(head);
        Map<String, double[]> queries = directions(weights.wQ(), weights.bQ());
        Map<String, double[]> keys = directions(weights.wK(), weights.bK());
        var all = new JsonArray();
        if (queries.size() * keys.size() > MOST_COMPARISONS) {
            return all;
        }
        queries.forEach((query, row) -> keys.forEach((key, column) -> {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += row[i] * column[i];
            }
            if (sum != 0) {
                var one = new JsonObject();
                one.addProperty("query", query);
                one.addProperty("key", key);
                one.add("weight", JsonOut.number(sum));
                all.add(one);
            }
        }));
        return all;
    }

    /** The rows of a matrix by the names of their directions, and its bias as what is read of 1. */
    private Map<String, double[]> directions(WeightMatrix matrix, ImmutableDoubleArray bias) {
        var rows = new TreeMap<Integer, double[]>();
        DMatrixSparseCSC csc = matrix.csc();
        for (int column = 0; column < matrix.columns(); column++) {
            for (int i = csc.col_idx[column]; i < csc.col_idx[column + 1]; i++) {
                rows.computeIfAbsent(csc.nz_rows[i], row -> new double[matrix.columns()])[column] = csc.nz_values[i];
            }
        }
        var named = new LinkedHashMap<String, double[]>();
        rows.forEach((row, values) ->
                named.put(row < model.labels().size() ? model.labels().get(row).text() : "resid[" + row + "]", values));
        if (bias.stream().anyMatch(value -> value != 0)) {
            named.put("1", bias.toArray());
        }
        return named;
    }

    /** The comparisons, and the keys that they select: of several alternatives the one that the head is for. */
    private void tell(JsonObject json, Selector selector, int layer, int head) {
        Optional<KeyMask> mask = keys.of(layer, head);
        Optional<ImmutableList<ImmutableList<SelectorText.ComparedPair>>> alternatives =
                SelectorText.alternatives(selector);
        Optional<ImmutableList<SelectorText.ComparedPair>> own = alternatives.flatMap(all -> all.size() == 1
                ? Optional.of(all.get(0))
                : mask.flatMap(selected -> all.stream()
                        .filter(tests -> differing(selected, (query, key) -> holds(tests, query, key)) == 0)
                        .findFirst()));
        own.ifPresent(tests -> json.add("tests", JsonOut.list(tests, this::test)));
        if (mask.isPresent()) {
            json.add("mask", rows((query, key) -> new JsonPrimitive(mask.get().selects(query, key) ? 1 : 0)));
        } else {
            trace.matrix(selector)
                    .ifPresent(matrix -> json.add(
                            "mask", rows((query, key) -> new JsonPrimitive(matrix.selects(query, key) ? 1 : 0))));
        }
        json.add("selector", Json.text(names.apply(selector)));
    }

    private boolean holds(List<SelectorText.ComparedPair> tests, int query, int key) {
        return (!program.causal() || key <= query) && SelectorText.holds(tests, trace::values, query, key);
    }

    /** A cell of a selector. */
    private interface SelectorCell {
        boolean at(int query, int key);
    }

    /** In how many cells the head selects another key than a selector does. */
    private long differing(KeyMask mask, SelectorCell selector) {
        long differing = 0;
        for (int query = 0; query < size; query++) {
            for (int key = 0; key < size; key++) {
                if (mask.selects(query, key) != selector.at(query, key)) {
                    differing++;
                }
            }
        }
        return differing;
    }

    private JsonObject test(SelectorText.ComparedPair test) {
        var json = new JsonObject();
        json.add("key", operand(test.key()));
        json.addProperty("op", test.comparison().symbol());
        json.add("query", operand(test.query()));
        return json;
    }

    private JsonObject operand(SOp sop) {
        var json = new JsonObject();
        json.addProperty("name", names.apply(sop).orElse(""));
        json.addProperty("constant", sop instanceof SOp.Constant);
        json.add(
                "values", trace.values(sop).<JsonElement>map(MachineJson::shown).orElse(JsonNull.INSTANCE));
        return json;
    }

    private JsonObject units(int layer, List<ModelParts.OriginGroup> groups) {
        var json = new JsonObject();
        json.addProperty("id", "L" + layer + "MLP");
        json.addProperty("kind", "mlp");
        json.addProperty("layer", layer);
        json.add("groups", JsonOut.list(groups, group -> {
            var one = new JsonObject();
            one.addProperty("units", group.units().size());
            describe(one, group.origin());
            Optional<SOp> node = group.origin().flatMap(this::node);
            one.add("reads", JsonOut.list(node.map(this::read).orElse(ImmutableList.of()), this::operand));
            one.add(
                    "result",
                    node.flatMap(trace::values)
                            .<JsonElement>map(MachineJson::shown)
                            .orElse(JsonNull.INSTANCE));
            one.add("results", JsonOut.list(workedOut(group), this::operand));
            return one;
        }));
        return json;
    }

    /** All that a group of hidden units works out. */
    private ImmutableList<SOp> workedOut(ModelParts.OriginGroup group) {
        ImmutableList<String> names = group.origin().map(Origin::sops).orElse(ImmutableList.of());
        ImmutableList<SOp> found =
                names.stream().filter(called::containsKey).map(called::get).collect(ImmutableList.toImmutableList());
        return found.size() == names.size()
                ? found
                : group.origin().flatMap(this::node).map(ImmutableList::of).orElse(ImmutableList.of());
    }

    /** What parts call an s-op. */
    private String partName(SOp sop) {
        return program.nameOf(sop)
                .orElseGet(() -> "(" + NodeText.definition(sop, program::nameOf, MachineJson.LONGEST_TEXT) + ")");
    }

    /** The named s-ops that a function is computed from. */
    private ImmutableList<SOp> read(SOp sop) {
        Set<SOp> found = new LinkedHashSet<>();
        if (sop instanceof SOp.Elementwise elementwise) {
            elementwise.arguments().forEach(argument -> read(argument, found));
        } else {
            found.add(sop);
        }
        return ImmutableList.copyOf(found);
    }

    private void read(SOp sop, Set<SOp> found) {
        if (sop instanceof SOp.Constant) {
            return;
        }
        boolean anonymous = program.nameOf(sop).isEmpty();
        if (sop instanceof SOp.Elementwise elementwise && anonymous) {
            elementwise.arguments().forEach(argument -> read(argument, found));
        } else {
            found.add(sop);
        }
    }

    private static void describe(JsonObject json, Optional<Origin> origin) {
        json.add("sop", Json.text(origin.map(Origin::sop)));
        json.add("sops", JsonOut.list(origin.map(Origin::sops).orElse(ImmutableList.of()), JsonPrimitive::new));
        json.add("description", Json.text(origin.map(Origin::description)));
        Optional<SourceRange> source = origin.flatMap(Origin::source);
        json.add(
                "line",
                source.filter(range -> range.file().equals("program.rasp"))
                        .<JsonElement>map(range -> new JsonPrimitive(range.line()))
                        .orElse(JsonNull.INSTANCE));
    }

    /** The node of the program that a part serves. */
    private Optional<SOp> node(Origin origin) {
        return served.of(origin).stream().findFirst();
    }

    /**
     * The same; one expression of a function makes a node for each call: the right one is called as the head says, or selects most of all
     * what the head does.
     */
    private Optional<SOp> node(Origin origin, int layer, int head) {
        List<SOp> calls = served.of(origin);
        Optional<KeyMask> mask = calls.size() < 2 ? Optional.empty() : keys.of(layer, head);
        if (mask.isEmpty()) {
            return node(origin);
        }
        return calls.stream()
                .filter(call -> call.attendsBy().flatMap(trace::matrix).isPresent())
                .min(Comparator.comparing((SOp call) -> !partName(call).equals(origin.sop()))
                        .thenComparingLong(call -> differing(
                                mask.get(),
                                call.attendsBy().flatMap(trace::matrix).orElseThrow()::selects)))
                .or(() -> node(origin));
    }

    /**
     * From when on the nodes that heads and hidden units make are known: {@code 2 layer + 1} behind a layer's attention,
     * {@code 2 layer + 2} behind its hidden units.
     */
    Map<SOp, Integer> made() {
        var stages = new LinkedHashMap<SOp, Integer>();
        ModelParts parts = ModelParts.of(model);
        for (int layer = 0; layer < parts.layers().size(); layer++) {
            ModelParts.LayerParts one = parts.layers().get(layer);
            for (int head = 0; head < one.heads().size(); head++) {
                Optional<Origin> origin = one.heads().get(head);
                if (origin.isPresent()) {
                    int stage = 2 * layer + 1;
                    node(origin.get(), layer, head).ifPresent(sop -> stages.merge(sop, stage, Math::max));
                }
            }
            for (ModelParts.OriginGroup group : one.groups()) {
                int stage = 2 * layer + 2;
                group.origin().flatMap(this::node).ifPresent(sop -> stages.merge(sop, stage, Math::max));
            }
        }
        return stages;
    }

    private interface StoryCell {
        JsonElement at(int query, int key);
    }

    private JsonArray rows(StoryCell cell) {
        return JsonOut.list(queries(), query -> JsonOut.list(queries(), key -> cell.at(query, key)));
    }

    private Iterable<Integer> queries() {
        var all = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            all.add(i);
        }
        return all;
    }
}
