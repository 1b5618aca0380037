package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.RunWork;
import io.rasplens.runtime.analysis.VerifyWatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures interchange accuracy: for each s-op that can be set, random pairs of inputs, the value that it has on the one put into the
 * run on the other. Of an s-op that is kept, every value at every position of some inputs is tried too. Of one that is not kept, only
 * what the model was built for counts.
 */
public final class Interchange {
    private static final int MOST_PER_BATCH = 128;

    /** However much work they are, so many interventions of each s-op are tried. */
    private static final int FEWEST = 8;

    /** What the interpreter's work at one node and position is in multiply-adds. */
    private static final int WORK_OF_NODE = 100;

    private final Intervention intervention;
    private final HookedTransformer model;
    private final RunWork run;
    private final long nodes;
    private final InterchangeOptions options;
    private final VerifyWatch watch;
    private final Map<Integer, List<InterchangeTrial>> waiting = new TreeMap<>();
    private long done;
    private boolean stopped;

    private Interchange(HookedTransformer model, RaspProgram program, InterchangeOptions options, VerifyWatch watch) {
        this.intervention = new Intervention(model, program);
        this.model = model;
        this.run = RunWork.of(model.model());
        this.nodes = NeededNodes.of(ImmutableList.of(program.output())).size();
        this.options = options;
        this.watch = watch;
    }

    public static InterchangeReport measure(HookedTransformer model, RaspProgram program, InterchangeOptions options) {
        return measure(model, program, options, VerifyWatch.NONE);
    }

    /**
     * The same, watched.
     *
     * @param watch hears how many interventions are done, and may end it: what is left is not tried
     */
    public static InterchangeReport measure(
            HookedTransformer model, RaspProgram program, InterchangeOptions options, VerifyWatch watch) {
        return new Interchange(model, program, options, watch).measure();
    }

    private InterchangeReport measure() {
        ImmutableList<SopReadout> sops = model.model().readouts().stream()
                .filter(readout -> !readout.encodings().isEmpty())
                .collect(ImmutableList.toImmutableList());
        // Plans are made twice, and not all at once.
        double work = sops.stream()
                .flatMap(sop -> PlanEdits.of(sop, options).edits().stream())
                .mapToDouble(this::work)
                .sum();
        double part = Math.min(1, options.work() / work);
        List<SopTally> tallies = new ArrayList<>();
        for (SopReadout sop : sops) {
            if (stopped) {
                break;
            }
            PlanEdits.SopPlan plan = PlanEdits.of(sop, options);
            var tally = new SopTally(sop, plan.edits().size());
            tallies.add(tally);
            long most = Math.max(FEWEST, (long) (part * plan.edits().size()));
            plan.edits().stream().limit(most).forEach(edit -> take(tally, edit));
        }
        waiting.keySet().forEach(this::run);
        return new InterchangeReport(tallies.stream().map(this::report).collect(ImmutableList.toImmutableList()));
    }

    /** What one intervention takes, in multiply-adds: the transformer's run and the interpreter's. */
    private double work(PlanEdits.PlannedEdit edit) {
        int positions = edit.base().size() + 1;
        return run.at(positions) + (double) positions * nodes * WORK_OF_NODE;
    }

    /** What has come of the interventions of one s-op. */
    private static final class SopTally {
        private final SopReadout readout;
        private final long planned;
        private long agreed;
        private long tried;
        private long unanswered;
        private Optional<InterchangeReport.Counterexample> first = Optional.empty();

        SopTally(SopReadout readout, long planned) {
            this.readout = readout;
            this.planned = planned;
        }
    }

    /** An input, an edit of it, and what the program then answers. */
    private record InterchangeTrial(
            SopTally tally, ImmutableList<Value> input, SopEdit edit, ImmutableList<Value> expected) {
        void count(ImmutableList<Value> answer) {
            tally.tried++;
            if (Agreement.firstDifference(expected, answer).isEmpty()) {
                tally.agreed++;
            } else if (tally.first.isEmpty()) {
                tally.first = Optional.of(
                        new InterchangeReport.Counterexample(input, edit.position(), edit.value(), expected, answer));
            }
        }
    }

    /** Edits of inputs of one length run together, whatever s-ops they are of. */
    private void take(SopTally tally, PlanEdits.PlannedEdit planned) {
        if (stopped) {
            return;
        }
        Optional<InterchangeTrial> trial = trial(tally, planned);
        if (trial.isEmpty()) {
            tally.unanswered++;
            return;
        }
        List<InterchangeTrial> batch = waiting.computeIfAbsent(planned.base().size(), length -> new ArrayList<>());
        batch.add(trial.get());
        if (batch.size() == MOST_PER_BATCH) {
            run(planned.base().size());
            stopped = !watch.goesOn(done);
        }
    }

    private void run(int length) {
        List<InterchangeTrial> batch = waiting.getOrDefault(length, List.of());
        if (batch.isEmpty()) {
            return;
        }
        List<SopEdit> edits = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            edits.add(batch.get(row).edit().inRow(row));
        }
        ImmutableList<ImmutableList<Value>> answers =
                intervention.answers(batch.stream().map(InterchangeTrial::input).toList(), edits);
        for (int row = 0; row < batch.size(); row++) {
            batch.get(row).count(answers.get(row));
        }
        done += batch.size();
        batch.clear();
    }

    private InterchangeReport.Sop report(SopTally tally) {
        return new InterchangeReport.Sop(
                tally.readout,
                tally.agreed,
                tally.tried,
                tally.unanswered,
                tally.planned,
                tally.first.map(found -> intervention.shrink(found, tally.readout.sop(), options.vocabulary())));
    }

    /** Nothing where the program has no answer, so that nothing is expected of the transformer, or the model was not built for that. */
    private Optional<InterchangeTrial> trial(SopTally tally, PlanEdits.PlannedEdit planned) {
        SopReadout readout = tally.readout;
        Optional<Value> value = planned.value(source -> intervention.values(readout.sop(), source));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        SopEdit edit = SopEdit.of(readout.sop(), planned.position(), value.get());
        try {
            return intervention.outside(planned.base(), List.of(edit)).isPresent()
                    ? Optional.empty()
                    : Optional.of(new InterchangeTrial(
                            tally, planned.base(), edit, intervention.expected(planned.base(), List.of(edit))));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }
}
