package io.rasplens.runtime.transformer.forward;

import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;

/** Where a run begins: at the embedding, or with a residual stream at one of a layer's three stages. */
public final class RunStart {
    public static final RunStart AT_EMBEDDING = new RunStart(0, SublayerPoint.RESID_PRE, new double[0]);

    private final int layer;
    private final SublayerPoint stage;
    private final double[] resid;

    /** The points of a block at which the residual stream is whole. */
    public enum SublayerPoint {
        RESID_PRE(HookKind.RESID_PRE),
        RESID_MID(HookKind.RESID_MID),
        RESID_POST(HookKind.RESID_POST);

        private final HookKind kind;

        SublayerPoint(HookKind kind) {
            this.kind = kind;
        }
    }

    private RunStart(int layer, SublayerPoint stage, double[] resid) {
        this.layer = layer;
        this.stage = stage;
        this.resid = resid;
    }

    /** Before a block; before the unembedding where there is no such block any more. */
    public static RunStart before(int layer, double[] resid) {
        return new RunStart(layer, SublayerPoint.RESID_PRE, resid);
    }

    /** At a point of the stream within a block. */
    public static RunStart at(HookName point, double[] resid) {
        for (SublayerPoint stage : SublayerPoint.values()) {
            if (stage.kind == point.kind()) {
                return new RunStart(point.layer(), stage, resid);
            }
        }
        throw new EngineException(
                EngineCode.UNKNOWN_HOOK,
                "a run cannot start at " + point,
                "it starts where the residual stream is whole: hook_resid_pre, hook_resid_mid, hook_resid_post");
    }

    public int layer() {
        return layer;
    }

    public SublayerPoint stage() {
        return stage;
    }

    /** The stream at the start, {@code [rows, dModel]}. */
    double[] resid() {
        return resid;
    }

    public boolean atEmbedding() {
        return resid.length == 0;
    }

    /** Whether anything is added to the stream by a run that ends before a layer. */
    boolean addsBefore(int stop) {
        return stage == SublayerPoint.RESID_POST ? layer + 1 < stop : layer < stop;
    }

    /** Whether the run begins within the layer, behind its first point. */
    public boolean withinLayer() {
        return stage != SublayerPoint.RESID_PRE;
    }

    /** Whether a point of a block is at the start or behind it. */
    public boolean passes(HookName name) {
        return name.layer() > layer || (name.layer() == layer && name.kind().compareTo(stage.kind) >= 0);
    }
}
