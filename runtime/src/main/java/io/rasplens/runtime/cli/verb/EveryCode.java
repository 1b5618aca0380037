package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.parse.SyntaxCode;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.repl.ReplCode;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.view.flow.FlowCode;
import io.rasplens.runtime.web.PageCode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Every diagnostic code there is. */
public final class EveryCode {
    /** Sorted by id. */
    public static final ImmutableList<DiagnosticCode> ALL = Stream.<DiagnosticCode[]>of(
                    SyntaxCode.values(),
                    ElaborationCode.values(),
                    EvaluationCode.values(),
                    CompileCode.values(),
                    StoreCode.values(),
                    EngineCode.values(),
                    FlowCode.values(),
                    ReplCode.values(),
                    PageCode.values(),
                    CliCode.values())
            .flatMap(Stream::of)
            .sorted(Comparator.comparing(DiagnosticCode::id))
            .collect(ImmutableList.toImmutableList());

    private EveryCode() {}

    /** The code with this id, in either letter case. */
    public static Optional<DiagnosticCode> find(String id) {
        return ALL.stream().filter(code -> code.id().equalsIgnoreCase(id)).findFirst();
    }
}
