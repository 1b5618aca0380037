package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.view.SequenceForm;
import io.rasplens.runtime.view.heat.AxisLabel;
import io.rasplens.runtime.view.heat.HeatFigure;
import io.rasplens.runtime.view.heat.HeatPanel;
import io.rasplens.runtime.view.heat.HeatText;
import java.util.Optional;

/** Heat maps of a run's activations: positions down, with their tokens; an activation by heads has a panel for each head. */
public final class ActivationHeat {
    private final ImmutableList<Value> input;
    private final ActivationCache cache;
    private final CompiledModel model;

    public ActivationHeat(ImmutableList<Value> input, ActivationCache cache) {
        this.input = input;
        this.cache = cache;
        this.model = cache.model();
    }

    /** What the console can show of a heat map: colours, shades, or letters. */
    public static HeatText.Style style(Console console) {
        return console.colour()
                ? HeatText.Style.COLOR
                : console.terminal() ? HeatText.Style.BLOCKS : HeatText.Style.ASCII;
    }

    /** The residual stream after the last block; of a model without blocks what the embedding made. */
    public HookName lastResidual() {
        int layers = model.config().nLayers();
        return layers == 0 ? HookName.embed() : HookName.residPost(layers - 1);
    }

    /** One figure of activations of one kind, on one colour scale. */
    public HeatFigure figure(ImmutableList<HookName> names) {
        var panels = ImmutableList.<HeatPanel>builder();
        Axis down = new Axis("pos", 0);
        Axis across = down;
        for (HookName name : names) {
            Tensor activation = cache.get(name).slice("batch", 0);
            boolean heads =
                    activation.axes().stream().anyMatch(axis -> axis.name().equals("head"));
            String title = names.size() == 1 ? "" : name.text();
            if (heads) {
                for (int head = 0; head < headCount(name); head++) {
                    panels.add(panel((title + " head " + head).strip(), activation.slice("head", head)));
                }
            } else {
                panels.add(panel(title, activation));
            }
            across = activation.axes().get(activation.rank() - 1);
            down = across.name().equals("key") ? new Axis("query", 0) : down;
        }
        String title = names.size() == 1
                ? names.get(0).text()
                : names.size() + " × " + names.get(0).kind().path();
        String rows = down.name().equals("pos") ? "position" : down.name();
        return new HeatFigure(title, "input " + Text.values(input), rows, columnAxis(across), panels.build());
    }

    /** The heads a layer really has; those that only fill the rectangle up are zero everywhere. */
    private int headCount(HookName name) {
        return model.weights().layers().get(name.layer()).heads().size();
    }

    private HeatPanel panel(String title, Tensor matrix) {
        return HeatPanel.of(title, tokens(), columns(matrix.axes().get(1)), matrix::get);
    }

    private static String columnAxis(Axis across) {
        return across.name().equals("d_model") ? "residual dimension" : across.name();
    }

    private ImmutableList<AxisLabel> columns(Axis axis) {
        if (axis.name().equals("key")) {
            return tokens();
        }
        ImmutableList<ResidualLabel> labels = model.labels();
        if (axis.name().equals("d_model") && labels.size() == axis.size()) {
            return labels.stream()
                    .map(label -> new AxisLabel(
                            label.sop(), label.value().map(Value::repr).orElse("")))
                    .collect(ImmutableList.toImmutableList());
        }
        return AxisLabel.numbers(axis.size());
    }

    private ImmutableList<AxisLabel> tokens() {
        return cache.tokens().row(0).asList().stream()
                .map(this::token)
                .map(text -> new AxisLabel("", text))
                .collect(ImmutableList.toImmutableList());
    }

    private String token(int id) {
        Optional<TokenEncoder> encoder = model.encoder();
        return encoder.map(e -> SequenceForm.plain(e.vocabulary().get(id))).orElseGet(() -> Integer.toString(id));
    }
}
