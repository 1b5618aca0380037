package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimaps;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures interchange accuracy: for each s-op that can be set, random pairs of inputs, the value that it has on the one put into the
 * run on the other. Of an s-op that is kept, every value at every position of some inputs is tried too. Of one that is not kept, only what the model was built for counts.
 */
public final class Interchange {
    private static final int MOST_PER_BATCH = 128;

    /** Inputs on which a kept s-op is given each of its values. */
    private static final int INPUTS_FOR_ALL_VALUES = 8;

    private static final int MOST_VALUES = 64;

    private final Intervention intervention;
    private final HookedTransformer model;
    private final InterchangeOptions options;

    private Interchange(HookedTransformer model, RaspProgram program, InterchangeOptions options) {
        this.intervention = new Intervention(model, program);
        this.model = model;
        this.options = options;
    }

    public static InterchangeReport measure(HookedTransformer model, RaspProgram program, InterchangeOptions options) {
        return new Interchange(model, program, options).measure();
    }

    private InterchangeReport measure() {
        return new InterchangeReport(model.model().readouts().stream()
                .filter(readout -> !readout.encodings().isEmpty())
                .map(this::measure)
                .collect(ImmutableList.toImmutableList()));
    }

    /** An input, an edit of it, and what the program then answers. */
    private record InterchangeTrial(ImmutableList<Value> input, SopEdit edit, ImmutableList<Value> expected) {}

    private InterchangeReport.Sop measure(SopReadout readout) {
        var random = new Random(options.seed());
        List<InterchangeTrial> trials = new ArrayList<>();
        for (int pair = 0; pair < options.budget(); pair++) {
            ImmutableList<Value> base = input(random);
            ImmutableList<Value> source = input(random);
            int position = random.nextInt(Math.min(base.size(), source.size()));
            intervention
                    .values(readout.sop(), source)
                    .ifPresent(values -> add(trials, base, SopEdit.of(readout.sop(), position, values.get(position))));
        }
        if (readout.kept() && readout.values().size() <= MOST_VALUES) {
            for (int i = 0; i < INPUTS_FOR_ALL_VALUES; i++) {
                ImmutableList<Value> base = input(random);
                for (int position = 0; position < base.size(); position++) {
                    int at = position;
                    readout.values().forEach(value -> add(trials, base, SopEdit.of(readout.sop(), at, value)));
                }
            }
        }
        return compare(readout, trials);
    }

    private void add(List<InterchangeTrial> trials, ImmutableList<Value> input, SopEdit edit) {
        try {
            if (intervention.outside(input, List.of(edit)).isEmpty()) {
                trials.add(new InterchangeTrial(input, edit, intervention.expected(input, List.of(edit))));
            }
        } catch (EvaluationException e) {
            // The program has no answer, so that nothing is expected of the transformer.
            return;
        }
    }

    private InterchangeReport.Sop compare(SopReadout readout, List<InterchangeTrial> trials) {
        long agreed = 0;
        Optional<InterchangeReport.Counterexample> first = Optional.empty();
        ImmutableListMultimap<Integer, InterchangeTrial> byLength =
                Multimaps.index(trials, trial -> trial.input().size());
        for (Integer length : byLength.keySet()) {
            for (List<InterchangeTrial> batch : Lists.partition(byLength.get(length), MOST_PER_BATCH)) {
                List<SopEdit> edits = new ArrayList<>();
                for (int row = 0; row < batch.size(); row++) {
                    edits.add(batch.get(row).edit().inRow(row));
                }
                ImmutableList<ImmutableList<Value>> answers = intervention.answers(
                        batch.stream().map(InterchangeTrial::input).toList(), edits);
                for (int row = 0; row < batch.size(); row++) {
                    InterchangeTrial trial = batch.get(row);
                    if (Agreement.firstDifference(trial.expected(), answers.get(row))
                            .isEmpty()) {
                        agreed++;
                    } else if (first.isEmpty()) {
                        first = Optional.of(new InterchangeReport.Counterexample(
                                trial.input(),
                                trial.edit().position(),
                                trial.edit().value(),
                                trial.expected(),
                                answers.get(row)));
                    }
                }
            }
        }
        return new InterchangeReport.Sop(
                readout,
                agreed,
                trials.size(),
                first.map(found -> intervention.shrink(found, readout.sop(), options.vocabulary())));
    }

    /** Half of them of few tokens, so that tokens repeat. */
    private ImmutableList<Value> input(Random random) {
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
