package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * How far a transformer is its program.
 *
 * @param sops that can be set, in the order of the program
 */
public record InterchangeReport(ImmutableList<Sop> sops) {

    /**
     * One s-op's interventions.
     *
     * @param agreed those after which the transformer's answer was the interpreter's
     * @param tried those of them that were tried, on which the interpreter has an answer
     * @param unanswered those on which it has none, or of a value that the model was not built for in that company
     * @param planned all there were to try; more than were, if that had been too much work
     * @param counterexample one that did not agree, shrunk
     */
    public record Sop(
            SopReadout readout,
            long agreed,
            long tried,
            long unanswered,
            long planned,
            Optional<Counterexample> counterexample) {
        /** Whether all were tried that were planned. */
        public boolean isComplete() {
            return tried + unanswered == planned;
        }

        public double accuracy() {
            return tried == 0 ? 1 : (double) agreed / tried;
        }
    }

    /**
     * An intervention after which the two differ.
     *
     * @param position where the s-op is set, BOS not counted
     * @param expected the interpreter's answer with the s-op overridden
     * @param output the transformer's with it set
     */
    public record Counterexample(
            ImmutableList<Value> input,
            int position,
            Value value,
            ImmutableList<Value> expected,
            ImmutableList<Value> output) {}

    /** Whether all was tried that was planned. */
    public boolean isComplete() {
        return sops.stream().allMatch(Sop::isComplete);
    }

    /** Over all s-ops together; 1 where nothing was tried. */
    public double accuracy() {
        long tried = sops.stream().mapToLong(Sop::tried).sum();
        long agreed = sops.stream().mapToLong(Sop::agreed).sum();
        return tried == 0 ? 1 : (double) agreed / tried;
    }
}
