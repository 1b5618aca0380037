/**
 * What depends on what, found by running a model with parts of another run in place: activation and path patching, ablation.
 * Every helper works with hooks of its own runs, so that the model is afterwards as it was.
 *
 * <pre>{@code
 * Recovery recovery = Recovery.between(model, clean, corrupted, OptionalInt.empty());
 * LabelledTable table = new PatchSweep(model, clean, corrupted, recovery).byPosition(HookKind.RESID_PRE);
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.analysis.patch;

import org.jspecify.annotations.NullMarked;
