package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.AstPrinter;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import java.util.Optional;

/**
 * One canonical style for a whole file: a statement a line, four spaces for a block, at most one blank line in a row.
 * Comments and directives stay with what they stand at; a statement with a comment inside keeps its own layout.
 */
public final class Formatter {
    private Formatter() {}

    /**
     * The text in canonical style; formatting it again changes nothing, and its syntax tree is the old one.
     *
     * @return the errors, if the text has any
     */
    public static Result<String> format(SourceFile source) {
        Result<Script> parsed = RaspParser.parse(source);
        if (!(parsed instanceof Result.Success<Script> success)) {
            return Result.failure(errors(parsed.diagnostics()));
        }
        String meaning = AstPrinter.print(success.value());
        return Result.success(attempt(source, true, meaning)
                .or(() -> attempt(source, false, meaning))
                .orElse(source.text()));
    }

    /** Brackets added for readers may go over the nesting limit in an extreme text; then it must do without them. */
    private static Optional<String> attempt(SourceFile source, boolean forReaders, String meaning) {
        String text = new LayoutScript(source, forReaders).run();
        Result<Script> again = RaspParser.parse(SourceFile.of(source.name(), text));
        return again instanceof Result.Success<Script> success
                        && AstPrinter.print(success.value()).equals(meaning)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static ImmutableList<Diagnostic> errors(ImmutableList<Diagnostic> diagnostics) {
        return diagnostics.stream().filter(Diagnostic::isError).collect(ImmutableList.toImmutableList());
    }
}
