package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.arithmetic.AttentionRows;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.HeadColumns;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What every part of the transformer needs to know of the run it takes part in: the tokens, the room to work in, and who looks.
 * The parts hand each activation to {@code hooked} and go on with what comes back, which is the very same object unless a hook
 * replaced it. Where nobody looks that costs one question, and the rectangular form is never made; for a cache it is made when
 * it is first read.
 */
public final class ForwardRun {
    private final TransformerConfig config;
    private final TokenBatch tokens;
    private final int firstInput;
    private final Lanes lanes;
    private final RunPlan plan;
    private final Scratch scratch;
    private final StreamWatch streams;
    private final boolean padded;
    private final boolean watched;
    private final Map<HookName, Tensor> kept;
    private final Set<HookName> replacedNames;

    /**
     * A run of some inputs of a batch.
     *
     * @param firstInput the first of the batch's inputs that take part; as many as {@code lanes} says
     * @param streams who wants to see the stream between the blocks
     */
    public ForwardRun(
            TransformerConfig config,
            TokenBatch tokens,
            int firstInput,
            Lanes lanes,
            RunPlan plan,
            Scratch scratch,
            StreamWatch streams) {
        this.config = config;
        this.tokens = tokens;
        this.firstInput = firstInput;
        this.lanes = lanes;
        this.plan = plan;
        this.scratch = scratch;
        this.streams = streams;
        this.padded = tokens.isPadded();
        this.watched = !plan.silent();
        this.kept = watched ? new LinkedHashMap<>() : Map.of();
        this.replacedNames = watched ? new HashSet<>() : Set.of();
    }

    TransformerConfig config() {
        return config;
    }

    RunPlan plan() {
        return plan;
    }

    Lanes lanes() {
        return lanes;
    }

    int firstInput() {
        return firstInput;
    }

    void passing(int layer, double[] stream) {
        streams.passed(this, layer, stream);
    }

    int token(int input, int position) {
        return tokens.id(firstInput + input, position);
    }

    /** Whether a key is padding, which no query sees. */
    boolean isPadding(int input, int position) {
        return padded && !tokens.isReal(firstInput + input, position);
    }

    boolean hasPadding() {
        return padded;
    }

    /** Whether anybody looks at the run: then every activation has an array of its own, which may be kept. */
    boolean watched() {
        return watched;
    }

    boolean watched(HookName name) {
        return plan.at(name) != null;
    }

    /** Room for an activation of so many columns, holding anything. */
    double[] columns(int slot, int width) {
        return array(slot, Math.multiplyExact(width, lanes.stride()));
    }

    /** Room for numbers, holding anything; a slot's earlier array may still be in use only if the run is watched. */
    double[] array(int slot, int size) {
        return watched ? new double[size] : scratch.get(slot, size);
    }

    /** What the cache asked for, in firing order. */
    public ImmutableMap<HookName, Tensor> kept() {
        return ImmutableMap.copyOf(kept);
    }

    /** The points at which a hook put something in place. */
    public ImmutableSet<HookName> replaced() {
        return ImmutableSet.copyOf(replacedNames);
    }

    /** Shows an activation {@code [batch, pos, full]}, of which {@code columns} may be narrower. */
    Columns hooked(HookName name, Columns columns, int full) {
        RunPlan.Look look = plan.at(name);
        if (look == null) {
            return columns;
        }
        return show(look, () -> lanes.toRows(columns.values(), columns.width(), full))
                .map(rows -> {
                    var values = new double[Math.multiplyExact(full, lanes.stride())];
                    lanes.toColumns(rows, 0, full, full, values, 0);
                    return new Columns(values, full);
                })
                .orElse(columns);
    }

    /** The same for {@code [batch, pos, head, full]}. */
    HeadColumns hooked(HookName name, HeadColumns heads, int full) {
        RunPlan.Look look = plan.at(name);
        if (look == null) {
            return heads;
        }
        return show(look, () -> heads.toRows(lanes, config.nHeads(), full))
                .map(rows -> HeadColumns.of(rows, lanes, config.nHeads(), full))
                .orElse(heads);
    }

    /**
     * Shows what need not be there unless somebody looks.
     *
     * @return what a hook put in place
     */
    Optional<HeadColumns> offered(HookName name, Supplier<HeadColumns> heads, int full) {
        return offered(name, () -> heads.get().toRows(lanes, config.nHeads(), full))
                .map(rows -> HeadColumns.of(rows, lanes, config.nHeads(), full));
    }

    /** The same in its rectangular form. */
    Optional<double[]> offered(HookName name, Supplier<double[]> rows) {
        RunPlan.Look look = plan.at(name);
        return look == null ? Optional.empty() : show(look, rows);
    }

    /** The same for {@code [batch, head, query, key]}. */
    AttentionRows hooked(HookName name, AttentionRows rows) {
        RunPlan.Look look = plan.at(name);
        if (look == null) {
            return rows;
        }
        int heads = config.nHeads();
        double[] all = rows.all(heads, lanes);
        return show(look, () -> lanes.toPattern(all, heads))
                .map(edited -> AttentionRows.of(lanes.fromPattern(edited, heads), lanes))
                .orElse(AttentionRows.of(all, lanes));
    }

    /**
     * @param rows makes the rectangular form; what it reads must never be written again
     * @return what a hook put in place
     */
    private Optional<double[]> show(RunPlan.Look look, Supplier<double[]> rows) {
        Optional<Tensor> replaced = Optional.empty();
        Tensor activation = Tensor.lazily(look.point().axes(), rows);
        if (look.hooked()) {
            replaced = plan.hooks().fire(look.point(), activation);
            if (replaced.isPresent()) {
                replacedNames.add(look.point().name());
            }
        }
        if (look.kept()) {
            kept.put(look.point().name(), replaced.orElse(activation));
        }
        return replaced.map(Tensor::toArray);
    }
}
