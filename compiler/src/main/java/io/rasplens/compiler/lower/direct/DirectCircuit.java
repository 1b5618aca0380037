package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Glossary;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.direct.block.Encoded;
import io.rasplens.compiler.lower.direct.block.LayerAllocation;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts the blocks of a plan into layers, and says how s-ops are read there. */
final class DirectCircuit {
    /** The exact values of a numerical output are listed up to so many. */
    private static final int MAX_LISTED = 1 << 14;

    private final RaspProgram program;
    private final Inference inference;
    private final Reading reading;
    private final Plan plan;
    private final LayerAllocation allocation;

    private DirectCircuit(CompileTarget target, Inference inference, Reading reading, Plan plan) {
        this.program = target.program();
        this.inference = inference;
        this.reading = reading;
        this.plan = plan;
        this.allocation = LayerAllocation.of(plan.blocks());
    }

    static Circuit of(
            CompileTarget target,
            Inference inference,
            Reading reading,
            Plan plan,
            DirectEmbedding embedding,
            Map<String, SopFunction> functions) {
        var direct = new DirectCircuit(target, inference, reading, plan);
        SOp told = target.program().output();
        if (plan.numbers().containsKey(told)) {
            BlockLimits.checkKinds(target.program(), told, inference.values(told));
        }
        Circuit.Readout output = direct.readout(told, "");
        var circuit = new Circuit(
                embedding.tokenForms(),
                embedding.positionForms(),
                direct.allocation.layers(),
                output.logits(),
                output.decoder(),
                direct.readouts(),
                target.program().causal(),
                new Glossary(plan.meanings(), functions, ImmutableList.of()));
        // PAD has a direction too.
        BlockLimits.checkDepth(
                target.program(), circuit.blocks().size(), circuit.directions().size() + 1);
        return circuit;
    }

    private Circuit.Readout readout(SOp sop, String name) {
        Encoded.Numeric number = plan.numbers().get(sop);
        if (number != null) {
            return new Circuit.Readout(
                    name,
                    allocation.stage(number.depth()),
                    ImmutableList.of(number.number()),
                    new OutputDecoder.Numerical(listed(sop)));
        }
        Encoded.Category category = Objects.requireNonNull(plan.categories().get(sop));
        return new Circuit.Readout(
                name,
                allocation.stage(category.depth()),
                ImmutableList.<LinearForm>copyOf(category.forms().values()),
                new OutputDecoder.Categorical(category.forms().keySet().asList()));
    }

    /** The numbers to round to, where they are few and far enough apart. */
    private ImmutableList<Value> listed(SOp sop) {
        if (!(inference.values(sop) instanceof ValueSet.Finite finite)
                || finite.values().size() > MAX_LISTED) {
            return ImmutableList.of();
        }
        try {
            ClusteredNumbers numbers = ClusteredNumbers.of(program, sop, finite.values());
            return numbers.coarse().isPresent()
                    ? ImmutableList.of()
                    : numbers.clusters().stream()
                            .map(ClusteredNumbers.Cluster::representative)
                            .collect(ImmutableList.toImmutableList());
        } catch (Refusal e) {
            return ImmutableList.of();
        }
    }

    /** Every s-op that stands in the residual stream under a RASP name, so that a divergence can be found. */
    private ImmutableList<Circuit.Readout> readouts() {
        Set<SOp> readable = new LinkedHashSet<>();
        Stream.concat(plan.categories().keySet().stream(), plan.numbers().keySet().stream())
                .sorted(Comparator.comparingInt(SOp::id))
                .forEach(readable::add);
        ImmutableList.Builder<Circuit.Readout> readouts = ImmutableList.builder();
        for (SOp sop : readable) {
            Optional<String> name = program.nameOf(sop);
            if (name.isPresent() && reading.role(sop) != Reading.SopRole.CONSTANT) {
                readouts.add(readout(sop, name.get()));
            }
        }
        return readouts.build();
    }
}
