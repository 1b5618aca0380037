package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopName;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonText;
import io.rasplens.runtime.store.json.ValueJson;
import io.rasplens.runtime.store.part.ReadAnatomy;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The strings of a Rasplens file's header, back to what they describe. They may have been edited: all sizes are checked
 * against the config, so that no later stage meets a label or a head that isn't there.
 */
final class ReadMetadata {
    /** Nobody needs the fifth power of a number. */
    private static final int MAX_DEGREE = 4;

    private final ImmutableMap<String, String> metadata;
    private final String path;

    /** @param path the file's name, for messages */
    ReadMetadata(ImmutableMap<String, String> metadata, String path) {
        this.metadata = metadata;
        this.path = path;
    }

    /** Whether Rasplens wrote the file. */
    static boolean isOurs(ImmutableMap<String, String> metadata) {
        return metadata.containsKey(MetadataKeys.VERSION);
    }

    void checkVersion() throws StoreException {
        String version = metadata.getOrDefault(MetadataKeys.VERSION, "");
        if (!version.equals(MetadataKeys.CURRENT_VERSION)) {
            throw new StoreException(
                    StoreCode.BAD_METADATA,
                    path + ": the metadata are of version " + ForeignName.name(version)
                            + "; this Rasplens reads version " + MetadataKeys.CURRENT_VERSION,
                    "a newer Rasplens may read it");
        }
    }

    TransformerConfig config() throws StoreException {
        return ConfigJson.decodeExact(document(MetadataKeys.CONFIG));
    }

    ImmutableList<LayerWidths> widths(WeightLayout layout) throws StoreException {
        JsonNode json = document(MetadataKeys.WIDTHS);
        ImmutableList<LayerWidths> widths = json.list(node -> new LayerWidths(
                node.field("query_key").list(w -> w.integer(0, Integer.MAX_VALUE)),
                node.field("value").list(w -> w.integer(0, Integer.MAX_VALUE)),
                node.field("hidden").integer(0, Integer.MAX_VALUE)));
        if (widths.size() != layout.layers() || !widths.stream().allMatch(w -> w.fits(layout))) {
            throw json.wrong("does not fit the config");
        }
        return widths;
    }

    Optional<TokenEncoder> encoder(TransformerConfig config) throws StoreException {
        Optional<JsonNode> json = optional(MetadataKeys.ENCODER);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        ImmutableList<Value> vocabulary = json.get().field("vocabulary").list(ValueJson::decode);
        if (vocabulary.size() != config.dVocab()) {
            throw json.get().wrong("has " + vocabulary.size() + " tokens for a d_vocab of " + config.dVocab());
        }
        int bos = json.get().field("bos").integer(0, config.dVocab() - 1);
        int pad = json.get().field("pad").integer(TokenEncoder.NO_PAD, config.dVocab() - 1);
        DistinctTokens.check(json.get(), json.get().field("vocabulary"), vocabulary, bos, pad);
        return Optional.of(new TokenEncoder(vocabulary, bos, pad));
    }

    Optional<OutputDecoder> decoder(TransformerConfig config) throws StoreException {
        Optional<JsonNode> json = optional(MetadataKeys.DECODER);
        return json.isEmpty() ? Optional.empty() : Optional.of(decoder(json.get(), config.dVocabOut()));
    }

    /** What tokens and logits mean, if that is said, and of a model of these sizes. */
    Optional<CodecJson.CodecParts> codecIfFitting(TransformerConfig config) {
        try {
            Optional<TokenEncoder> encoder = encoder(config);
            Optional<OutputDecoder> decoder = decoder(config);
            return encoder.isPresent() && decoder.isPresent()
                    ? Optional.of(new CodecJson.CodecParts(encoder.get(), decoder.get(), labels(config)))
                    : Optional.empty();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    ImmutableList<ResidualLabel> labels(TransformerConfig config) throws StoreException {
        JsonNode json = document(MetadataKeys.LABELS);
        ImmutableList<ResidualLabel> labels = json.list(node -> new ResidualLabel(
                node.field("sop").name(),
                node.present("value", ValueJson::decode),
                node.present("scale", JsonNode::real).orElse(1.0),
                node.present("offset", JsonNode::real).orElse(0.0)));
        if (!labels.isEmpty() && labels.size() != config.dModel()) {
            throw json.wrong("has " + labels.size() + " labels for a d_model of " + config.dModel());
        }
        return labels;
    }

    ImmutableList<SopReadout> readouts(TransformerConfig config) throws StoreException {
        return document(MetadataKeys.READOUTS).list(node -> readout(node, config));
    }

    Provenance provenance(TransformerConfig config, ImmutableList<LayerWidths> widths) throws StoreException {
        JsonNode json = document(MetadataKeys.PROVENANCE);
        ImmutableList<Origin> origins = json.field("origins").list(ReadMetadata::origin);
        JsonNode.Decoder<Origin> place = node -> {
            if (origins.isEmpty()) {
                throw node.wrong("refers to an origin that isn't there");
            }
            return origins.get(node.integer(0, origins.size() - 1));
        };
        var provenance = new Provenance(
                json.field("heads").list(layer -> layer.list(place)),
                json.field("neurons").list(layer -> layer.list(place)),
                json.field("dimensions").list(place),
                json.present(
                        "parts",
                        node -> new ReadAnatomy(
                                        config,
                                        widths.stream()
                                                .map(layer -> layer.queryKey().size())
                                                .collect(ImmutableList.toImmutableList()),
                                        widths.stream()
                                                .map(LayerWidths::hidden)
                                                .collect(ImmutableList.toImmutableList()))
                                .read(node)));
        boolean heads = provenance.heads().isEmpty() || provenance.heads().size() == widths.size();
        boolean neurons = provenance.neurons().isEmpty() || provenance.neurons().size() == widths.size();
        for (int i = 0; i < widths.size() && heads && neurons; i++) {
            heads = provenance.heads().isEmpty()
                    || provenance.heads().get(i).size()
                            == widths.get(i).queryKey().size();
            neurons = provenance.neurons().isEmpty()
                    || provenance.neurons().get(i).size() == widths.get(i).hidden();
        }
        int dimensions = provenance.dimensions().size();
        if (!heads || !neurons || (dimensions != 0 && dimensions != config.dModel())) {
            throw json.wrong("does not fit the layers");
        }
        return provenance;
    }

    Optional<ProgramSource> program() throws StoreException {
        Optional<JsonNode> json = optional(MetadataKeys.PROGRAM);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        JsonNode node = json.get();
        return Optional.of(new ProgramSource(
                node.field("file").string(),
                node.field("text").string(),
                node.field("loads").strings(),
                node.field("sop").string(),
                node.field("vocabulary").list(ValueJson::decode),
                node.field("max_length").integer(1, Integer.MAX_VALUE),
                node.field("causal").bool(),
                Level.of(node.field("optimization").integer(0, Level.values().length - 1))
                        .orElseThrow(),
                node.present("keep", names -> names.list(JsonNode::name))));
    }

    Optional<Certificate> certificate() throws StoreException {
        Optional<JsonNode> json = optional(MetadataKeys.CERTIFICATE);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        var robustness = new Certificate.Robustness(
                bound(json.get(), "numeric_error_32"),
                bound(json.get(), "tolerance"),
                json.get().present("tolerance_limited_by", JsonNode::name),
                bound(json.get(), "movement"),
                json.get().field("exact_in_float32").bool());
        return Optional.of(Certificate.of(
                bound(json.get(), "attention_leak"),
                bound(json.get(), "threshold_margin"),
                bound(json.get(), "numeric_error"),
                bound(json.get(), "largest_weight"),
                () -> robustness));
    }

    private static double bound(JsonNode json, String field) throws StoreException {
        double bound = json.field(field).real();
        if (!(bound >= 0)) {
            throw json.field(field).wrong("must be a bound, 0 or more");
        }
        return bound;
    }

    private static SopReadout readout(JsonNode node, TransformerConfig config) throws StoreException {
        ImmutableList<Double> bias = node.field("bias").list(JsonNode::real);
        if (bias.isEmpty()) {
            throw node.field("bias").wrong("must not be empty");
        }
        return new SopReadout(
                node.field("sop").name(),
                node.field("layer").integer(-1, config.nLayers() - 1),
                node.field("after_attention").bool(),
                matrix(node.field("projection"), config.dModel(), bias.size()),
                ImmutableDoubleArray.copyOf(bias),
                decoder(node.field("decoder"), bias.size()),
                new SopName(
                        node.field("name").name(),
                        node.present("line", line -> line.integer(1, Integer.MAX_VALUE))
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()),
                        node.field("last").bool()),
                node.field("encodings").list(encoding -> encoding(encoding, config)),
                node.field("kept").bool());
    }

    private static SopEncoding encoding(JsonNode node, TransformerConfig config) throws StoreException {
        int layer = node.field("layer").integer(-1, config.nLayers() - 1);
        boolean afterAttention = node.field("after_attention").bool();
        if (layer < 0 && afterAttention) {
            throw node.field("after_attention").wrong("must be false before the first layer");
        }
        var made = new StreamPoint(layer, afterAttention);
        var dimensions = ImmutableIntArray.copyOf(
                node.field("dimensions").list(dimension -> dimension.integer(0, config.dModel() - 1)));
        if (node.present("degree").isPresent()) {
            int degree = node.field("degree").integer(0, MAX_DEGREE);
            return new SopEncoding.Polynomial(
                    made, dimensions, matrix(node.field("coefficients"), dimensions.length(), degree + 1));
        }
        ImmutableList<Value> values = node.field("values").list(ValueJson::decode);
        return new SopEncoding.Listed(
                made, dimensions, values, matrix(node.field("coordinates"), values.size(), dimensions.length()));
    }

    private static OutputDecoder decoder(JsonNode json, int logits) throws StoreException {
        String kind = json.field("kind").string();
        ImmutableList<Value> values = json.field("values").list(ValueJson::decode);
        if (kind.equals("categorical") && values.size() == logits) {
            return new OutputDecoder.Categorical(values);
        }
        if (kind.equals("numerical") && logits == 1 && values.stream().allMatch(Value::isNumeric)) {
            boolean whole = json.present("whole", JsonNode::bool).orElse(false);
            return new OutputDecoder.Numerical(values, whole);
        }
        throw json.wrong("does not decode " + logits + " logits");
    }

    private static WeightMatrix matrix(JsonNode json, int rows, int columns) throws StoreException {
        ImmutableList<Integer> row = json.field("row").list(n -> n.integer(0, rows - 1));
        ImmutableList<Integer> column = json.field("column").list(n -> n.integer(0, columns - 1));
        ImmutableList<Double> value = json.field("value").list(JsonNode::real);
        if (row.size() != value.size() || column.size() != value.size()) {
            throw json.wrong("needs as many rows and columns as values");
        }
        WeightMatrix.Builder matrix = WeightMatrix.builder(rows, columns);
        for (int i = 0; i < value.size(); i++) {
            matrix.add(row.get(i), column.get(i), value.get(i));
        }
        return matrix.build();
    }

    private static Origin origin(JsonNode node) throws StoreException {
        return new Origin(
                served(node),
                node.field("description").name(),
                node.present(
                        "source",
                        source -> new SourceRange(
                                source.field("file").name(),
                                source.field("line").integer(1, Integer.MAX_VALUE),
                                source.field("column").integer(1, Integer.MAX_VALUE),
                                source.field("text").name())),
                node.present("technique", ReadMetadata::technique));
    }

    /** Older files have the names of several as one text, which stays one: a name made from an expression may have a comma too. */
    private static ImmutableList<String> served(JsonNode node) throws StoreException {
        Optional<ImmutableList<String>> listed = node.present("sops", sops -> sops.list(JsonNode::name));
        if (listed.isPresent() && listed.get().isEmpty()) {
            throw node.field("sops").wrong("must not be empty");
        }
        return listed.isPresent()
                ? listed.get()
                : ImmutableList.of(node.field("sop").name());
    }

    private static Technique technique(JsonNode node) throws StoreException {
        return Technique.ofKey(node.string())
                .orElseThrow(() -> node.wrong("must be a construction that this version knows"));
    }

    private JsonNode document(String key) throws StoreException {
        Optional<JsonNode> json = optional(key);
        if (json.isEmpty()) {
            throw new StoreException(
                    StoreCode.BAD_METADATA, path + ": the Rasplens metadata lack " + ForeignName.name(key));
        }
        return json.get();
    }

    private Optional<JsonNode> optional(String key) throws StoreException {
        String text = metadata.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            String document = path + ": metadata " + ForeignName.name(key);
            return Optional.of(JsonNode.root(StoreCode.BAD_METADATA, document, JsonText.parse(text)));
        } catch (IOException e) {
            throw new StoreException(
                    StoreCode.BAD_METADATA,
                    path + ": metadata " + ForeignName.name(key) + " is not JSON: " + JsonText.reason(e));
        }
    }
}
