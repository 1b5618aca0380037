package io.rasplens.grammar.parse;

import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;

/** Text to syntax tree. */
public final class RaspParser {
    private RaspParser() {}

    /** Parses a whole file; all syntax errors are reported at once. */
    @SuppressWarnings("DoNotCallSuggester")
    public static Result<Script> parse(SourceFile source) {
        throw new UnsupportedOperationException(source.name());
    }
}
