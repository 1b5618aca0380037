package io.rasplens.runtime.answer;

import com.google.common.base.Ascii;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.runtime.analysis.circuit.CircuitGraph;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitLink;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitNode;
import io.rasplens.runtime.store.json.JsonOut;

/** What {@code circuit} answers. */
public final class CircuitJson {
    private CircuitJson() {}

    public static JsonObject of(CircuitGraph graph) {
        var json = new JsonObject();
        json.add("nodes", JsonOut.list(graph.nodes(), CircuitJson::node));
        json.add("edges", JsonOut.list(graph.links(), CircuitJson::link));
        return json;
    }

    private static JsonElement node(CircuitNode node) {
        var json = new JsonObject();
        json.addProperty("id", node.component().id());
        json.addProperty("kind", Ascii.toLowerCase(node.component().kind().name()));
        json.add("layer", number(node.component().layer()));
        json.add("head", number(node.component().head()));
        json.addProperty("label", node.label());
        json.add("sops", JsonOut.list(node.sops(), JsonPrimitive::new));
        return json;
    }

    private static JsonElement number(int index) {
        return index < 0 ? JsonNull.INSTANCE : new JsonPrimitive(index);
    }

    private static JsonElement link(CircuitLink link) {
        var json = new JsonObject();
        json.addProperty("from", link.edge().from().id());
        json.addProperty("to", link.edge().to().id());
        json.addProperty("via", link.edge().via().word());
        json.add("sops", JsonOut.list(link.sops(), JsonPrimitive::new));
        json.add("directions", JsonOut.list(link.directions(), JsonPrimitive::new));
        return json;
    }
}
