package io.rasplens.runtime.store.part;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.BosPart;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.HeadKeys;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.compiler.model.part.HeadWork;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SelectedKeys;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.model.part.SopPart;
import io.rasplens.compiler.model.part.StreamForm;
import io.rasplens.compiler.model.part.UnitPart;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.ValueJson;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@link AnatomyJson} back; all sizes are checked against the model. */
public final class ReadAnatomy {
    private final TransformerConfig config;
    private final ImmutableList<Integer> heads;
    private final ImmutableList<Integer> hidden;

    /**
     * A reader for one model.
     *
     * @param heads of each layer
     * @param hidden units of each layer
     */
    public ReadAnatomy(TransformerConfig config, ImmutableList<Integer> heads, ImmutableList<Integer> hidden) {
        this.config = config;
        this.heads = heads;
        this.hidden = hidden;
    }

    /**
     * The parts that a file tells of.
     *
     * @throws StoreException if they are not those of the model, or are written wrongly
     */
    public Anatomy read(JsonNode json) throws StoreException {
        var anatomy = new Anatomy(
                json.field("heads").list(layer -> layer.list(this::head)),
                json.field("units").list(layer -> layer.list(this::unit)),
                json.field("directions").list(this::holds),
                json.field("sops").list(this::sop));
        boolean fits = anatomy.heads().size() == heads.size()
                && anatomy.units().size() == hidden.size()
                && anatomy.directions().size() == config.dModel();
        for (int layer = 0; layer < heads.size() && fits; layer++) {
            fits = anatomy.heads().get(layer).size() == heads.get(layer)
                    && fit(anatomy.units().get(layer), hidden.get(layer));
        }
        if (!fits) {
            throw json.wrong("does not fit the layers");
        }
        return anatomy;
    }

    private static boolean fit(ImmutableList<UnitPart> parts, int hidden) {
        long next = 0;
        for (UnitPart part : parts) {
            if (part.first() != next) {
                return false;
            }
            next += part.count();
        }
        return next == hidden;
    }

    private HeadPart head(JsonNode json) throws StoreException {
        return new HeadPart(
                word(json.field("work"), HeadWork.values()),
                word(json.field("keys"), HeadKeys.values()),
                names(json.field("query_reads")),
                names(json.field("key_reads")),
                names(json.field("value_reads")),
                condition(json.field("where"), Condition.MOST_DEPTH),
                selected(json.field("selected")),
                bos(json.field("bos")),
                json.field("writes")
                        .list(write -> new HeadPart.Written(
                                dimension(write.field("dimension")),
                                form(write.field("of")),
                                write.field("offset").real())));
    }

    private UnitPart unit(JsonNode json) throws StoreException {
        return new UnitPart(
                json.field("first").integer(0, Integer.MAX_VALUE),
                json.field("count").integer(1, Integer.MAX_VALUE),
                json.field("computes").list(ReadAnatomy::function),
                names(json.field("reads")),
                word(json.field("shape"), UnitPart.Pattern.values()),
                json.present("input", this::form),
                json.field("steps")
                        .list(step -> new UnitPart.Piece(
                                step.field("from").real(), step.field("to").real(), form(step.field("adds")))),
                json.field("writes").list(this::dimension));
    }

    private Holds holds(JsonNode json) throws StoreException {
        String kind = json.field("kind").string();
        String sop = json.present("sop", JsonNode::name).orElse("");
        return switch (kind) {
            case "bos" -> new Holds.OfBos();
            case "constant" -> new Holds.Everywhere(json.field("value").real());
            case "indicator" ->
                new Holds.Indicator(
                        sop,
                        json.field("values").list(ValueJson::decode),
                        json.field("scale").real(),
                        json.field("offset").real());
            case "polynomial" -> polynomial(json, sop);
            case "share" ->
                new Holds.ShareOf(
                        sop,
                        json.field("bos_weight").real(),
                        json.field("scale").real(),
                        json.field("offset").real(),
                        json.field("within").real());
            case "coded" -> coded(json, sop);
            case "rest" -> new Holds.Rest(sop, json.field("scale").real(), form(json.field("others")));
            case "helper" -> new Holds.Helper(sop, json.field("text").name());
            default -> throw json.field("kind").wrong("must be a kind that this version knows");
        };
    }

    private static Holds polynomial(JsonNode json, String sop) throws StoreException {
        ImmutableList<Double> coefficients = json.field("coefficients").list(JsonNode::real);
        if (coefficients.isEmpty() || coefficients.size() > 5) {
            throw json.field("coefficients").wrong("must be one to five");
        }
        return new Holds.PowersOf(
                sop,
                ImmutableDoubleArray.copyOf(coefficients),
                json.field("within").real());
    }

    private static Holds coded(JsonNode json, String sop) throws StoreException {
        var coded = new Holds.Coded(
                sop,
                json.field("values").list(ValueJson::decode),
                ImmutableDoubleArray.copyOf(json.field("numbers").list(JsonNode::real)));
        if (coded.values().size() != coded.numbers().length()) {
            throw json.field("numbers").wrong("must be as many as values");
        }
        return coded;
    }

    private SopPart sop(JsonNode json) throws StoreException {
        Optional<Integer> line = json.present("line", node -> node.integer(1, Integer.MAX_VALUE));
        Optional<SopPart.BoundAt> place = line.isEmpty()
                ? Optional.empty()
                : Optional.of(new SopPart.BoundAt(
                        json.field("file").name(),
                        line.get(),
                        json.field("text").string()));
        Optional<Integer> layer = json.present("layer", node -> node.integer(-1, config.nLayers() - 1));
        Optional<SopPart.ReadableFrom> from = layer.isEmpty()
                ? Optional.empty()
                : Optional.of(new SopPart.ReadableFrom(
                        layer.get(), json.field("after_attention").bool()));
        return new SopPart(
                json.field("name").name(),
                place,
                word(json.field("form"), SopPart.Presence.values()),
                from,
                json.field("dimensions").list(this::dimension),
                names(json.field("into")));
    }

    private static Condition condition(JsonNode json, int deepest) throws StoreException {
        if (deepest == 0) {
            throw json.wrong("has too many conditions within each other");
        }
        JsonNode.Decoder<Condition> inner = node -> condition(node, deepest - 1);
        if (json.present("all").isPresent()) {
            return new Condition.All(json.field("all").list(inner));
        }
        if (json.present("any").isPresent()) {
            return new Condition.Any(json.field("any").list(inner));
        }
        if (json.present("selector_of").isPresent()) {
            return new Condition.SelectorOf(json.field("selector_of").name());
        }
        return new Condition.Compare(
                json.field("key").name(),
                json.field("operator").name(),
                json.field("query").name(),
                json.field("holds").bool());
    }

    private static SelectedKeys selected(JsonNode json) throws StoreException {
        Optional<Double> least = json.present("score_at_least", JsonNode::real);
        return least.isPresent()
                ? new SelectedKeys.AtLeast(least.get())
                : new SelectedKeys.Greatest(json.field("greatest_by").real());
    }

    private static BosPart bos(JsonNode json) throws StoreException {
        Optional<Double> weight = json.present("weight", JsonNode::real);
        return new BosPart(
                word(json.field("role"), BosPart.Role.values()),
                weight.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static SopFunction function(JsonNode json) throws StoreException {
        return new SopFunction(
                json.field("sop").name(),
                names(json.field("of")),
                json.present(
                        "cases",
                        cases -> cases.list(each -> new SopFunction.InputCell(
                                each.field("given").list(ValueJson::decode), ValueJson.decode(each.field("is"))))),
                json.field("formula").name());
    }

    private StreamForm form(JsonNode json) throws StoreException {
        return new StreamForm(
                json.field("terms")
                        .list(term -> new StreamForm.Weighted(
                                dimension(term.field("dimension")),
                                term.field("weight").real())),
                json.field("constant").real());
    }

    private int dimension(JsonNode json) throws StoreException {
        return json.integer(0, config.dModel() - 1);
    }

    private static ImmutableList<String> names(JsonNode json) throws StoreException {
        return json.list(JsonNode::name);
    }

    private static <E extends Enum<E>> E word(JsonNode json, E[] all) throws StoreException {
        String word = json.string();
        return Arrays.stream(all)
                .filter(each -> Ascii.toLowerCase(each.name()).equals(word))
                .findFirst()
                .orElseThrow(() -> json.wrong("must be a word that this version knows"));
    }
}
