package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.store.ModelSize;

/** A model's shape and size. */
public final class ModelSummary {
    private final CompiledModel model;
    private final TransformerConfig config;
    private final ModelSize size;
    private final ImmutableList<Integer> headsPerLayer;
    private final ImmutableList<Integer> mlpPerLayer;

    public ModelSummary(CompiledModel model) {
        this.model = model;
        this.config = model.config();
        this.size = ModelSize.of(model);
        this.headsPerLayer = model.weights().layers().stream()
                .map(layer -> layer.heads().size())
                .collect(ImmutableList.toImmutableList());
        this.mlpPerLayer = model.weights().layers().stream()
                .map(layer -> layer.mlp().hiddenWidth())
                .collect(ImmutableList.toImmutableList());
    }

    public JsonObject json() {
        return Json.model(model);
    }

    /** What each row of the size table shows. */
    public static ImmutableList<String> rowNames() {
        return ImmutableList.of("layers", "heads", "d_model", "d_head", "d_mlp", "parameters", "non-zeros");
    }

    /** The numbers of the size table. */
    public ImmutableList<String> column() {
        return ImmutableList.of(
                Integer.toString(config.nLayers()),
                Integer.toString(config.nHeads()),
                Integer.toString(config.dModel()),
                Integer.toString(config.dHead()),
                Integer.toString(config.dMlp()),
                AnswerText.count(size.parameters()),
                AnswerText.count(size.nonZeros()));
    }

    /** The table of one model. */
    public String table() {
        var rows = ImmutableList.<ImmutableList<String>>builder();
        ImmutableList<String> numbers = column();
        for (int i = 0; i < numbers.size(); i++) {
            rows.add(ImmutableList.of("  " + rowNames().get(i), numbers.get(i)));
        }
        return AnswerText.table(rows.build());
    }

    /** How wide each layer really is, in text. */
    public String perLayer() {
        return "  heads per layer         " + headsPerLayer + "\n  hidden units per layer  " + mlpPerLayer + "\n";
    }
}
