package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.readout.LabelledReadouts;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.store.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models in files. A model file of ours is complete in itself; beside it lie {@code config.json} and {@code codec.json} for
 * other readers. The names of those two are fixed, so give each model that other tools shall read a folder of its own.
 */
public final class ModelStore {
    static final String CONFIG = "config.json";
    static final String CODEC = "codec.json";

    private ModelStore() {}

    /**
     * Writes a model and its two companions: all of them, or nothing. The same model gives the same bytes.
     *
     * @param dtype F64, or F32 for half the size and rounded weights
     * @return the files written, the model first
     */
    public static Result<ImmutableList<Path>> save(CompiledModel model, Path file, Dtype dtype) {
        return StoreException.toResult(file, () -> saveChecked(model, file, dtype));
    }

    /** Loads a model of ours, or a foreign one with its {@code config.json} and perhaps {@code codec.json} beside it. */
    public static Result<CompiledModel> load(Path file) {
        return load(file, Optional.empty(), Optional.empty());
    }

    /**
     * Loads a model.
     *
     * @param config the arguments of {@code HookedTransformerConfig}; a file of ours whose metadata say something else, or
     *     are damaged, is taken for another program's but for its codec, and a warning says so
     * @param codec what tokens and logits mean; if given, it stands in place of what the file says
     */
    public static Result<CompiledModel> load(Path file, Optional<Path> config, Optional<Path> codec) {
        List<Diagnostic> warnings = new ArrayList<>();
        Result<CompiledModel> loaded = StoreException.toResult(file, () -> {
            try (SafetensorsFile open = SafetensorsFile.openChecked(file)) {
                if (!ReadMetadata.isOurs(open.metadata())) {
                    return loadForeign(open, file, config, codec, Optional.empty());
                }
                return config.isEmpty()
                        ? loadOurs(open, file, codec)
                        : loadBySaid(open, file, config.get(), codec, warnings);
            } catch (IOException e) {
                throw SafetensorsFile.unreadable(file, e);
            }
        });
        return loaded.then(model -> Result.success(model, ImmutableList.copyOf(warnings)));
    }

    /** A file of ours with a config beside it: as the file has it where the two say the same. */
    private static CompiledModel loadBySaid(
            SafetensorsFile open, Path file, Path config, Optional<Path> codec, List<Diagnostic> warnings)
            throws StoreException {
        var metadata = new ReadMetadata(open.metadata(), file.toString());
        String reason = "the config given is not the file's own";
        try {
            metadata.checkVersion();
            if (readConfig(config).equals(ownConfig(metadata, open))) {
                return loadOurs(open, file, codec);
            }
        } catch (StoreException e) {
            reason = e.diagnostic().message();
        }
        CompiledModel model = loadForeign(open, file, Optional.of(config), codec, Optional.of(metadata));
        warnings.add(Diagnostic.error(StoreCode.SET_ASIDE, file + ": its own program and certificate are set aside")
                .note(reason)
                .help("leave the config out: a model that Rasplens wrote brings its own")
                .about(file.toString())
                .asWarning());
        return model;
    }

    /** What the file says of itself, in the form of a config beside it. */
    private static ImportedConfig ownConfig(ReadMetadata metadata, SafetensorsFile open) throws StoreException {
        TransformerConfig own = metadata.config();
        WeightLayout layout = WeightLayout.padded(
                own, WeightLayout.hasMlps(own, open.tensors().keySet()));
        return ImportedConfig.read(
                JsonNode.root(StoreCode.BAD_METADATA, MetadataKeys.CONFIG, ConfigJson.arguments(own, layout)));
    }

    private static ImportedConfig readConfig(Path config) throws StoreException {
        return StoreException.about(config, () -> ImportedConfig.read(ReadJsonFile.read(config, StoreCode.BAD_CONFIG)));
    }

    private static ImmutableList<Path> saveChecked(CompiledModel model, Path file, Dtype dtype) throws StoreException {
        Path config = file.resolveSibling(CONFIG);
        Path codec = file.resolveSibling(CODEC);
        ForeignFile.checkModel(file);
        checkOverwrite(config, ImportedConfig.KNOWN, "n_layers");
        checkOverwrite(codec, CodecJson.FIELDS, "input");
        WeightLayout layout = WeightLayout.of(model);
        var tensors = WeightTensors.of(model.weights(), layout);
        Optional<JsonObject> codecJson = CodecJson.encode(model);
        var written = ImmutableList.<Path>builder();
        try (var files = new AtomicFiles()) {
            files.write(file, new SafetensorsWriter(dtype, tensors, WriteMetadata.of(model))::writeTo);
            written.add(file);
            writeText(files, config, JsonOut.pretty(ConfigJson.arguments(model.config(), layout)));
            written.add(config);
            if (codecJson.isPresent()) {
                writeText(files, codec, JsonOut.pretty(codecJson.get()));
                written.add(codec);
            }
            files.commit();
        }
        return written.build();
    }

    private static void writeText(AtomicFiles files, Path path, String json) throws StoreException {
        files.write(path, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** Many programs call a file {@code config.json}; only one that is a model's may be replaced without asking. */
    private static void checkOverwrite(Path path, ImmutableSet<String> fields, String sign) throws StoreException {
        if (!Files.exists(path)) {
            return;
        }
        boolean ours;
        try {
            ImmutableSet<String> names =
                    ReadJsonFile.read(path, StoreCode.FOREIGN_FILE).names();
            ours = names.contains(sign) && fields.containsAll(names);
        } catch (StoreException e) {
            ours = false;
        }
        if (!ours) {
            throw new StoreException(Diagnostic.error(
                            StoreCode.FOREIGN_FILE,
                            path + " exists and was not written for a model; nothing was changed")
                    .help("write the model into a folder of its own, or move that file away")
                    .about(path.toString()));
        }
    }

    private static CompiledModel loadOurs(SafetensorsFile open, Path file, Optional<Path> codecPath)
            throws StoreException {
        var metadata = new ReadMetadata(open.metadata(), file.toString());
        metadata.checkVersion();
        TransformerConfig config = metadata.config();
        boolean mlps = WeightLayout.hasMlps(config, open.tensors().keySet());
        WeightLayout layout = WeightLayout.padded(config, mlps);
        ImmutableList<LayerWidths> widths = metadata.widths(layout);
        Optional<CodecJson.CodecParts> codec =
                codecPath.isEmpty() ? Optional.empty() : Optional.of(readCodec(codecPath.get(), config));
        Optional<TokenEncoder> encoder = codec.isPresent() ? codec.map(c -> c.encoder()) : metadata.encoder(config);
        Optional<OutputDecoder> decoder = codec.isPresent() ? codec.map(c -> c.decoder()) : metadata.decoder(config);
        ImmutableList<ResidualLabel> labels = codec.isPresent() ? codec.get().labels() : metadata.labels(config);
        return new CompiledModel(
                config,
                ReadWeights.read(open, file.toString(), layout, Optional.of(widths)),
                encoder,
                decoder,
                labels,
                metadata.readouts(config),
                metadata.provenance(config, widths),
                metadata.program(),
                metadata.certificate());
    }

    private static CompiledModel loadForeign(
            SafetensorsFile open,
            Path file,
            Optional<Path> configPath,
            Optional<Path> codecPath,
            Optional<ReadMetadata> metadata)
            throws StoreException {
        Path configFile = configPath.orElse(file.resolveSibling(CONFIG));
        if (configPath.isEmpty() && !Files.exists(configFile)) {
            throw new StoreException(
                    StoreCode.NO_CONFIG,
                    file + " does not say what kind of transformer it is, and there is no " + CONFIG + " beside it",
                    "give the arguments of its HookedTransformerConfig as a JSON file with --config");
        }
        ImportedConfig imported = readConfig(configFile);
        // First the weights: with another model's config the codec would be blamed for what the config says.
        Weights weights = weights(open, file, configFile, WeightLayout.of(imported));
        Optional<CodecJson.CodecParts> codec = codec(file, imported.config(), codecPath, metadata);
        return new CompiledModel(
                imported.config(),
                weights,
                codec.map(c -> c.encoder()),
                codec.map(c -> c.decoder()),
                codec.map(c -> c.labels()).orElse(ImmutableList.of()),
                codec.filter(c -> imported.config().normalization() == TransformerConfig.Normalization.NONE)
                        .map(c -> LabelledReadouts.of(c.labels(), weights))
                        .orElse(ImmutableList.of()),
                Provenance.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private static Weights weights(SafetensorsFile open, Path file, Path config, WeightLayout layout)
            throws StoreException {
        try {
            return ReadWeights.read(open, file.toString(), layout, Optional.empty());
        } catch (StoreException e) {
            boolean misfit = e.diagnostic().code() == StoreCode.MISSING_TENSOR
                    || e.diagnostic().code() == StoreCode.UNEXPECTED_TENSOR
                    || e.diagnostic().code() == StoreCode.WRONG_SHAPE;
            if (!misfit) {
                throw e;
            }
            Diagnostic told = e.diagnostic().note("the config is " + config);
            throw new StoreException(
                    told.help().isPresent() ? told : told.help("name with --config the one that belongs to the model"));
        }
    }

    /** The one that is named, else the file's own where it fits, else the one beside it. */
    private static Optional<CodecJson.CodecParts> codec(
            Path file, TransformerConfig config, Optional<Path> named, Optional<ReadMetadata> metadata)
            throws StoreException {
        if (named.isPresent()) {
            return Optional.of(readCodec(named.get(), config));
        }
        if (metadata.isPresent()) {
            Optional<CodecJson.CodecParts> own = metadata.get().codecIfFitting(config);
            if (own.isPresent()) {
                return own;
            }
        }
        Path beside = file.resolveSibling(CODEC);
        return Files.exists(beside) ? Optional.of(readCodec(beside, config)) : Optional.empty();
    }

    private static CodecJson.CodecParts readCodec(Path path, TransformerConfig config) throws StoreException {
        return StoreException.about(
                path,
                () -> CodecJson.decode(
                        ReadJsonFile.read(path, StoreCode.BAD_CODEC),
                        config.dVocab(),
                        config.dVocabOut(),
                        config.dModel()));
    }
}
