package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Chooses the edits of an s-op that are to be tried, in a random order: any first part of them is a sample. */
final class PlanEdits {
    /** Inputs on which a kept s-op is given each of its values. */
    private static final int INPUTS_FOR_ALL_VALUES = 8;

    private static final int MOST_VALUES = 64;

    private final InterchangeOptions options;
    private final Random random;

    private PlanEdits(InterchangeOptions options) {
        this.options = options;
        this.random = new Random(options.seed());
    }

    /** One s-op's edits. */
    record SopPlan(SopReadout readout, ImmutableList<PlannedEdit> edits) {}

    /**
     * One edit, of the value that the s-op has on another input or of one of its values.
     *
     * @param base the input that is run
     * @param source the other input; empty if the value is given
     */
    record PlannedEdit(
            ImmutableList<Value> base, int position, Optional<ImmutableList<Value>> source, Optional<Value> given) {

        /**
         * The value; empty where the s-op has none on the other input.
         *
         * @param run what the s-op is on an input
         */
        Optional<Value> value(Function<ImmutableList<Value>, Optional<ImmutableList<Value>>> run) {
            return given.or(() -> source.flatMap(run).map(values -> values.get(position)));
        }
    }

    static SopPlan of(SopReadout readout, InterchangeOptions options) {
        return new SopPlan(readout, new PlanEdits(options).edits(readout));
    }

    private ImmutableList<PlannedEdit> edits(SopReadout readout) {
        List<PlannedEdit> edits = new ArrayList<>();
        for (int pair = 0; pair < options.budget(); pair++) {
            ImmutableList<Value> base = input();
            ImmutableList<Value> source = input();
            int position = random.nextInt(Math.min(base.size(), source.size()));
            edits.add(new PlannedEdit(base, position, Optional.of(source), Optional.empty()));
        }
        if (readout.kept() && readout.values().size() <= MOST_VALUES) {
            for (int i = 0; i < INPUTS_FOR_ALL_VALUES; i++) {
                ImmutableList<Value> base = input();
                for (int position = 0; position < base.size(); position++) {
                    for (Value value : readout.values()) {
                        edits.add(new PlannedEdit(base, position, Optional.empty(), Optional.of(value)));
                    }
                }
            }
        }
        Collections.shuffle(edits, random);
        return ImmutableList.copyOf(edits);
    }

    /** Half of them of few tokens, so that tokens repeat. */
    private ImmutableList<Value> input() {
        int length = 1 + random.nextInt(options.maxLength());
        int kinds = random.nextBoolean()
                ? options.vocabulary().size()
                : Math.min(3, options.vocabulary().size());
        int shift = random.nextInt(options.vocabulary().size());
        ImmutableList.Builder<Value> input = ImmutableList.builder();
        for (int i = 0; i < length; i++) {
            input.add(options.vocabulary()
                    .get((shift + random.nextInt(kinds)) % options.vocabulary().size()));
        }
        return input.build();
    }
}
