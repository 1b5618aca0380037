package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Readouts;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sets s-ops in the transformer: writes a value into the residual stream in every form in which the s-op stands there, each where it
 * is made, so that whatever reads it reads the given value.
 *
 * <pre>{@code
 * List<HookAssignment> hooks = SetSops.hooks(model, tokens, List.of(SopEdit.of("opposite", 2, Value.of(0))));
 * Tensor logits = model.forward(tokens, RunOptions.PLAIN.hooks(hooks));
 * }</pre>
 */
public final class SetSops {
    private static final int MOST_LISTED = 20;

    private final CompiledModel model;
    private final TokenBatch tokens;
    private final Map<StreamPoint, List<RowSetting>> entries = new TreeMap<>();

    /** Numbers to write at some dimensions of one row of the stream; row -1 for all. */
    private record RowSetting(int row, int position, SopEncoding encoding, ImmutableDoubleArray numbers) {}

    private SetSops(CompiledModel model, TokenBatch tokens) {
        this.model = model;
        this.tokens = tokens;
    }

    /**
     * The hooks that make these edits in a run on these tokens; of two edits of one place the later one counts.
     *
     * @throws EngineException if an s-op can't be set, or not to that value, or there is no such position
     */
    public static ImmutableList<HookAssignment> hooks(
            HookedTransformer transformer, TokenBatch tokens, List<SopEdit> edits) {
        var set = new SetSops(transformer.model(), tokens);
        edits.forEach(set::add);
        return set.hooks();
    }

    /** Of an s-op that can be set, how. */
    public static SopReadout settable(CompiledModel model, String sop) {
        Readouts.Found found = Readouts.find(model.readouts(), sop, "cannot be set in this model");
        if (found instanceof Readouts.Found.Refused refused) {
            throw new EngineException(EngineCode.UNKNOWN_SOP, refused.message(), refused.help());
        }
        SopReadout readout = ((Readouts.Found.One) found).readout();
        if (readout.encodings().isEmpty()) {
            throw new EngineException(
                    EngineCode.SOP_NOT_SETTABLE,
                    "the s-op '" + sop + "' can be read and not set: it has no direction of its own in the stream",
                    "compile with --keep " + readout.name().name() + ", and it has one");
        }
        return readout;
    }

    private void add(SopEdit edit) {
        SopReadout readout = settable(model, edit.sop());
        int first = firstPosition();
        checkPlace(edit, first);
        for (SopEncoding encoding : readout.encodings()) {
            ImmutableDoubleArray numbers = encoding.write(edit.value())
                    .filter(written -> readout.accepts(edit.value()))
                    .orElseThrow(() -> impossible(edit, readout));
            entries.computeIfAbsent(encoding.made(), point -> new ArrayList<>())
                    .add(new RowSetting(edit.row().orElse(-1), edit.position() + first, encoding, numbers));
        }
    }

    private void checkPlace(SopEdit edit, int first) {
        int from = edit.row().orElse(0);
        int to = edit.row().isPresent() ? from + 1 : tokens.size();
        if (from < 0 || to > tokens.size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "there is no input " + from + " in a batch of " + tokens.size(),
                    "inputs count from 0");
        }
        for (int row = from; row < to; row++) {
            int at = edit.position() + first;
            if (edit.position() < 0 || at >= tokens.positions() || !tokens.isReal(row, at)) {
                throw new EngineException(
                        EngineCode.WRONG_SHAPE,
                        "there is no position " + edit.position() + " to set '" + edit.sop() + "' at",
                        "positions count the tokens of the input, the first of which is 0");
            }
        }
    }

    private static EngineException impossible(SopEdit edit, SopReadout readout) {
        List<Value> values = readout.values();
        String known = values.stream().limit(MOST_LISTED).map(Value::repr).collect(Collectors.joining(", "));
        String help =
                values.isEmpty() ? "it is a number" : "it can be " + known + (values.size() > MOST_LISTED ? ", …" : "");
        return new EngineException(
                EngineCode.IMPOSSIBLE_VALUE,
                "the s-op '" + edit.sop() + "' is never " + edit.value().repr(),
                help);
    }

    private int firstPosition() {
        return model.encoder()
                .map(encoder -> tokens.id(0, 0) == encoder.bos() ? 1 : 0)
                .orElse(0);
    }

    private ImmutableList<HookAssignment> hooks() {
        return entries.entrySet().stream()
                .map(entry -> HookAssignment.of(
                        point(entry.getKey()), Hook.replace((stream, point) -> written(stream, entry.getValue()))))
                .collect(ImmutableList.toImmutableList());
    }

    private HookName point(StreamPoint made) {
        if (made.layer() < 0) {
            return model.config().nLayers() > 0 ? HookName.residPre(0) : HookName.unembedIn();
        }
        return made.afterAttention() ? HookName.residMid(made.layer()) : HookName.residPost(made.layer());
    }

    private static Tensor written(Tensor stream, List<RowSetting> entries) {
        double[] values = stream.toArray();
        int width = stream.size(2);
        int positions = stream.size(1);
        for (RowSetting entry : entries) {
            int from = Math.max(entry.row(), 0);
            int to = entry.row() < 0 ? stream.size(0) : entry.row() + 1;
            for (int row = from; row < to; row++) {
                for (int i = 0; i < entry.numbers().length(); i++) {
                    int dimension = entry.encoding().dimensions().get(i);
                    values[(row * positions + entry.position()) * width + dimension] =
                            entry.numbers().get(i);
                }
            }
        }
        return Tensor.adopt(values, stream.axes());
    }
}
