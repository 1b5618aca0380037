package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookKind.Place;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import java.util.Arrays;

/** The residual stream of all inputs at those places from which a cache's activations are made again when they are read. */
public final class PassedStreams implements StreamWatch {
    private static final double[] NOT_ASKED_FOR = {};

    private final Lanes all;
    private final int width;
    /** By the block before which it stands; empty where nobody will ask. */
    private final double[][] streams;

    /** @param plan says what the cache wants */
    public PassedStreams(TransformerConfig config, RunPlan plan) {
        this.all = plan.lanes();
        this.width = config.dModel();
        this.streams = new double[config.nLayers() + 1][];
        Arrays.fill(streams, NOT_ASKED_FOR);
        for (HookName name : plan.kept()) {
            int layer = readFrom(name, plan.stop());
            if (layer >= 0 && streams[layer].length == 0) {
                streams[layer] = new double[Math.multiplyExact(width, all.stride())];
            }
        }
    }

    /** The block before which the stream stands that an activation is made of; -1 for the embeddings. */
    static int readFrom(HookName name, int stop) {
        return name.kind().place() == Place.AFTER_BLOCKS ? stop : name.layer();
    }

    @Override
    public void passed(ForwardRun run, int layer, double[] stream) {
        double[] kept = streams[layer];
        if (kept.length == 0) {
            return;
        }
        Lanes some = run.lanes();
        if (some.equals(all)) {
            System.arraycopy(stream, 0, kept, 0, kept.length);
            return;
        }
        for (int column = 0; column < width; column++) {
            for (int position = 0; position < all.positions(); position++) {
                System.arraycopy(
                        stream,
                        column * some.stride() + position * some.batch(),
                        kept,
                        column * all.stride() + position * all.batch() + run.firstInput(),
                        some.batch());
            }
        }
    }

    /** The stream before a block, {@code [dModel, stride]} of all inputs; nobody may write to it. */
    double[] before(int layer) {
        return streams[layer];
    }
}
