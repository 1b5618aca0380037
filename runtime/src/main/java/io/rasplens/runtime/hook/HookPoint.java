package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.tensor.Axis;

/**
 * A hook point as it is met in one run.
 *
 * @param axes the activation's axes, sizes included
 */
public record HookPoint(HookName name, ImmutableList<Axis> axes) {
    /** The block, from 0; -1 outside the blocks. */
    public int layer() {
        return name.layer();
    }
}
