package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.parts.ModelParts;
import io.rasplens.runtime.view.parts.ResidualForm;
import java.util.Optional;

/** What the heads and hidden units of a model do, as JSON. */
public final class PartsJson {
    private PartsJson() {}

    /**
     * One object per layer.
     *
     * @param units whether groups of hidden units list each of theirs
     */
    public static JsonArray of(ModelParts parts, boolean units) {
        var layers = new JsonArray();
        for (ModelParts.LayerParts layer : parts.layers()) {
            var heads = new JsonArray();
            for (Optional<Origin> origin : layer.heads()) {
                JsonObject head = new JsonObject();
                head.addProperty("head", heads.size());
                heads.add(describe(head, origin));
            }
            var object = new JsonObject();
            object.addProperty("layer", layers.size());
            object.add("heads", heads);
            object.add("mlp", JsonOut.list(layer.groups(), group -> group(group, units)));
            layers.add(object);
        }
        return layers;
    }

    private static JsonObject group(ModelParts.OriginGroup group, boolean units) {
        var object = new JsonObject();
        object.addProperty("count", group.units().size());
        describe(object, group.origin());
        if (units) {
            object.add("units", JsonOut.list(group.units(), PartsJson::unit));
        }
        return object;
    }

    private static JsonObject unit(ModelParts.Unit unit) {
        var object = new JsonObject();
        object.addProperty("unit", unit.number());
        object.add("input", form(unit.input()));
        object.addProperty("bias", unit.input().constant());
        object.add("output", form(unit.output()));
        return object;
    }

    private static JsonElement form(ResidualForm form) {
        return JsonOut.list(form.terms(), term -> {
            var object = new JsonObject();
            object.addProperty("direction", term.direction());
            object.addProperty("weight", term.weight());
            return object;
        });
    }

    private static JsonObject describe(JsonObject object, Optional<Origin> origin) {
        object.addProperty("sop", origin.map(Origin::sop).orElse(null));
        object.add("sops", JsonOut.list(origin.map(Origin::sops).orElse(ImmutableList.of()), JsonPrimitive::new));
        object.addProperty("description", origin.map(Origin::description).orElse(null));
        object.add(
                "source", origin.flatMap(Origin::source).map(PartsJson::source).orElse(JsonNull.INSTANCE));
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
