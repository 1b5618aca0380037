package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Overrides;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import io.rasplens.runtime.transformer.SetSops;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets s-ops in a transformer, and says what the program answers when the same s-ops are overridden. */
public final class Intervention {
    private static final int MOST_STEPS = 200;

    private final HookedTransformer model;
    private final RaspProgram program;
    private final Map<String, SOp> nodes = new HashMap<>();

    public Intervention(HookedTransformer model, RaspProgram program) {
        this.model = model;
        this.program = program;
        program.origins().keySet().forEach(node -> {
            if (node instanceof SOp sop) {
                program.nameOf(sop).ifPresent(name -> nodes.put(name, sop));
            }
        });
        nodes.put(program.name(), program.output());
    }

    /** The transformer's answer to an input with s-ops set. */
    public ImmutableList<Value> answer(List<Value> input, List<SopEdit> edits) {
        return answers(List.of(input), edits).get(0);
    }

    /** The answers to inputs of one length, run together; an edit may be of one of them alone. */
    ImmutableList<ImmutableList<Value>> answers(List<? extends List<Value>> inputs, List<SopEdit> edits) {
        TokenBatch tokens = model.encodeBatch(inputs);
        Tensor logits = model.forward(tokens, RunOptions.PLAIN.hooks(SetSops.hooks(model, tokens, edits)));
        return model.decode(logits, tokens);
    }

    /**
     * What the program answers with the same s-ops overridden.
     *
     * @throws EvaluationException if it fails
     */
    public ImmutableList<Value> expected(List<Value> input, List<SopEdit> edits) throws EvaluationException {
        Overrides overrides = Overrides.NONE;
        for (SopEdit edit : edits) {
            String sop = SetSops.settable(model.model(), edit.sop()).sop();
            overrides = overrides.with(node(sop), edit.position(), edit.value());
        }
        return Interpreter.evaluate(program.output(), input, program.causal(), overrides);
    }

    /**
     * What an s-op that is not kept can't be set to in this company: the s-op that would get a value it never has. The compiler
     * builds for the combinations that occur.
     *
     * @throws EvaluationException if the work is beyond all bounds
     */
    public Optional<EngineException> outside(List<Value> input, List<SopEdit> edits) throws EvaluationException {
        List<String> cut = new ArrayList<>();
        Overrides overrides = Overrides.NONE;
        for (SopEdit edit : edits) {
            SopReadout readout = SetSops.settable(model.model(), edit.sop());
            overrides = overrides.with(node(readout.sop()), edit.position(), edit.value());
            if (!readout.kept()) {
                cut.add(readout.name().name());
            }
        }
        if (cut.isEmpty()) {
            return Optional.empty();
        }
        Trace trace = Interpreter.trace(List.of(program.output()), input, program.causal(), overrides);
        for (SopReadout readout : model.model().readouts()) {
            Optional<ImmutableList<Value>> values =
                    Optional.ofNullable(nodes.get(readout.sop())).flatMap(trace::values);
            for (int p = 0; values.isPresent() && p < values.get().size(); p++) {
                if (!readout.accepts(values.get().get(p))) {
                    return Optional.of(new EngineException(
                            EngineCode.OUTSIDE_COMBINATIONS,
                            "'" + readout.sop() + "' would be "
                                    + values.get().get(p).repr() + " at position " + p + ", which it never is",
                            "compile with --keep " + String.join(",", cut)));
                }
            }
        }
        return Optional.empty();
    }

    /** What an s-op is on an input; empty where the program fails. */
    Optional<ImmutableList<Value>> values(String sop, List<Value> input) {
        try {
            return Optional.of(Interpreter.evaluate(node(sop), input, program.causal()));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** Whether an edit is answered otherwise than the program does; empty also where the program has no answer. */
    Optional<InterchangeReport.Counterexample> difference(List<Value> input, SopEdit edit) {
        try {
            if (outside(input, List.of(edit)).isPresent()) {
                return Optional.empty();
            }
            ImmutableList<Value> expected = expected(input, List.of(edit));
            ImmutableList<Value> output = answer(input, List.of(edit));
            return Agreement.firstDifference(expected, output).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new InterchangeReport.Counterexample(
                            ImmutableList.copyOf(input), edit.position(), edit.value(), expected, output));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    private SOp node(String sop) {
        SOp node = nodes.get(sop);
        if (node == null) {
            throw new IllegalArgumentException("the program has no s-op '" + sop + "'");
        }
        return node;
    }

    /** A counterexample made as small as it gets: tokens left out, then earlier ones of the vocabulary in place of later ones. */
    InterchangeReport.Counterexample shrink(
            InterchangeReport.Counterexample found, String sop, List<Value> vocabulary) {
        InterchangeReport.Counterexample smallest = found;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<InterchangeReport.Counterexample> smaller = smaller(smallest, sop, vocabulary);
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
        return smallest;
    }

    private Optional<InterchangeReport.Counterexample> smaller(
            InterchangeReport.Counterexample from, String sop, List<Value> vocabulary) {
        for (int out = 0; out < from.input().size(); out++) {
            if (out != from.position() || from.input().size() > from.position() + 1) {
                List<Value> shorter = new ArrayList<>(from.input());
                shorter.remove(out);
                int position = out < from.position() ? from.position() - 1 : from.position();
                Optional<InterchangeReport.Counterexample> smaller =
                        difference(shorter, SopEdit.of(sop, position, from.value()));
                if (smaller.isPresent()) {
                    return smaller;
                }
            }
        }
        for (int at = 0; at < from.input().size(); at++) {
            int rank = vocabulary.indexOf(from.input().get(at));
            for (Value simpler : vocabulary.subList(0, Math.max(0, rank))) {
                List<Value> changed = new ArrayList<>(from.input());
                changed.set(at, simpler);
                Optional<InterchangeReport.Counterexample> smaller =
                        difference(changed, SopEdit.of(sop, from.position(), from.value()));
                if (smaller.isPresent()) {
                    return smaller;
                }
            }
        }
        return Optional.empty();
    }
}
