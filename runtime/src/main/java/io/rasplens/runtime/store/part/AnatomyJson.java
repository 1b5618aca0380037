package io.rasplens.runtime.store.part;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.BosPart;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SelectedKeys;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.model.part.SopPart;
import io.rasplens.compiler.model.part.StreamForm;
import io.rasplens.compiler.model.part.UnitPart;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
import java.util.Optional;

/** What the parts of a model are, as JSON: in files, and for whoever asks. {@link ReadAnatomy} is its inverse. */
public final class AnatomyJson {
    private final ImmutableList<ResidualLabel> labels;

    /** @param labels put beside the numbers of dimensions; empty for none */
    public AnatomyJson(ImmutableList<ResidualLabel> labels) {
        this.labels = labels;
    }

    public JsonObject of(Anatomy anatomy) {
        var json = new JsonObject();
        json.add("heads", JsonOut.list(anatomy.heads(), layer -> JsonOut.list(layer, this::head)));
        json.add("units", JsonOut.list(anatomy.units(), layer -> JsonOut.list(layer, this::unit)));
        json.add("directions", JsonOut.list(anatomy.directions(), this::holds));
        json.add("sops", JsonOut.list(anatomy.sops(), AnatomyJson::sop));
        return json;
    }

    /** What a head compares and writes. */
    public JsonObject head(HeadPart head) {
        var json = new JsonObject();
        json.addProperty("work", key(head.work()));
        json.addProperty("keys", key(head.keys()));
        json.add("query_reads", names(head.query()));
        json.add("key_reads", names(head.key()));
        json.add("value_reads", names(head.value()));
        json.add("where", condition(head.where()));
        json.addProperty("where_text", head.where().words());
        json.add("selected", selected(head.selected()));
        json.add("bos", bos(head.bos()));
        json.add("writes", JsonOut.list(head.writes(), this::write));
        return json;
    }

    /** What hidden units compute. */
    public JsonObject unit(UnitPart unit) {
        var json = new JsonObject();
        json.addProperty("first", unit.first());
        json.addProperty("count", unit.count());
        json.addProperty("shape", key(unit.shape()));
        json.add("reads", names(unit.reads()));
        json.add("computes", JsonOut.list(unit.computes(), AnatomyJson::function));
        json.add("input", unit.input().<JsonElement>map(this::form).orElse(JsonNull.INSTANCE));
        json.add("steps", JsonOut.list(unit.steps(), this::step));
        json.add("writes", JsonOut.list(unit.writes(), JsonPrimitive::new));
        return json;
    }

    /** What a dimension holds. */
    public JsonObject holds(Holds holds) {
        var json = new JsonObject();
        if (holds instanceof Holds.OfBos) {
            json.addProperty("kind", "bos");
        } else if (holds instanceof Holds.Everywhere constant) {
            json.addProperty("kind", "constant");
            json.add("value", JsonOut.number(constant.value()));
        } else if (holds instanceof Holds.Indicator indicator) {
            json.addProperty("kind", "indicator");
            json.add("values", JsonOut.list(indicator.values(), ValueJson::encode));
            json.add("scale", JsonOut.number(indicator.scale()));
            json.add("offset", JsonOut.number(indicator.offset()));
        } else if (holds instanceof Holds.PowersOf polynomial) {
            json.addProperty("kind", "polynomial");
            json.add("coefficients", JsonOut.list(polynomial.coefficients().asList(), JsonOut::number));
            json.add("within", JsonOut.number(polynomial.within()));
        } else if (holds instanceof Holds.ShareOf share) {
            json.addProperty("kind", "share");
            json.add("bos_weight", JsonOut.number(share.bosWeight()));
            json.add("scale", JsonOut.number(share.scale()));
            json.add("offset", JsonOut.number(share.offset()));
            json.add("within", JsonOut.number(share.within()));
        } else if (holds instanceof Holds.Coded coded) {
            json.addProperty("kind", "coded");
            json.add("values", JsonOut.list(coded.values(), ValueJson::encode));
            json.add("numbers", JsonOut.list(coded.numbers().asList(), JsonOut::number));
        } else if (holds instanceof Holds.Rest rest) {
            json.addProperty("kind", "rest");
            json.add("scale", JsonOut.number(rest.scale()));
            json.add("others", form(rest.others()));
        } else {
            json.addProperty("kind", "helper");
        }
        json.add("sop", holds.sop().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        json.addProperty("text", holds.words());
        return json;
    }

    /** Where an s-op is bound and where it stands. */
    public static JsonObject sop(SopPart sop) {
        var json = new JsonObject();
        json.addProperty("name", sop.name());
        json.addProperty(
                "file",
                sop.place()
                        .map(SopPart.BoundAt::file)
                        .map(AnatomyJson::fileName)
                        .orElse(null));
        json.add(
                "line",
                sop.place().<JsonElement>map(p -> new JsonPrimitive(p.line())).orElse(JsonNull.INSTANCE));
        json.addProperty("text", sop.place().map(SopPart.BoundAt::text).orElse(null));
        json.addProperty("form", key(sop.form()));
        json.add(
                "layer",
                sop.from().<JsonElement>map(s -> new JsonPrimitive(s.layer())).orElse(JsonNull.INSTANCE));
        json.add(
                "after_attention",
                sop.from()
                        .<JsonElement>map(s -> new JsonPrimitive(s.afterAttention()))
                        .orElse(JsonNull.INSTANCE));
        json.add("dimensions", JsonOut.list(sop.dimensions(), JsonPrimitive::new));
        json.add("into", names(sop.into()));
        return json;
    }

    private static JsonElement condition(Condition condition) {
        var json = new JsonObject();
        if (condition instanceof Condition.Compare compare) {
            json.addProperty("key", compare.key());
            json.addProperty("operator", compare.operator());
            json.addProperty("query", compare.query());
            json.addProperty("holds", compare.holds());
        } else if (condition instanceof Condition.All all) {
            json.add("all", JsonOut.list(all.parts(), AnatomyJson::condition));
        } else if (condition instanceof Condition.Any any) {
            json.add("any", JsonOut.list(any.parts(), AnatomyJson::condition));
        } else {
            json.addProperty("selector_of", ((Condition.SelectorOf) condition).sop());
        }
        return json;
    }

    private static JsonElement selected(SelectedKeys selected) {
        var json = new JsonObject();
        if (selected instanceof SelectedKeys.AtLeast least) {
            json.add("score_at_least", JsonOut.number(least.score()));
        } else {
            json.add("greatest_by", JsonOut.number(((SelectedKeys.Greatest) selected).gap()));
        }
        return json;
    }

    private static JsonElement bos(BosPart bos) {
        var json = new JsonObject();
        json.addProperty("role", key(bos.role()));
        json.add(
                "weight", bos.weight().isPresent() ? JsonOut.number(bos.weight().getAsDouble()) : JsonNull.INSTANCE);
        return json;
    }

    private JsonElement write(HeadPart.Written write) {
        var json = new JsonObject();
        dimension(json, write.dimension());
        json.add("of", form(write.of()));
        json.add("offset", JsonOut.number(write.offset()));
        return json;
    }

    private JsonElement step(UnitPart.Piece step) {
        var json = new JsonObject();
        json.add("from", JsonOut.number(step.from()));
        json.add("to", JsonOut.number(step.to()));
        json.add("adds", form(step.adds()));
        return json;
    }

    private JsonElement form(StreamForm form) {
        var json = new JsonObject();
        json.add("terms", JsonOut.list(form.terms(), term -> {
            var one = new JsonObject();
            dimension(one, term.dimension());
            one.add("weight", JsonOut.number(term.weight()));
            return one;
        }));
        json.add("constant", JsonOut.number(form.constant()));
        return json;
    }

    private void dimension(JsonObject json, int dimension) {
        json.addProperty("dimension", dimension);
        if (dimension < labels.size()) {
            json.addProperty("direction", labels.get(dimension).text());
        }
    }

    private static JsonElement function(SopFunction function) {
        var json = new JsonObject();
        json.addProperty("sop", function.sop());
        json.add("of", names(function.of()));
        Optional<JsonElement> cases = function.cases()
                .map(all -> JsonOut.list(all, each -> {
                    var one = new JsonObject();
                    one.add("given", JsonOut.list(each.given(), ValueJson::encode));
                    one.add("is", ValueJson.encode(each.is()));
                    return one;
                }));
        json.add("cases", cases.orElse(JsonNull.INSTANCE));
        json.addProperty("formula", function.formula());
        return json;
    }

    private static JsonElement names(ImmutableList<String> names) {
        return JsonOut.list(names, JsonPrimitive::new);
    }

    /** Without its folder: a model tells nothing of the machine it was made on. */
    public static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    static String key(Enum<?> constant) {
        return Ascii.toLowerCase(constant.name());
    }
}
