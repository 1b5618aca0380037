package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the heads and hidden units of a model do, layer by layer, as far as the model says. */
final class ModelParts {
    private final CompiledModel model;

    ModelParts(CompiledModel model) {
        this.model = model;
    }

    /** One object per layer; of a model that says nothing of its parts the lists are empty. */
    JsonArray json() {
        var layers = new JsonArray();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            var heads = new JsonArray();
            for (Origin origin : heads(layer)) {
                JsonObject head = new JsonObject();
                head.addProperty("head", heads.size());
                heads.add(describe(head, origin));
            }
            var units = new JsonArray();
            units(layer).forEach((origin, count) -> {
                JsonObject group = new JsonObject();
                group.addProperty("count", count);
                units.add(describe(group, origin));
            });
            var object = new JsonObject();
            object.addProperty("layer", layer);
            object.add("heads", heads);
            object.add("mlp", units);
            layers.add(object);
        }
        return layers;
    }

    String text() {
        var out = new StringBuilder();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            out.append("layer ").append(layer).append('\n');
            ImmutableList<Origin> heads = heads(layer);
            for (int head = 0; head < heads.size(); head++) {
                out.append("  head ").append(head).append("  ").append(words(heads.get(head)));
            }
            Map<Origin, Integer> units = units(layer);
            units.forEach((origin, count) -> out.append("  ")
                    .append(count)
                    .append(count == 1 ? " hidden unit  " : " hidden units  ")
                    .append(words(origin)));
            LayerWeights weights = model.weights().layers().get(layer);
            int untold = weights.heads().size() - heads.size();
            if (untold > 0) {
                out.append("  heads the model says nothing of: ").append(untold).append('\n');
            }
            int silent = weights.mlp().hiddenWidth()
                    - units.values().stream().mapToInt(Integer::intValue).sum();
            if (silent > 0) {
                out.append("  hidden units the model says nothing of: ")
                        .append(silent)
                        .append('\n');
            }
        }
        return out.toString();
    }

    private ImmutableList<Origin> heads(int layer) {
        var all = model.provenance().heads();
        return layer < all.size() ? all.get(layer) : ImmutableList.of();
    }

    /** How many units do each thing, in the order of the first of them. */
    private Map<Origin, Integer> units(int layer) {
        Map<Origin, Integer> counts = new LinkedHashMap<>();
        var all = model.provenance().neurons();
        if (layer < all.size()) {
            all.get(layer).forEach(origin -> counts.merge(origin, 1, Integer::sum));
        }
        return counts;
    }

    private static String words(Origin origin) {
        String place = origin.source()
                .map(s -> "   (" + s.file() + ":" + s.line() + ")")
                .orElse("");
        return origin.sop() + ": " + origin.description() + place + "\n";
    }

    private static JsonObject describe(JsonObject object, Origin origin) {
        object.addProperty("sop", origin.sop());
        object.addProperty("description", origin.description());
        object.add("source", origin.source().map(ModelParts::source).orElse(JsonNull.INSTANCE));
        return object;
    }

    private static JsonElement source(SourceRange range) {
        var object = new JsonObject();
        object.addProperty("file", range.file());
        object.addProperty("line", range.line());
        object.addProperty("column", range.column());
        object.addProperty("text", range.text());
        return object;
    }
}
