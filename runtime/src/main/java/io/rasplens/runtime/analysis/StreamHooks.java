package io.rasplens.runtime.analysis;

import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;

/** The hook points at which the residual stream is what it is at a point between two sublayers. */
public final class StreamHooks {
    private StreamHooks() {}

    /** Behind an embedding without blocks it is what the unembedding reads. */
    public static HookName name(StreamPoint point, TransformerConfig config) {
        if (point.layer() < 0) {
            return config.nLayers() > 0 ? HookName.residPre(0) : HookName.unembedIn();
        }
        return point.afterAttention() ? HookName.residMid(point.layer()) : HookName.residPost(point.layer());
    }
}
