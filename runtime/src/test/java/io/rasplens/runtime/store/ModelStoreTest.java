package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.store.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
    private final Path folder;
    private final Path file;

    ModelStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("model.safetensors");
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "LN", "LN_PRE", "RMS_PRE"})
    void aModelComesBackAsItWas(Normalization normalization) {
        CompiledModel model = Models.ragged(normalization);

        assertThat(ModelStore.save(model, file, Dtype.F64).orThrow())
                .containsExactly(file, folder.resolve("config.json"), folder.resolve("codec.json"));

        assertThat(ModelStore.load(file).orThrow()).isEqualTo(model);
    }

    @Test
    void aModelWithoutLayersComesBack() {
        ModelStore.save(Models.layerless(), file, Dtype.F64).orThrow();

        assertThat(ModelStore.load(file).orThrow()).isEqualTo(Models.layerless());
    }

    @Test
    void ourFileNeedsNoCompanions() throws IOException {
        CompiledModel model = Models.ragged(Normalization.NONE);
        ModelStore.save(model, file, Dtype.F64).orThrow();
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("codec.json"));

        assertThat(ModelStore.load(file).orThrow()).isEqualTo(model);
    }

    @Test
    void withItsOwnConfigNamedAModelIsWhatItIs() {
        CompiledModel model = Models.ragged(Normalization.NONE);
        ModelStore.save(model, file, Dtype.F64).orThrow();
        Result<CompiledModel> again =
                ModelStore.load(file, Optional.of(folder.resolve("config.json")), Optional.empty());

        assertThat(again.diagnostics()).isEmpty();
        assertThat(again.orThrow()).isEqualTo(model);
    }

    /** The codec is kept, what speaks of the other model is not. */
    @Test
    void withAnotherConfigNamedTheProgramIsSetAsideAndToldSo() throws IOException {
        CompiledModel model = Models.ragged(Normalization.NONE);
        ModelStore.save(model, file, Dtype.F64).orThrow();
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"attn_scale\": 1.0", "\"attn_scale\": 2.0"));
        Files.delete(folder.resolve("codec.json"));
        Result<CompiledModel> other = ModelStore.load(file, Optional.of(config), Optional.empty());

        assertThat(other.diagnostics())
                .singleElement()
                .satisfies(told -> assertThat(told.message()).contains("program and certificate are set aside"));
        assertThat(other.orThrow().config().attnScale()).isEqualTo(2);
        assertThat(other.orThrow().encoder()).isEqualTo(model.encoder());
        assertThat(other.orThrow().decoder()).isPresent();
        assertThat(other.orThrow().labels()).isEqualTo(model.labels());
        assertThat(other.orThrow().program()).isEmpty();
        assertThat(other.orThrow().certificate()).isEmpty();
    }

    /** The config is blamed, not the codec beside the file. */
    @Test
    void aConfigOfAnotherModelIsNamed() throws IOException {
        ModelStore.save(Models.ragged(Normalization.NONE), file, Dtype.F64).orThrow();
        Path config = folder.resolve("other.json");
        String right = Files.readString(folder.resolve("config.json"));
        Files.writeString(config, right.replace("\"d_vocab\": 16", "\"d_vocab\": 17"));
        Diagnostic shape = refused(ModelStore.load(file, Optional.of(config), Optional.empty()), StoreCode.WRONG_SHAPE);
        assertThat(shape.notes()).contains("the config is " + config);
        assertThat(shape.help().orElse("")).contains("--config");

        Files.writeString(config, right.replace("\"n_layers\": 2", "\"n_layers\": 3"));
        assertThat(refused(ModelStore.load(file, Optional.of(config), Optional.empty()), StoreCode.MISSING_TENSOR)
                        .help())
                .contains("n_layers is 3 in the config, but the file's tensors are those of 2 layers");
        Files.writeString(config, right.replace("\"n_layers\": 2", "\"n_layers\": 1"));
        assertThat(refused(ModelStore.load(file, Optional.of(config), Optional.empty()), StoreCode.UNEXPECTED_TENSOR)
                        .help())
                .contains("n_layers is 1 in the config, but the file's tensors are those of 2 layers");
    }

    @Test
    void withAnotherConfigAndCodecNamedTheyStand() throws IOException {
        ModelStore.save(Models.ragged(Normalization.NONE), file, Dtype.F64).orThrow();
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"causal\"", "\"bidirectional\""));

        CompiledModel foreign = ModelStore.load(
                        file, Optional.of(folder.resolve("config.json")), Optional.of(folder.resolve("codec.json")))
                .orThrow();

        assertThat(foreign.config().attnScale()).isEqualTo(1);
        assertThat(foreign.weights().layers().get(1).heads()).hasSize(3);
        assertThat(foreign.weights().layers().get(1).mlp().hiddenWidth()).isEqualTo(6);
        assertThat(foreign.encoder())
                .isEqualTo(Models.ragged(Normalization.NONE).encoder());
        assertThat(foreign.decoder()).contains(new OutputDecoder.Categorical(Models.ODD_VALUES));
        assertThat(foreign.labels()).isEqualTo(Models.ragged(Normalization.NONE).labels());
        assertThat(foreign.program()).isEmpty();
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        ModelStore.save(Models.ragged(Normalization.LN), file, Dtype.F64).orThrow();
        byte[] first = Files.readAllBytes(file);
        ModelStore.save(Models.ragged(Normalization.LN), file, Dtype.F64).orThrow();

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void singlePrecisionRoundsTheWeightsOnly() throws IOException {
        CompiledModel model = Models.ragged(Normalization.NONE);
        ModelStore.save(model, file, Dtype.F32).orThrow();
        CompiledModel again = ModelStore.load(file).orThrow();

        assertThat(again.config()).isEqualTo(model.config());
        double weight = model.weights().unembedBias().get(0);
        assertThat(again.weights().unembedBias().get(0)).isEqualTo((float) weight);
        try (SafetensorsFile open = SafetensorsFile.open(file).orThrow()) {
            assertThat(open.tensors().values()).allMatch(t -> t.dtype() == Dtype.F32);
        }
    }

    @Test
    void theConfigIsWhatTransformerLensTakes() throws IOException {
        ModelStore.save(Models.ragged(Normalization.NONE), file, Dtype.F64).orThrow();

        assertThat(json("config.json"))
                .hasToString("{\"n_layers\":2,\"n_heads\":3,\"d_model\":5,\"d_head\":4,\"d_mlp\":6,\"n_ctx\":7,"
                        + "\"d_vocab\":16,\"d_vocab_out\":14,\"act_fn\":\"relu\",\"attention_dir\":\"causal\","
                        + "\"normalization_type\":null,\"attn_scale\":1.0}");
        ModelStore.save(Models.layerless(), file, Dtype.F64).orThrow();
        assertThat(json("config.json"))
                .as("TransformerLens can't make a model with an MLP of width 0, but one without MLPs")
                .hasToString("{\"n_layers\":0,\"n_heads\":1,\"d_model\":2,\"d_head\":1,\"d_mlp\":0,\"n_ctx\":3,"
                        + "\"d_vocab\":3,\"d_vocab_out\":1,\"act_fn\":\"relu\",\"attention_dir\":\"bidirectional\","
                        + "\"normalization_type\":null,\"attn_only\":true,\"init_weights\":false}");
    }

    /** Of attention alone, or with MLPs. */
    @ParameterizedTest
    @ValueSource(strings = {"reverse", "dyck1_ptf", "sort", "most_freq"})
    void theParametersAreThoseOfTheFile(String example) throws IOException {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of(
                                example + ".rasp", Files.readString(Path.of("..", "examples", example + ".rasp"))),
                        CompileOptions.DEFAULT)
                .orThrow();
        ModelStore.save(model, file, Dtype.F64).orThrow();

        try (SafetensorsFile open = SafetensorsFile.open(file).orThrow()) {
            assertThat(open.tensors().values().stream()
                            .mapToLong(TensorEntry::elements)
                            .sum())
                    .isEqualTo(ModelSize.of(model).parameters());
            boolean mlps = open.tensors().keySet().stream().anyMatch(name -> name.contains(".mlp."));
            assertThat(mlps).isEqualTo(model.config().dMlp() > 0);
            assertThat(json("config.json").has("attn_only")).isEqualTo(!mlps);
        }
        assertThat(json("config.json").get("d_mlp").getAsInt())
                .isEqualTo(model.config().dMlp());
        assertThat(ModelStore.load(file).orThrow()).isEqualTo(model);
        CompiledModel foreign = ModelStore.load(file, Optional.of(folder.resolve("config.json")), Optional.empty())
                .orThrow();
        assertThat(foreign.config().dMlp()).isEqualTo(model.config().dMlp());
    }

    @Test
    void aBiasOfAnMlpWithoutUnitsIsKept() {
        CompiledModel model = Models.ragged(Normalization.NONE, 0);
        ModelStore.save(model, file, Dtype.F64).orThrow();

        assertThat(ModelStore.load(file).orThrow()).isEqualTo(model);
    }

    @Test
    void aNumericalCodecHasNoValues() throws IOException {
        ModelStore.save(Models.layerless(), file, Dtype.F64).orThrow();

        assertThat(json("codec.json"))
                .hasToString("{\"bos\":\"BOS\",\"pad\":\"PAD\",\"input\":[\"BOS\",\"PAD\",\"a\"],"
                        + "\"output\":{\"kind\":\"numerical\",\"values\":null},\"residual_labels\":[]}");
    }

    @Test
    void nothingIsWrittenOverAnotherProgramsFile() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"name\": \"website\"}");

        Diagnostic diagnostic = refused(ModelStore.save(Models.layerless(), file, Dtype.F64), StoreCode.FOREIGN_FILE);

        assertThat(diagnostic.message()).contains("config.json");
        assertThat(files()).containsExactly(config);
        assertThat(config).hasContent("{\"name\": \"website\"}");
    }

    @Test
    void nothingIsLeftWhereWritingFails() throws IOException {
        refused(ModelStore.save(Models.layerless(), folder, Dtype.F64), StoreCode.NOT_WRITABLE);
        refused(
                ModelStore.save(Models.layerless(), folder.resolve("none/model.safetensors"), Dtype.F64),
                StoreCode.NOT_WRITABLE);
        refused(ModelStore.save(Models.layerless(), Path.of("/dev/null"), Dtype.F64), StoreCode.NOT_WRITABLE);
        Files.createDirectory(folder.resolve("codec.json"));
        refused(ModelStore.save(Models.layerless(), file, Dtype.F64), StoreCode.FOREIGN_FILE);

        assertThat(files()).containsExactly(folder.resolve("codec.json"));
    }

    @Test
    void aSymbolicLinkKeepsPointingToTheNewModel() throws IOException {
        Path real = folder.resolve("real");
        ModelStore.save(Models.ragged(Normalization.NONE), real, Dtype.F64).orThrow();
        Files.createSymbolicLink(file, real);

        ModelStore.save(Models.layerless(), file, Dtype.F64).orThrow();

        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(ModelStore.load(real).orThrow()).isEqualTo(Models.layerless());
    }

    @Test
    void keysThatDoNotFitAreNamed() throws IOException {
        fixtureWithConfig("\"n_layers\": 4", "\"n_layers\": 5");
        Diagnostic missing = refused(ModelStore.load(file), StoreCode.MISSING_TENSOR);
        assertThat(missing.message()).contains("'blocks.4.attn.W_Q' and 11 more");

        fixtureWithConfig("\"n_layers\": 4", "\"n_layers\": 3");
        Diagnostic unexpected = refused(ModelStore.load(file), StoreCode.UNEXPECTED_TENSOR);
        assertThat(unexpected.message()).contains("'blocks.3.attn.W_K'");
        assertThat(unexpected.help())
                .contains("n_layers is 3 in the config, but the file's tensors are those of 4 layers");

        fixtureWithConfig("\"d_head\": 12", "\"d_head\": 6");
        Diagnostic shape = refused(ModelStore.load(file), StoreCode.WRONG_SHAPE);
        assertThat(shape.message()).contains("'blocks.0.attn.W_Q' is [1, 41, 12]", "[1, 41, 6]");

        fixtureWithConfig("\"n_layers\": 4", "\"n_layers\": 2000000000");
        refused(ModelStore.load(file), StoreCode.MISSING_TENSOR);

        fixtureWithConfig("\"n_heads\": 1", "\"n_heads\": 2000000000");
        refused(ModelStore.load(file), StoreCode.WRONG_SHAPE);

        fixtureWithConfig("null", "\"LN\"");
        assertThat(refused(ModelStore.load(file), StoreCode.MISSING_TENSOR).message())
                .contains("ln1.w");
    }

    @Test
    void configsThatAreNotForUs() throws IOException {
        fixtureWithConfig("\"attention_dir\"", "\"attention_dirs\"");
        assertThat(refused(ModelStore.load(file), StoreCode.UNKNOWN_CONFIG_FIELD)
                        .help())
                .contains("did you mean 'attention_dir'?");
        fixtureWithConfig("\"attention_dir\": \"bidirectional\"", "\"attention_dir\": \"both\"");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"d_model\": 41", "\"d_model\": -41");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"d_model\": 41", "\"d_model\": 4.1");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"d_model\": 41", "\"d_model\": 1e999999999");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"d_model\": 41,", "\"d_model\": 41, \"d_model\": 41,");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"d_model\": 41,", "");
        assertThat(refused(ModelStore.load(file), StoreCode.BAD_CONFIG).message())
                .contains("'d_model'");
        fixtureWithConfig("relu", "solu_ln");
        assertThat(refused(ModelStore.load(file), StoreCode.UNSUPPORTED_CONFIG).message())
                .contains("'solu_ln'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"positional_embedding_type\": \"rotary\"",
                "\"parallel_attn_mlp\": true",
                "\"gated_mlp\": true",
                "\"n_key_value_heads\": 2",
                "\"num_experts\": 4",
                "\"attn_scores_soft_cap\": 30.0"
            })
    void whatChangesTheMeaningIsRefusedByName(String field) throws IOException {
        fixtureWithConfig("\"n_layers\": 4", "\"n_layers\": 4, " + field);

        assertThat(refused(ModelStore.load(file), StoreCode.UNSUPPORTED_CONFIG).message())
                .contains(field.substring(1, field.indexOf(':') - 1));
    }

    @Test
    void whatChangesNothingIsAccepted() throws IOException {
        fixtureWithConfig(
                "\"n_layers\": 4",
                "\"n_layers\": 4, \"seed\": 3, \"device\": \"cpu\", \"use_attn_result\": true,"
                        + " \"positional_embedding_type\": \"standard\", \"n_key_value_heads\": null,"
                        + " \"use_attn_scale\": false, \"d_vocab_out\": 3");
        refused(ModelStore.load(file), StoreCode.BAD_CONFIG);
        fixtureWithConfig("\"n_layers\": 4", "\"n_layers\": 4, \"seed\": 3, \"use_attn_scale\": false");

        assertThat(ModelStore.load(file).orThrow().config().attnScale()).isEqualTo(1);
    }

    @Test
    void codecsThatDoNotFit() throws IOException {
        fixtureWithCodec("  1,\n  2,\n  3,\n  \"BOS\"", "  1,\n  2,\n  \"BOS\"");
        assertThat(refused(ModelStore.load(file), StoreCode.BAD_CODEC).message())
                .contains("4 tokens", "d_vocab is 5");
        fixtureWithCodec("\"bos\": \"BOS\"", "\"bos\": \"START\"");
        refused(ModelStore.load(file), StoreCode.BAD_CODEC);
        fixtureWithCodec("categorical", "metrical");
        refused(ModelStore.load(file), StoreCode.BAD_CODEC);
        fixtureWithCodec("categorical", "numerical");
        refused(ModelStore.load(file), StoreCode.BAD_CODEC);
        fixtureWithCodec("  \"indices:0\",\n", "");
        assertThat(refused(ModelStore.load(file), StoreCode.BAD_CODEC).message())
                .contains("40 labels");
    }

    @Test
    void withoutConfigOrCodec() throws IOException {
        Files.copy(Fixtures.model("reverse"), file);
        assertThat(refused(ModelStore.load(file), StoreCode.NO_CONFIG).help().orElseThrow())
                .contains("--config");

        Files.copy(Fixtures.folder("reverse").resolve("config.json"), folder.resolve("config.json"));
        CompiledModel model = ModelStore.load(file).orThrow();
        assertThat(model.encoder()).isEmpty();
        assertThat(model.labels()).isEmpty();
        refused(
                ModelStore.load(file, Optional.of(folder.resolve("absent.json")), Optional.empty()),
                StoreCode.NOT_FOUND);
    }

    @Test
    void labelsAreReadInBothForms() {
        for (ResidualLabel label : Models.ragged(Normalization.NONE).labels()) {
            assertThat(LabelText.parse(label.text())).isEqualTo(label);
        }
        Optional<Value> none = Optional.empty();
        assertThat(List.of(
                        new ResidualLabel("plus", none, 1, 1),
                        new ResidualLabel("(a - 1)", none, -1, 0),
                        new ResidualLabel("depth", none, -2.5, -3),
                        new ResidualLabel("first", Optional.of(Value.of(0)), 1, -1),
                        new ResidualLabel("a=b", Optional.of(Value.of("] - 1:")), -1, 1e-9)))
                .allSatisfy(label -> assertThat(LabelText.parse(label.text()))
                        .as(label.text())
                        .isEqualTo(label));
        assertThat(List.of("0·x", "[x] - 1", "x -1", "- 1", "[a:b] + c", "x - 1E999"))
                .allSatisfy(text ->
                        assertThat(LabelText.parse(text).isPlain()).as(text).isTrue());
        assertThat(Stream.of("tokens:a", "map_3:-5", "seq:1.0", "one", "t:", "x=y")
                        .map(LabelText::parse))
                .extracting(label -> label.text())
                .containsExactly("tokens='a'", "map_3=-5", "seq=1.0", "one", "t=''", "x=y");
    }

    private void fixtureWithConfig(String from, String to) throws IOException {
        fixture("config.json", from, to);
    }

    private void fixtureWithCodec(String from, String to) throws IOException {
        fixture("codec.json", from, to);
    }

    /** The reverse fixture with one text replaced. */
    private void fixture(String changed, String from, String to) throws IOException {
        for (String name : List.of("model.safetensors", "config.json", "codec.json")) {
            Files.deleteIfExists(folder.resolve(name));
            Files.copy(Fixtures.folder("reverse").resolve(name), folder.resolve(name));
        }
        String text = Files.readString(folder.resolve(changed));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(changed), text.replace(from, to));
    }

    private static Diagnostic refused(Result<?> result, StoreCode code) {
        assertThat(result).isInstanceOf(Result.Failure.class);
        Diagnostic diagnostic = result.diagnostics().get(0);
        assertThat(diagnostic.code()).as(diagnostic.message()).isEqualTo(code);
        return diagnostic;
    }

    private JsonObject json(String name) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
    }

    private ImmutableList<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.collect(ImmutableList.toImmutableList());
        }
    }
}
