package io.rasplens.grammar.parse;

import static io.rasplens.grammar.parse.SyntaxCode.FOREIGN_QUOTES;
import static io.rasplens.grammar.parse.SyntaxCode.MISPLACED_DIRECTIVE;
import static io.rasplens.grammar.parse.SyntaxCode.OTHER_LANGUAGE;
import static io.rasplens.grammar.parse.SyntaxCode.SOURCE_TOO_LARGE;
import static io.rasplens.grammar.parse.SyntaxCode.UNTERMINATED_STRING;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspLexer;
import io.rasplens.grammar.parse.antlr.RaspParser;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of a text as the parser wants them: comments gone, and the three things settled that depend on where a token
 * stands (see the head of {@code Rasp.g4}). Characters that begin no token are reported and left out.
 */
final class ContextTokens {
    /** The words that name a directive. {@code example} is a keyword everywhere. */
    static final ImmutableMap<String, Integer> DIRECTIVES = ImmutableMap.of(
            "output", RaspParser.OUTPUT,
            "vocab", RaspParser.VOCAB,
            "max_length", RaspParser.MAX_LENGTH,
            "causal", RaspParser.CAUSAL,
            "keep", RaspParser.KEEP,
            "example", RaspParser.EXAMPLE,
            "test", RaspParser.TEST);

    private static final ImmutableSet<Integer> FORMS =
            ImmutableSet.of(RaspParser.SELECT, RaspParser.AGGREGATE, RaspParser.RANGE, RaspParser.ZIP, RaspParser.LEN);

    private static final ImmutableSet<Integer> COMMAND_STARTS = ImmutableSet.of(
            RaspParser.SET,
            RaspParser.SHOW,
            RaspParser.EXAMPLES,
            RaspParser.S_OP,
            RaspParser.SELECTOR,
            RaspParser.FULL_SEQ_DISPLAY,
            RaspParser.EXIT,
            RaspParser.QUIT);

    private static final ImmutableSet<Integer> STATEMENT_ENDS =
            ImmutableSet.of(RaspParser.SEMICOLON, RaspParser.LEFT_BRACE, RaspParser.RIGHT_BRACE, RaspParser.LINE_END);

    private final Offsets offsets;
    private final RaspLexer lexer;
    private final List<Token> tokens = new ArrayList<>();
    private final UnknownCharacters unknown;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean inLineItem;
    private boolean skippingLine;
    private boolean tooLarge;
    private boolean isPython;

    private ContextTokens(Offsets offsets) {
        this.offsets = offsets;
        this.lexer = new RaspLexer(CharStreams.fromString(offsets.source().text()));
        lexer.removeErrorListeners();
        this.unknown = new UnknownCharacters(offsets);
    }

    /**
     * The tokens, the last of which is the end of the text.
     *
     * @param hopeless whether the text is over a limit, of its size or of its errors, or is of another language, so that
     *     there is no point in parsing
     */
    record Scan(List<Token> tokens, List<Diagnostic> diagnostics, boolean hopeless) {}

    static Scan scan(Offsets offsets) {
        int length = offsets.source().text().length();
        if (length > ParseLimits.CHARACTERS) {
            var error = Diagnostic.error(
                            SOURCE_TOO_LARGE,
                            "the text has " + length + " characters, more than the " + ParseLimits.CHARACTERS
                                    + " that a RASP text may have")
                    .at(new Span(offsets.source(), 0, 0), "");
            return new Scan(List.of(), List.of(error), true);
        }
        var scanner = new ContextTokens(offsets);
        scanner.run();
        scanner.diagnostics.addAll(scanner.unknown.diagnostics());
        return new Scan(scanner.tokens, scanner.diagnostics, scanner.tooLarge || scanner.isPython);
    }

    private void run() {
        Token token;
        do {
            token = lexer.nextToken();
            accept((CommonToken) token);
            if (tokens.size() > ParseLimits.TOKENS) {
                tooLarge = true;
                diagnostics.add(Diagnostic.error(
                        SOURCE_TOO_LARGE,
                        "the text has more than " + ParseLimits.TOKENS + " words and signs",
                        offsets.of(token)));
                return;
            }
            if (diagnostics.size() > ParseLimits.ERRORS || unknown.count() > ParseLimits.ERRORS) {
                // What is wrong in so many places is no program; to go on would only take time and memory.
                tooLarge = true;
                return;
            }
        } while (token.getType() != Token.EOF && !isPython);
    }

    private void accept(CommonToken token) {
        switch (token.getType()) {
            case RaspParser.COMMENT -> {}
            case RaspParser.LINE_BREAK -> endLine(token);
            case Token.EOF -> {
                endLine(new CommonToken(token));
                add(token);
            }
            default -> {
                if (!skippingLine) {
                    acceptVisible(token);
                }
            }
        }
    }

    private void acceptVisible(CommonToken token) {
        switch (token.getType()) {
            case RaspParser.UNKNOWN -> unknown(token);
            case RaspParser.DOC_STRING -> docString(token);
            case RaspParser.UNTERMINATED_STRING -> {
                diagnostics.add(Diagnostic.error(
                                UNTERMINATED_STRING, "this string has no closing '\"' on its line", offsets.of(token))
                        .help("close it with '\"'; a string can't go over the end of a line"));
                token.setType(RaspParser.STRING);
                add(token);
            }
            case RaspParser.FOREIGN_STRING -> {
                String inside = token.getText().substring(1, token.getText().length() - 1);
                diagnostics.add(
                        inside.indexOf('"') < 0
                                ? Diagnostic.error(
                                                FOREIGN_QUOTES,
                                                "a string stands in straight double quotes",
                                                offsets.of(token))
                                        .help("write \"" + inside + "\"")
                                : Diagnostic.error(
                                                FOREIGN_QUOTES,
                                                "a string stands in double quotes, and can't hold one",
                                                offsets.of(token))
                                        .help("there is no escape for it: use another sign in its place, such as \""
                                                + inside.replace('"', '\'') + "\""));
                token.setType(RaspParser.STRING);
                add(token);
            }
            case RaspParser.DIRECTIVE -> startDirective(token);
            default -> {
                if (isStatementStart() && COMMAND_STARTS.contains(token.getType())) {
                    inLineItem = true;
                }
                add(token);
            }
        }
    }

    private void unknown(CommonToken token) {
        boolean point = token.getText().equals(".")
                && !tokens.isEmpty()
                && last().getType() == RaspParser.NAME
                && last().getStopIndex() + 1 == token.getStartIndex();
        if (point && TracrText.isModule(last().getText())) {
            diagnostics.add(TracrText.diagnostic(offsets.of(last(), token)));
            isPython = true;
        } else {
            unknown.add(token);
        }
    }

    /** Python's text in triple quotes: a comment where a statement begins, a string elsewhere. */
    private void docString(CommonToken token) {
        if (isStatementStart()) {
            diagnostics.add(Diagnostic.error(OTHER_LANGUAGE, "RASP has no docstrings", offsets.of(token))
                    .help("'#' begins a comment, which goes to the end of its line"));
            return;
        }
        diagnostics.add(Diagnostic.error(OTHER_LANGUAGE, "RASP has no triple quotes", offsets.of(token))
                .help("a string stands in double quotes, on one line: \"abc\""));
        token.setType(RaspParser.STRING);
        add(token);
    }

    private boolean isStatementStart() {
        return tokens.isEmpty() || STATEMENT_ENDS.contains(last().getType());
    }

    private void startDirective(CommonToken token) {
        if (isStatementStart()) {
            inLineItem = true;
            add(token);
            return;
        }
        diagnostics.add(Diagnostic.error(
                        MISPLACED_DIRECTIVE, "a directive can't stand inside a statement", offsets.of(token))
                .at(offsets.of(last()), "this statement goes on, or lacks its ';'")
                .help("move the directive to a line between two statements; for a comment, write '#' without '@'"));
        skippingLine = true;
    }

    private void endLine(CommonToken token) {
        skippingLine = false;
        if (inLineItem) {
            inLineItem = false;
            token.setType(RaspParser.LINE_END);
            token.setChannel(Token.DEFAULT_CHANNEL);
            token.setStopIndex(token.getStartIndex() - 1);
            add(token);
        }
    }

    private void add(CommonToken token) {
        if (!tokens.isEmpty()) {
            CommonToken last = last();
            if (FORMS.contains(last.getType()) && (token.getType() != RaspParser.LEFT_BRACKET || isAfterDef())) {
                last.setType(RaspParser.NAME);
            }
            Integer directive = DIRECTIVES.get(last.getType() == RaspParser.DIRECTIVE ? token.getText() : "");
            if (directive != null) {
                token.setType(directive);
            }
        }
        token.setTokenIndex(tokens.size());
        tokens.add(token);
    }

    /** Whether the last token is the name in a definition, as in {@code def select(a) …}. */
    private boolean isAfterDef() {
        return tokens.size() > 1 && tokens.get(tokens.size() - 2).getType() == RaspParser.DEF;
    }

    private CommonToken last() {
        return (CommonToken) tokens.get(tokens.size() - 1);
    }
}
