package io.rasplens.compiler;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.elaborate.FindBinding;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.infer.refusal.TellApart;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Chooses what to compile: options win over directives, those over what the file's example and last assignment suggest. */
final class TargetChoice {
    /** Positions of a model: each is a row of the position table, and more memory in every pass. */
    private static final int MAX_LENGTH = 1 << 18;

    private TargetChoice() {}

    static Result<RaspProgram> program(Elaboration elaboration, CompileOptions options) {
        Optional<Directive.OutputDirective> output = elaboration.last(Directive.OutputDirective.class);
        Optional<String> name = options.sop()
                .or(() -> output.map(Directive.OutputDirective::name))
                .or(elaboration::lastSop);
        if (name.isEmpty()) {
            Diagnostic none = Diagnostic.error(
                            ElaborationCode.NO_SOP, "the file assigns no s-op", new Span(elaboration.source(), 0, 0))
                    .help("assign one, as in 'reverse = aggregate(...);', or name one with --sop");
            return Result.failure(elaboration.bindings().entrySet().stream()
                    .reduce((earlier, later) -> later)
                    .map(last -> none.note(
                            "'" + last.getKey() + "' is " + last.getValue().oneOfItsKind() + ", not an s-op"))
                    .orElse(none));
        }
        Optional<Span> place =
                options.sop().isPresent() ? Optional.empty() : output.map(Directive.OutputDirective::nameSpan);
        return program(elaboration, options, name.get(), place);
    }

    private static Result<RaspProgram> program(
            Elaboration elaboration, CompileOptions options, String name, Optional<Span> place) {
        Optional<Meaning> found = elaboration.find(name);
        if (found.isPresent() && !(found.get() instanceof Meaning.Sequence)) {
            return Result.failure(error(
                            ElaborationCode.NOT_AN_SOP,
                            "'" + name + "' is " + found.get().oneOfItsKind() + ", not an s-op",
                            place)
                    .help(wayOut(name, found.get())));
        }
        Result<SOp> sop = FindBinding.find(elaboration, name);
        if (!(sop instanceof Result.Success<SOp> success)) {
            return Result.failure(sop.diagnostics().stream()
                    .map(diagnostic ->
                            place.map(span -> diagnostic.at(span, "")).orElse(diagnostic))
                    .collect(ImmutableList.toImmutableList()));
        }
        boolean causal = options.causal().orElse(elaboration.isCausal());
        return Result.success(TellApart.nodes(
                new RaspProgram(elaboration.graph(), success.value(), name, elaboration.origins(), causal)));
    }

    private static String wayOut(String name, Meaning meaning) {
        if (meaning instanceof Meaning.Selection) {
            return "'rasp eval' shows a selector; how many keys it selects is the s-op selector_width(" + name + ")";
        }
        return meaning instanceof Meaning.Function
                ? "assign the s-op that is wanted to a name, for example 'result = " + name + "(...);'"
                : "an s-op has a value at each position: it is made of tokens or indices";
    }

    static Result<CompileTarget> target(Elaboration elaboration, CompileOptions options) {
        return program(elaboration, options).then(program -> {
            Optional<ImmutableList<Value>> example = elaboration.example();
            Optional<ImmutableList<Value>> vocabulary =
                    options.vocabulary().or(elaboration::vocabulary).or(() -> example);
            if (vocabulary.isEmpty() || vocabulary.get().isEmpty()) {
                return Result.failure(error(
                                ElaborationCode.NO_VOCABULARY,
                                "no token is known that an input may hold",
                                Optional.empty())
                        .help("add '#@ vocab [\"a\", \"b\"]' to the file, or give --vocab or an input"));
            }
            OptionalInt length = length(elaboration, options, example);
            if (length.isPresent() && length.getAsInt() > MAX_LENGTH) {
                return Result.failure(error(
                                ElaborationCode.BAD_LENGTH,
                                "a model for inputs of " + length.getAsInt() + " tokens would be too large; "
                                        + MAX_LENGTH + " are allowed",
                                Optional.empty())
                        .help("use a shorter max_length"));
            }
            if (length.isEmpty() || length.getAsInt() < 1) {
                return Result.failure(error(
                                ElaborationCode.BAD_LENGTH,
                                length.isEmpty()
                                        ? "the length of the longest input is not known"
                                        : "the longest input must have at least 1 token, got " + length.getAsInt(),
                                Optional.empty())
                        .help("add '#@ max_length 10' to the file, or give --max-length or an input"));
            }
            ImmutableList<Value> distinct =
                    vocabulary.get().stream().distinct().collect(ImmutableList.toImmutableList());
            return KeptSops.of(elaboration, options, program)
                    .then(kept -> Result.success(new CompileTarget(program, distinct, length.getAsInt(), kept)));
        });
    }

    private static OptionalInt length(
            Elaboration elaboration, CompileOptions options, Optional<ImmutableList<Value>> example) {
        if (options.maxLength().isPresent()) {
            return options.maxLength();
        }
        Optional<Integer> said = elaboration.maxLength().or(() -> example.map(ImmutableList::size));
        return said.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Diagnostic error(ElaborationCode code, String message, Optional<Span> place) {
        Function<Span, Diagnostic> at = span -> Diagnostic.error(code, message, span);
        return place.map(at).orElseGet(() -> Diagnostic.error(code, message));
    }
}
