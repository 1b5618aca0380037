package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.ejml.data.DMatrixSparseCSC;

/** The residual stream as lanes, one for each s-op: how many directions it has, which part writes it and which read it how. */
final class StreamLanes {
    private final CompiledModel model;
    private final Map<String, Set<Integer>> dimensions = new LinkedHashMap<>();
    private final Map<Integer, String> lanes = new LinkedHashMap<>();

    StreamLanes(CompiledModel model) {
        this.model = model;
        for (int d = 0; d < model.labels().size(); d++) {
            ResidualLabel label = model.labels().get(d);
            dimensions.computeIfAbsent(label.sop(), sop -> new TreeSet<>()).add(d);
            lanes.put(d, label.sop());
        }
    }

    /**
     * Lanes that nothing writes and nothing reads are left out.
     *
     * @param values of an s-op, by name, at every position
     */
    JsonArray json(Function<String, Optional<ImmutableList<Value>>> values) {
        Map<String, JsonArray> written = new LinkedHashMap<>();
        Map<String, JsonArray> read = new LinkedHashMap<>();
        for (String lane : columns(model.weights().embed())) {
            add(written, lane, "embed", "");
        }
        for (String lane : columns(model.weights().posEmbed())) {
            add(written, lane, "pos_embed", "");
        }
        for (int l = 0; l < model.weights().layers().size(); l++) {
            LayerWeights layer = model.weights().layers().get(l);
            for (int h = 0; h < layer.heads().size(); h++) {
                HeadWeights head = layer.heads().get(h);
                String part = "L" + l + "H" + h;
                rows(head.wQ()).forEach(lane -> add(read, lane, part, "q"));
                rows(head.wK()).forEach(lane -> add(read, lane, part, "k"));
                rows(head.wV()).forEach(lane -> add(read, lane, part, "v"));
                columns(head.wO()).forEach(lane -> add(written, lane, part, ""));
            }
            String part = "L" + l + "MLP";
            rows(layer.mlp().wIn()).forEach(lane -> add(read, lane, part, "m"));
            columns(layer.mlp().wOut()).forEach(lane -> add(written, lane, part, ""));
        }
        rows(model.weights().unembed()).forEach(lane -> add(read, lane, "unembed", "u"));
        ImmutableList<String> used = dimensions.keySet().stream()
                .filter(lane -> written.containsKey(lane) || read.containsKey(lane))
                .collect(ImmutableList.toImmutableList());
        return JsonOut.list(used, lane -> {
            var json = new JsonObject();
            json.addProperty("name", lane);
            json.addProperty(
                    "directions", dimensions.getOrDefault(lane, Set.of()).size());
            dimensions.getOrDefault(lane, Set.of()).stream()
                    .filter(d -> json.get("directions").getAsInt() == 1)
                    .findFirst()
                    .flatMap(this::holds)
                    .ifPresent(holds -> hold(json, holds, values));
            json.add("written", written.getOrDefault(lane, new JsonArray()));
            json.add("read", read.getOrDefault(lane, new JsonArray()));
            return json;
        });
    }

    private Optional<Holds> holds(int dimension) {
        return model.provenance()
                .anatomy()
                .map(Anatomy::directions)
                .filter(directions -> dimension < directions.size())
                .map(directions -> directions.get(dimension));
    }

    /** What exactly a lane of one direction holds: in words, and as a number at each position where its s-op's value says it. */
    private static void hold(JsonObject json, Holds holds, Function<String, Optional<ImmutableList<Value>>> values) {
        json.addProperty("holds", holds.words());
        holds.sop()
                .flatMap(values)
                .ifPresent(known -> json.add("held", JsonOut.list(known, value -> {
                    OptionalDouble number = holds.at(value);
                    return number.isPresent() ? JsonOut.number(number.getAsDouble()) : JsonNull.INSTANCE;
                })));
    }

    private static void add(Map<String, JsonArray> to, String lane, String part, String how) {
        var use = new JsonObject();
        use.addProperty("part", part);
        if (!how.isEmpty()) {
            use.add("as", new JsonPrimitive(how));
        }
        to.computeIfAbsent(lane, l -> new JsonArray()).add(use);
    }

    /**
     * When the last part has written a lane: 0 is the embedding, {@code 2 layer + 1} that layer's attention, {@code 2 layer + 2} its hidden
     * units.
     */
    Map<String, Integer> written() {
        var stages = new LinkedHashMap<String, Integer>();
        columns(model.weights().embed()).forEach(lane -> stages.put(lane, 0));
        columns(model.weights().posEmbed()).forEach(lane -> stages.put(lane, 0));
        for (int l = 0; l < model.weights().layers().size(); l++) {
            LayerWeights layer = model.weights().layers().get(l);
            for (HeadWeights head : layer.heads()) {
                for (String lane : columns(head.wO())) {
                    stages.put(lane, 2 * l + 1);
                }
            }
            for (String lane : columns(layer.mlp().wOut())) {
                stages.put(lane, 2 * l + 2);
            }
        }
        return stages;
    }

    /** Lanes that a matrix reads. */
    Set<String> rows(WeightMatrix matrix) {
        Set<String> found = new LinkedHashSet<>();
        DMatrixSparseCSC csc = matrix.csc();
        for (int i = 0; i < matrix.nonZeros(); i++) {
            lane(csc.nz_rows[i], found);
        }
        return found;
    }

    /** Lanes that a matrix writes. */
    Set<String> columns(WeightMatrix matrix) {
        Set<String> found = new LinkedHashSet<>();
        DMatrixSparseCSC csc = matrix.csc();
        for (int column = 0; column < matrix.columns(); column++) {
            if (csc.col_idx[column] < csc.col_idx[column + 1]) {
                lane(column, found);
            }
        }
        return found;
    }

    private void lane(int dimension, Set<String> found) {
        String lane = lanes.get(dimension);
        if (lane != null) {
            found.add(lane);
        }
    }
}
