package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.SopPart;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.StreamHooks;
import io.rasplens.runtime.analysis.circuit.DirectionUse;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
import io.rasplens.runtime.store.part.AnatomyJson;
import io.rasplens.runtime.view.parts.ModelParts;
import java.util.Optional;

/**
 * The parts of a model as structure: what {@code inspect --json} has beside the words of {@link PartsJson}. Where a model does not say
 * what its parts are for, dimensions have their label, who writes and who reads.
 */
public final class StructureJson {
    private final CompiledModel model;
    private final Optional<Anatomy> anatomy;
    private final AnatomyJson json;

    private StructureJson(CompiledModel model) {
        this.model = model;
        this.anatomy = model.provenance().anatomy();
        this.json = new AnatomyJson(model.labels());
    }

    /**
     * {@code layers}, {@code directions} and {@code sops}.
     *
     * @param units whether groups of hidden units list each of theirs
     */
    public static void add(JsonObject object, CompiledModel model, boolean units) {
        var structure = new StructureJson(model);
        JsonArray layers = PartsJson.of(ModelParts.of(model), units);
        structure.anatomy.ifPresent(parts -> structure.join(layers, parts));
        object.add("layers", layers);
        object.add("directions", structure.directions());
        object.add(
                "sops", JsonOut.list(structure.anatomy.map(Anatomy::sops).orElse(ImmutableList.of()), structure::sop));
    }

    /** Puts what each head is beside its words, and of hidden units what they compute behind them. */
    private void join(JsonArray layers, Anatomy parts) {
        for (int layer = 0; layer < layers.size(); layer++) {
            JsonObject object = layers.get(layer).getAsJsonObject();
            JsonArray heads = object.getAsJsonArray("heads");
            for (int head = 0; head < heads.size(); head++) {
                JsonObject words = heads.get(head).getAsJsonObject();
                json.head(parts.heads().get(layer).get(head))
                        .entrySet()
                        .forEach(entry -> words.add(entry.getKey(), entry.getValue()));
            }
            String hook = StreamHooks.name(new StreamPoint(layer, false), model.config())
                    .text();
            object.add("functions", JsonOut.list(parts.units().get(layer), unit -> {
                JsonObject one = json.unit(unit);
                one.addProperty("hook", hook);
                return one;
            }));
        }
    }

    private JsonArray directions() {
        var all = new JsonArray();
        ImmutableList<DirectionUse> uses = DirectionUse.of(model);
        for (int d = 0; d < uses.size(); d++) {
            var object = new JsonObject();
            object.addProperty("dimension", d);
            Optional<ResidualLabel> label =
                    d < model.labels().size() ? Optional.of(model.labels().get(d)) : Optional.empty();
            object.add("label", Json.text(label.map(ResidualLabel::text)));
            object.add(
                    "value",
                    label.flatMap(ResidualLabel::value)
                            .<JsonElement>map(ValueJson::encode)
                            .orElse(JsonNull.INSTANCE));
            int dimension = d;
            object.add(
                    "holds",
                    anatomy.<JsonElement>map(
                                    parts -> json.holds(parts.directions().get(dimension)))
                            .orElse(JsonNull.INSTANCE));
            object.add("writers", JsonOut.list(uses.get(d).writers(), writer -> new JsonPrimitive(writer.id())));
            object.add("readers", JsonOut.list(uses.get(d).readers(), StructureJson::reader));
            all.add(object);
        }
        return all;
    }

    private static JsonElement reader(DirectionUse.Reader reader) {
        var object = new JsonObject();
        Component component = reader.component();
        object.addProperty("id", component.id());
        object.addProperty("via", reader.via().word());
        return object;
    }

    private JsonObject sop(SopPart sop) {
        JsonObject object = AnatomyJson.sop(sop);
        object.add(
                "hook",
                sop.from()
                        .<JsonElement>map(stage -> new JsonPrimitive(
                                StreamHooks.name(new StreamPoint(stage.layer(), stage.afterAttention()), model.config())
                                        .text()))
                        .orElse(JsonNull.INSTANCE));
        return object;
    }
}
