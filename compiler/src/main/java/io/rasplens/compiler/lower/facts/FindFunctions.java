package io.rasplens.compiler.lower.facts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the s-ops of a program down as functions of what stands in the stream, by cases where those are few. */
public final class FindFunctions {
    /** Nobody reads longer tables. */
    private static final int MOST_CASES = 128;

    private static final int MOST_NODES = 20_000;

    private final Facts facts;

    private FindFunctions(Facts facts) {
        this.facts = facts;
    }

    /** Of all s-ops that may be computed by hidden units, by {@link Facts#reference}. Few are: each is written down when it is asked for. */
    public static Map<String, SopFunction> of(Facts facts) {
        Map<String, SOp> sops = new HashMap<>();
        if (facts.nodes().size() <= MOST_NODES) {
            for (ProgramNode node : facts.nodes()) {
                if (node instanceof SOp sop) {
                    sops.putIfAbsent(facts.reference(sop), sop);
                }
            }
        }
        return Maps.transformValues(ImmutableMap.copyOf(sops), new FindFunctions(facts)::function);
    }

    private SopFunction function(SOp sop) {
        Optional<JointTable> table = facts.table(sop);
        ImmutableList<String> of = table.map(
                        known -> known.variables().stream().map(this::name).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> sop.operands().stream()
                        .filter(SOp.class::isInstance)
                        .map(facts::reference)
                        .distinct()
                        .collect(ImmutableList.toImmutableList()));
        return new SopFunction(
                facts.reference(sop),
                of,
                table.filter(known -> known.cells().length() <= MOST_CASES).map(FindFunctions::cases),
                facts.definition(sop));
    }

    private String name(Variable variable) {
        if (variable instanceof Variable.Computed computed) {
            return facts.reference(computed.sop());
        }
        return variable instanceof Variable.Input
                ? "tokens"
                : variable instanceof Variable.Index ? "indices" : "length";
    }

    private static ImmutableList<SopFunction.InputCell> cases(JointTable table) {
        ImmutableList.Builder<SopFunction.InputCell> cases = ImmutableList.builder();
        for (int cell = 0; cell < table.cells().length(); cell++) {
            Optional<Value> is = table.value(cell);
            if (is.isPresent()) {
                ImmutableList.Builder<Value> given = ImmutableList.builder();
                for (int v = 0; v < table.variables().size(); v++) {
                    given.add(table.variables().get(v).domain().get(table.coordinate(cell, v)));
                }
                cases.add(new SopFunction.InputCell(given.build(), is.get()));
            }
        }
        return cases.build();
    }
}
