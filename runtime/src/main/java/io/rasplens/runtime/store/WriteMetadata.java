package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
import io.rasplens.runtime.store.part.AnatomyJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixSparseCSC;

/** Everything of a model that is not a tensor, as the strings of a safetensors header. {@link ReadMetadata} is its inverse. */
final class WriteMetadata {
    private WriteMetadata() {}

    static ImmutableMap<String, String> of(CompiledModel model) {
        var out = ImmutableMap.<String, String>builder();
        out.put(MetadataKeys.VERSION, MetadataKeys.CURRENT_VERSION);
        out.put(MetadataKeys.CONFIG, JsonOut.compact(ConfigJson.exact(model.config())));
        out.put(
                MetadataKeys.WIDTHS,
                JsonOut.compact(JsonOut.list(model.weights().layers(), WriteMetadata::widths)));
        model.encoder().ifPresent(e -> out.put(MetadataKeys.ENCODER, JsonOut.compact(encoder(e))));
        model.decoder().ifPresent(d -> out.put(MetadataKeys.DECODER, JsonOut.compact(decoder(d))));
        out.put(MetadataKeys.LABELS, JsonOut.compact(JsonOut.list(model.labels(), WriteMetadata::label)));
        out.put(MetadataKeys.READOUTS, JsonOut.compact(JsonOut.list(model.readouts(), WriteMetadata::readout)));
        out.put(MetadataKeys.PROVENANCE, JsonOut.compact(provenance(model.provenance())));
        model.program().ifPresent(p -> out.put(MetadataKeys.PROGRAM, JsonOut.compact(program(p))));
        model.certificate().ifPresent(c -> out.put(MetadataKeys.CERTIFICATE, JsonOut.compact(certificate(c))));
        return out.buildOrThrow();
    }

    private static JsonObject widths(LayerWeights layer) {
        LayerWidths widths = LayerWidths.of(layer);
        var json = new JsonObject();
        json.add("query_key", JsonOut.list(widths.queryKey(), JsonPrimitive::new));
        json.add("value", JsonOut.list(widths.value(), JsonPrimitive::new));
        json.addProperty("hidden", widths.hidden());
        return json;
    }

    private static JsonObject encoder(TokenEncoder encoder) {
        var json = new JsonObject();
        json.add("vocabulary", JsonOut.list(encoder.vocabulary(), ValueJson::encode));
        json.addProperty("bos", encoder.bos());
        json.addProperty("pad", encoder.pad());
        return json;
    }

    private static JsonObject decoder(OutputDecoder decoder) {
        var json = new JsonObject();
        if (decoder instanceof OutputDecoder.Categorical categorical) {
            json.addProperty("kind", "categorical");
            json.add("values", JsonOut.list(categorical.values(), ValueJson::encode));
        } else {
            var numerical = (OutputDecoder.Numerical) decoder;
            json.addProperty("kind", "numerical");
            json.add("values", JsonOut.list(numerical.values(), ValueJson::encode));
            json.addProperty("whole", numerical.whole());
        }
        return json;
    }

    private static JsonObject label(ResidualLabel label) {
        var json = new JsonObject();
        json.addProperty("sop", label.sop());
        label.value().ifPresent(v -> json.add("value", ValueJson.encode(v)));
        if (!label.isPlain()) {
            json.addProperty("scale", label.scale());
            json.addProperty("offset", label.offset());
        }
        return json;
    }

    private static JsonObject readout(SopReadout readout) {
        var json = new JsonObject();
        json.addProperty("sop", readout.sop());
        json.addProperty("layer", readout.layer());
        json.addProperty("after_attention", readout.afterAttention());
        json.add("projection", matrix(readout.projection()));
        json.add("bias", JsonOut.list(readout.bias().asList(), JsonOut::number));
        json.add("decoder", decoder(readout.decoder()));
        json.addProperty("name", readout.name().name());
        readout.name().line().ifPresent(line -> json.addProperty("line", line));
        json.addProperty("last", readout.name().last());
        json.addProperty("kept", readout.kept());
        json.add("encodings", JsonOut.list(readout.encodings(), WriteMetadata::encoding));
        return json;
    }

    private static JsonObject encoding(SopEncoding encoding) {
        var json = new JsonObject();
        json.addProperty("layer", encoding.made().layer());
        json.addProperty("after_attention", encoding.made().afterAttention());
        json.add("dimensions", JsonOut.list(encoding.dimensions().asList(), JsonPrimitive::new));
        if (encoding instanceof SopEncoding.Listed listed) {
            json.add("values", JsonOut.list(listed.values(), ValueJson::encode));
            json.add("coordinates", matrix(listed.coordinates()));
        } else {
            WeightMatrix coefficients = ((SopEncoding.Polynomial) encoding).coefficients();
            json.addProperty("degree", coefficients.columns() - 1);
            json.add("coefficients", matrix(coefficients));
        }
        return json;
    }

    /** Its non-zeros, column by column. */
    private static JsonObject matrix(WeightMatrix matrix) {
        var row = new JsonArray();
        var column = new JsonArray();
        var value = new JsonArray();
        DMatrixSparseCSC csc = matrix.csc();
        for (int c = 0; c < matrix.columns(); c++) {
            for (int i = csc.col_idx[c]; i < csc.col_idx[c + 1]; i++) {
                row.add(csc.nz_rows[i]);
                column.add(c);
                value.add(JsonOut.number(csc.nz_values[i]));
            }
        }
        var json = new JsonObject();
        json.add("row", row);
        json.add("column", column);
        json.add("value", value);
        return json;
    }

    /** Many parts share an origin, so each is written once and referred to by its place in a list. */
    private static JsonObject provenance(Provenance provenance) {
        Map<Origin, Integer> places = new LinkedHashMap<>();
        provenance.heads().forEach(layer -> layer.forEach(o -> places.putIfAbsent(o, places.size())));
        provenance.neurons().forEach(layer -> layer.forEach(o -> places.putIfAbsent(o, places.size())));
        provenance.dimensions().forEach(o -> places.putIfAbsent(o, places.size()));
        var json = new JsonObject();
        json.add("origins", JsonOut.list(places.keySet(), WriteMetadata::origin));
        json.add("heads", JsonOut.list(provenance.heads(), layer -> places(layer, places)));
        json.add("neurons", JsonOut.list(provenance.neurons(), layer -> places(layer, places)));
        json.add("dimensions", places(provenance.dimensions(), places));
        provenance.anatomy().ifPresent(parts -> json.add("parts", new AnatomyJson(ImmutableList.of()).of(parts)));
        return json;
    }

    private static JsonElement places(ImmutableList<Origin> origins, Map<Origin, Integer> places) {
        return JsonOut.list(origins, o -> new JsonPrimitive(places.getOrDefault(o, 0)));
    }

    private static JsonElement origin(Origin origin) {
        var json = new JsonObject();
        // One name as it always was; a list where a part serves several, which older versions read as the words above
        // it.
        json.addProperty("sop", origin.sop());
        if (origin.sops().size() > 1) {
            json.add("sops", JsonOut.list(origin.sops(), JsonPrimitive::new));
        }
        json.addProperty("description", origin.description());
        origin.technique().ifPresent(technique -> json.addProperty("technique", technique.key()));
        json.add(
                "source",
                origin.source().<JsonElement>map(WriteMetadata::source).orElse(JsonNull.INSTANCE));
        return json;
    }

    private static JsonObject source(SourceRange source) {
        var json = new JsonObject();
        json.addProperty("file", AnatomyJson.fileName(source.file()));
        json.addProperty("line", source.line());
        json.addProperty("column", source.column());
        json.addProperty("text", source.text());
        return json;
    }

    private static JsonObject program(ProgramSource program) {
        var json = new JsonObject();
        json.addProperty("file", AnatomyJson.fileName(program.fileName()));
        json.addProperty("text", program.text());
        json.add("loads", JsonOut.strings(program.loads()));
        json.addProperty("sop", program.sop());
        json.add("vocabulary", JsonOut.list(program.vocabulary(), ValueJson::encode));
        json.addProperty("max_length", program.maxLength());
        json.addProperty("causal", program.causal());
        json.addProperty("optimization", program.level().number());
        program.keep().ifPresent(names -> json.add("keep", JsonOut.list(names, JsonPrimitive::new)));
        return json;
    }

    private static JsonObject certificate(Certificate certificate) {
        var json = new JsonObject();
        json.add("attention_leak", JsonOut.number(certificate.attentionLeak()));
        json.add("threshold_margin", JsonOut.number(certificate.thresholdMargin()));
        json.add("numeric_error", JsonOut.number(certificate.numericError()));
        json.add("numeric_error_32", JsonOut.number(certificate.numericError32()));
        json.add("tolerance", JsonOut.number(certificate.tolerance()));
        json.add(
                "tolerance_limited_by",
                certificate
                        .toleranceLimitedBy()
                        .<JsonElement>map(JsonPrimitive::new)
                        .orElse(JsonNull.INSTANCE));
        json.add("movement", JsonOut.number(certificate.movement()));
        json.add("largest_weight", JsonOut.number(certificate.largestWeight()));
        json.addProperty("exact_in_float32", certificate.exactInFloat32());
        return json;
    }
}
