package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookPoint;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who looks at what in a run of a given shape: the hooks, and the names to keep in a cache. */
public final class RunPlan {
    private final Lanes lanes;
    private final int stop;
    private final boolean unembeds;
    private final ActiveHooks hooks;
    private final ImmutableSet<HookName> kept;
    private final Map<HookName, Look> looks = new HashMap<>();
    private final ImmutableList<Axis> resultAxes;
    private final long streamNumbers;
    private final long keptNumbers;
    private final long numbers;
    private final Optional<RunPlan> unwatched;

    /** What happens at a point that somebody looks at. */
    static final class Look {
        private final HookPoint point;
        private final boolean hooked;
        private final boolean kept;

        private Look(HookPoint point, boolean hooked, boolean kept) {
            this.point = point;
            this.hooked = hooked;
            this.kept = kept;
        }

        HookPoint point() {
            return point;
        }

        /** Whether there are hooks, which may put something else in place. */
        boolean hooked() {
            return hooked;
        }

        /** Whether a cache wants what the hooks left. */
        boolean kept() {
            return kept;
        }
    }

    /**
     * @param stop the block before which the run ends
     * @param unembeds whether it ends with the logits, not with the stream
     * @param kept what a cache wants
     */
    public RunPlan(
            TransformerConfig config,
            Lanes lanes,
            int stop,
            boolean unembeds,
            ActiveHooks hooks,
            ImmutableSet<HookName> kept) {
        this.lanes = lanes;
        this.stop = stop;
        this.unembeds = unembeds;
        this.hooks = hooks;
        this.kept = kept;
        hooks.points().forEach(name -> look(config, name));
        kept.forEach(name -> look(config, name));
        ImmutableList<Axis> stream = HookKind.RESID_PRE.axes(config, lanes.batch(), lanes.positions());
        ImmutableList<Axis> logits = HookKind.UNEMBED_OUT.axes(config, lanes.batch(), lanes.positions());
        this.resultAxes = unembeds ? logits : stream;
        this.streamNumbers = Math.max(Tensor.length(stream), Tensor.length(logits));
        this.keptNumbers = kept.stream().mapToLong(this::numbers).sum();
        this.numbers = streamNumbers
                + keptNumbers
                + hooks.points().stream().mapToLong(this::numbers).sum();
        this.unwatched = hooks.points().isEmpty() && !kept.isEmpty()
                ? Optional.of(new RunPlan(config, lanes, stop, unembeds, hooks, ImmutableSet.of()))
                : Optional.empty();
    }

    private void look(TransformerConfig config, HookName name) {
        var point = new HookPoint(name, name.kind().axes(config, lanes.batch(), lanes.positions()));
        looks.put(name, new Look(point, hooks.listensTo(name), kept.contains(name)));
    }

    public Lanes lanes() {
        return lanes;
    }

    int stop() {
        return stop;
    }

    public boolean unembeds() {
        return unembeds;
    }

    public ActiveHooks hooks() {
        return hooks;
    }

    ImmutableSet<HookName> kept() {
        return kept;
    }

    /** The axes of what the run gives: logits, or the stream where it ends before a layer. */
    public ImmutableList<Axis> resultAxes() {
        return resultAxes;
    }

    /** Numbers in the larger of stream and logits. */
    public long streamNumbers() {
        return streamNumbers;
    }

    /** Numbers in all that a cache wants. */
    public long keptNumbers() {
        return keptNumbers;
    }

    /** Numbers in the stream and in all that somebody looks at. */
    public long numbers() {
        return numbers;
    }

    /** Numbers at a point that somebody looks at. */
    public long numbers(HookName name) {
        return Tensor.length(Objects.requireNonNull(looks.get(name)).point().axes());
    }

    /** Whether nobody looks at anything. */
    public boolean silent() {
        return looks.isEmpty();
    }

    /** The same run with nobody to look at it, where there is only a cache, whose activations can be made when they are read. */
    public Optional<RunPlan> unwatched() {
        return unwatched;
    }

    /** What happens at a point; null where nobody looks. */
    @Nullable
    Look at(HookName name) {
        return looks.isEmpty() ? null : looks.get(name);
    }
}
