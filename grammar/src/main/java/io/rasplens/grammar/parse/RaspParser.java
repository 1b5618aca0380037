package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;

/** Text to syntax tree. */
public final class RaspParser {
    private RaspParser() {}

    /**
     * What a text holds as far as it can be understood.
     *
     * @param script the statements and directives without a syntax error, in order
     * @param diagnostics the errors and warnings, in order
     */
    public record Partial(Script script, ImmutableList<Diagnostic> diagnostics) {
        public boolean hasErrors() {
            return diagnostics.stream().anyMatch(Diagnostic::isError);
        }
    }

    /** What to do with a text typed so far. */
    public sealed interface Typed {
        /** The text can be run. */
        record Complete(Script script, ImmutableList<Diagnostic> warnings) implements Typed {}

        /** More text may make it right: a bracket is open, or a {@code ;} is missing. */
        record Incomplete() implements Typed {}

        /** No further text can make it right. */
        record Wrong(Partial partial) implements Typed {}
    }

    /** Parses a whole file; all syntax errors are reported at once, and warnings come with a success. */
    public static Result<Script> parse(SourceFile source) {
        Partial partial = parseLeniently(source);
        return partial.hasErrors()
                ? Result.failure(partial.diagnostics())
                : Result.success(partial.script(), partial.diagnostics());
    }

    /** Parses a whole file and keeps the statements that are right, for a reader that goes on after an error. */
    public static Partial parseLeniently(SourceFile source) {
        return new Parsing(source).script().partial();
    }

    /** Parses what was typed into the REPL so far, possibly several lines. */
    public static Typed parseTyped(SourceFile source) {
        Parsing.Outcome outcome = new Parsing(source).script();
        Partial partial = outcome.partial();
        if (!partial.hasErrors()) {
            return new Typed.Complete(partial.script(), partial.diagnostics());
        }
        return outcome.mayGoOn() ? new Typed.Incomplete() : new Typed.Wrong(partial);
    }

    /** Parses one expression, without a {@code ;}. */
    public static Result<Expr> parseExpression(SourceFile source) {
        return new Parsing(source).expression();
    }

    /** Parses a list of atoms, {@code [1, -2.5, True, "a"]}, with nothing behind it. */
    public static Result<ImmutableList<Value>> parseAtoms(SourceFile source) {
        return new Parsing(source).atoms();
    }
}
