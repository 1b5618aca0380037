package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.view.attention.AttentionFigure;
import io.rasplens.runtime.view.attention.AttentionPanel;
import io.rasplens.runtime.view.attention.AttentionPattern;
import io.rasplens.runtime.view.attention.FindSelectedKeys;
import io.rasplens.runtime.view.heat.AxisLabel;
import io.rasplens.runtime.view.heat.HeatFigure;
import io.rasplens.runtime.view.heat.HeatPanel;
import io.rasplens.runtime.view.heat.HeatText;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixSparseCSC;

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
                HeatPanel panel = panel(title, activation);
                panels.add(isRead(name) ? panel.answers(row -> answer(activation, row)) : panel);
            }
            across = activation.axes().get(activation.rank() - 1);
            down = across.name().equals("key") ? new Axis("query", 0) : down;
        }
        String title = names.size() == 1
                ? names.get(0).text()
                : names.size() + " × " + names.get(0).kind().path();
        String rows = down.name().equals("pos") ? "position" : down.name();
        boolean stream = across.name().equals("d_model") && model.labels().size() == across.size();
        return new HeatFigure(
                title,
                "input " + AnswerText.values(input),
                rows,
                columnAxis(across),
                stream ? HeatFigure.Scaling.BY_GROUP : HeatFigure.Scaling.WHOLE,
                panels.build());
    }

    /** Heads with the keys that they select, and BOS's share apart. */
    public AttentionFigure attention(ImmutableList<HookName> patterns, FindSelectedKeys keys) {
        boolean hasBos = model.encoder().isPresent();
        var panels = ImmutableList.<AttentionPanel>builder();
        for (HookName name : patterns) {
            Tensor heads = cache.get(name).slice("batch", 0);
            for (int head = 0; head < headCount(name); head++) {
                Tensor matrix = heads.slice("head", head);
                var pattern = AttentionPattern.of(cache.tokens().positions(), hasBos, matrix::get);
                Optional<Origin> origin = origin(name.layer(), head);
                panels.add(new AttentionPanel(
                        "layer " + name.layer() + ", head " + head,
                        origin.map(known -> known.sop() + ": " + known.description())
                                .orElse(""),
                        pattern,
                        keys.of(name.layer(), head)));
            }
        }
        String title = patterns.size() == 1
                ? patterns.get(0).text()
                : patterns.size() + " \u00d7 " + patterns.get(0).kind().path();
        ImmutableList<String> tokens = cache.tokens().row(0).asList().stream()
                .skip(hasBos ? 1 : 0)
                .map(this::token)
                .collect(ImmutableList.toImmutableList());
        return new AttentionFigure(title, "input " + AnswerText.values(input), tokens, hasBos, panels.build());
    }

    private Optional<Origin> origin(int layer, int head) {
        ImmutableList<ImmutableList<Origin>> layers = model.provenance().heads();
        return layer < layers.size() && head < layers.get(layer).size()
                ? Optional.of(layers.get(layer).get(head))
                : Optional.empty();
    }

    /** The heads a layer really has; those that only fill the rectangle up are zero everywhere. */
    private int headCount(HookName name) {
        return model.weights().layers().get(name.layer()).heads().size();
    }

    private HeatPanel panel(String title, Tensor matrix) {
        return HeatPanel.of(title, tokens(), columns(matrix.axes().get(1)), matrix::get);
    }

    /** Whether the answers are read from an activation as it is. */
    private boolean isRead(HookName name) {
        boolean stream = name.equals(lastResidual()) || name.equals(HookName.unembedIn());
        return stream
                && model.decoder().isPresent()
                && model.weights().lnFinal().isEmpty();
    }

    /** The direction that counts most for the greatest logit at a position; -1 at BOS. */
    private int answer(Tensor stream, int position) {
        if (model.encoder().isPresent() && position == 0) {
            return -1;
        }
        DMatrixSparseCSC unembed = model.weights().unembed().csc();
        int best = -1;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output < unembed.numCols; output++) {
            double logit = model.weights().unembedBias().get(output);
            int most = -1;
            double part = Double.NEGATIVE_INFINITY;
            for (int i = unembed.col_idx[output]; i < unembed.col_idx[output + 1]; i++) {
                double added = stream.get(position, unembed.nz_rows[i]) * unembed.nz_values[i];
                logit += added;
                if (added > part) {
                    part = added;
                    most = unembed.nz_rows[i];
                }
            }
            if (logit > greatest) {
                greatest = logit;
                best = most;
            }
        }
        return best;
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
            return IntStream.range(0, labels.size())
                    .mapToObj(d -> new AxisLabel(
                            held(d).orElse(labels.get(d).sop()),
                            labels.get(d).value().map(Value::repr).orElse("")))
                    .collect(ImmutableList.toImmutableList());
        }
        return AxisLabel.numbers(axis.size());
    }

    /** What a dimension holds in place of an s-op's value: {@code hist - 1}. */
    private Optional<String> held(int dimension) {
        return model.provenance()
                .anatomy()
                .map(anatomy -> anatomy.directions().get(dimension))
                .filter(Holds.PowersOf.class::isInstance)
                .map(Holds::words);
    }

    /** BOS, then the positions from 0 on, each with its token. */
    private ImmutableList<AxisLabel> tokens() {
        boolean hasBos = model.encoder().isPresent();
        ImmutableList<Integer> ids = cache.tokens().row(0).asList().stream().collect(ImmutableList.toImmutableList());
        return IntStream.range(0, ids.size())
                .mapToObj(i -> hasBos && i == 0 ? token(ids.get(0)) : (hasBos ? i - 1 : i) + ": " + token(ids.get(i)))
                .map(text -> new AxisLabel("", text))
                .collect(ImmutableList.toImmutableList());
    }

    private String token(int id) {
        Optional<TokenEncoder> encoder = model.encoder();
        return encoder.map(e -> Values.plain(e.vocabulary().get(id))).orElseGet(() -> Integer.toString(id));
    }
}
