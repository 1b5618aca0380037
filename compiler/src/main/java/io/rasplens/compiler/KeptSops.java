package io.rasplens.compiler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.elaborate.FindBinding;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which s-ops a model must keep: those that the options name, else those that the file's directives do. */
final class KeptSops {
    private KeptSops() {}

    /** A name that was asked for, and where. */
    private record Wanted(String name, Optional<Span> place) {}

    static Result<ImmutableSet<SOp>> of(Elaboration elaboration, CompileOptions options, RaspProgram program) {
        ImmutableList<Directive.KeepDirective> directives = elaboration.directives().stream()
                .filter(Directive.KeepDirective.class::isInstance)
                .map(Directive.KeepDirective.class::cast)
                .collect(ImmutableList.toImmutableList());
        boolean all = options.keep()
                .map(CompileOptions.Keep::all)
                .orElse(directives.stream().anyMatch(Directive.KeepDirective::all));
        Set<ProgramNode> needed = Set.copyOf(program.nodes());
        if (all) {
            return Result.success(needed.stream()
                    .filter(node -> node instanceof SOp && program.nameOf(node).isPresent())
                    .map(SOp.class::cast)
                    .sorted(java.util.Comparator.comparingInt(SOp::id))
                    .collect(ImmutableSet.toImmutableSet()));
        }
        List<Wanted> wanted = new ArrayList<>();
        if (options.keep().isPresent()) {
            options.keep().get().names().forEach(name -> wanted.add(new Wanted(name, Optional.empty())));
        } else {
            for (Directive.KeepDirective directive : directives) {
                for (Binding name : directive.names()) {
                    wanted.add(new Wanted(name.name(), Optional.of(name.span())));
                }
            }
        }
        ImmutableSet.Builder<SOp> kept = ImmutableSet.builder();
        List<Diagnostic> problems = new ArrayList<>();
        for (Wanted each : wanted) {
            Result<SOp> found = FindBinding.find(elaboration, each.name());
            if (found instanceof Result.Success<SOp> success && needed.contains(success.value())) {
                kept.add(success.value());
            } else {
                problems.addAll(
                        found instanceof Result.Success<SOp>
                                ? List.of(unneeded(each.name(), program, needed))
                                : meantAll(each.name(), found.diagnostics()));
                if (each.place().isPresent()) {
                    int last = problems.size() - 1;
                    problems.set(last, problems.get(last).at(each.place().get(), ""));
                }
            }
        }
        return problems.isEmpty() ? Result.success(kept.build()) : Result.failure(ImmutableList.copyOf(problems));
    }

    /** The word for every one is written small, and no s-op has this name. */
    private static List<Diagnostic> meantAll(String name, List<Diagnostic> problems) {
        return name.equalsIgnoreCase("all")
                ? problems.stream()
                        .map(problem -> problem.help("did you mean 'all'? it keeps every s-op"))
                        .toList()
                : problems;
    }

    private static Diagnostic unneeded(String name, RaspProgram program, Set<ProgramNode> needed) {
        String names = needed.stream()
                .filter(SOp.class::isInstance)
                .flatMap(node -> program.nameOf(node).stream())
                .sorted()
                .limit(20)
                .collect(Collectors.joining(", "));
        return Diagnostic.error(
                        ElaborationCode.NO_SUCH_SOP,
                        "'" + program.name() + "' is not computed from '" + name + "', which can't be kept for it")
                .help("it is computed from " + names);
    }
}
