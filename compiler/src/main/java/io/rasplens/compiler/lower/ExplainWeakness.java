package io.rasplens.compiler.lower;

import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Origin;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.List;
import java.util.Optional;

/** Says in the program's words which part of a transformer is not precise enough. */
final class ExplainWeakness {
    private ExplainWeakness() {}

    static Diagnostic explain(CompileTarget target, Weakness weakness) {
        RaspProgram program = target.program();
        boolean output = weakness.origin().sop().equals("output");
        String name = output ? program.name() : weakness.origin().sop();
        Diagnostic plain = Diagnostic.error(CompileCode.NOT_PRECISE, "'" + name + "' " + weakness.reason())
                .help("a shorter max_length, a smaller vocab or smaller numbers leave more digits");
        Optional<Span> span = output
                ? program.origin(program.output()).span()
                : span(program, weakness.origin().source());
        return span.map(s -> plain.at(s, "")).orElse(plain);
    }

    private static Optional<Span> span(RaspProgram program, Optional<SourceRange> wanted) {
        return NeededNodes.of(List.of(program.output())).stream()
                .map(node -> program.origin(node))
                .map(Origin::span)
                .flatMap(Optional::stream)
                .filter(span -> wanted.isPresent() && SourceRange.of(span).equals(wanted.get()))
                .findFirst();
    }
}
