package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A warning for a model of very many hidden units, which says the s-op that most of them are for. */
public final class CostlyUnits {
    /** Hidden units in all layers together that nobody is told of. */
    public static final int MOST = 20_000;

    private CostlyUnits() {}

    /** The warning, at the s-op; empty where there are few units, or nothing is known of what they are for. */
    public static Optional<Diagnostic> warning(RaspProgram program, CompiledModel model) {
        long all = model.weights().layers().stream()
                .map(LayerWeights::mlp)
                .mapToLong(mlp -> mlp.hiddenWidth())
                .sum();
        if (all <= MOST) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        model.provenance().neurons().stream()
                .flatMap(Collection::stream)
                .forEach(unit -> counts.merge(unit.sop(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(most -> warning(program, model, all, most.getKey(), most.getValue()));
    }

    private static Diagnostic warning(RaspProgram program, CompiledModel model, long all, String sop, int its) {
        Diagnostic warning = Diagnostic.error(
                CompileCode.MANY_UNITS,
                String.format(Locale.ROOT, "the model has %,d hidden units; '%s' takes %,d of them", all, sop, its));
        Optional<Span> place = model.provenance().neurons().stream()
                .flatMap(Collection::stream)
                .filter(unit -> unit.sop().equals(sop))
                .flatMap(unit -> unit.source().stream())
                .findFirst()
                .flatMap(range -> find(program, range));
        return (place.isPresent() ? warning.at(place.get(), "") : warning)
                .asWarning()
                .help(
                        "a shorter max_length or a smaller vocab makes fewer; so does a function of numbers that can be fewer");
    }

    private static Optional<Span> find(RaspProgram program, SourceRange range) {
        for (ProgramNode node : NeededNodes.of(ImmutableList.of(program.output()))) {
            Optional<Span> span = program.origin(node).span();
            if (span.isPresent() && SourceRange.of(span.get()).equals(range)) {
                return span;
            }
        }
        return Optional.empty();
    }
}
