package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * What the parser does at a syntax error: it reports it once and goes on with the next statement. Nothing is guessed inside a
 * statement, so that one mistake gives one message.
 */
final class SyntaxRecovery extends DefaultErrorStrategy {
    private final List<Token> tokens;
    private final SyntaxErrors errors;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private @Nullable RecognitionException reported;
    private boolean resumeHere;
    private boolean errorBeforeEnd;
    private boolean errorAtEnd;

    SyntaxRecovery(Offsets offsets, ContextTokens.Scan scan) {
        this.tokens = scan.tokens();
        this.errors = new SyntaxErrors(offsets, scan);
        this.errorBeforeEnd = !scan.diagnostics().isEmpty();
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Every error is that the text ended. */
    boolean onlyEndedEarly() {
        return errorAtEnd && !errorBeforeEnd;
    }

    /** The text ends inside the braces of a function or a loop. */
    boolean endsInBlock() {
        return errorAtEnd && errors.openBlocks() > 0;
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (e != reported) {
            reported = e;
            ParserRuleContext context = e.getCtx() instanceof ParserRuleContext rule ? rule : parser.getContext();
            report(e.getOffendingToken(), itemStart(parser), expected(e), context);
        }
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    @Override
    public void recover(Parser parser, RecognitionException e) {
        if (parser.getContext().getRuleIndex() != RaspParser.RULE_item) {
            throw e;
        }
        int start = parser.getContext().getStart().getTokenIndex();
        int offending = e.getOffendingToken().getTokenIndex();
        while (parser.getCurrentToken().getTokenIndex() < offending) {
            parser.consume();
        }
        if (!resumeHere || offending == start) {
            skip(parser, start, offending);
        }
        resumeHere = false;
    }

    /** In a block, reports what begins no statement and skips it; everywhere else errors come up where they are met. */
    @Override
    public void sync(Parser parser) {
        if (parser.getContext().getRuleIndex() != RaspParser.RULE_block) {
            return;
        }
        Token token = parser.getCurrentToken();
        IntervalSet starts = parser.getATN().nextTokens(parser.getATN().ruleToStartState[RaspParser.RULE_item]);
        while (!starts.contains(token.getType())
                && token.getType() != RaspParser.RIGHT_BRACE
                && token.getType() != RaspParser.LEFT_BRACE
                && token.getType() != Token.EOF) {
            report(token, token.getTokenIndex(), starts, parser.getContext());
            int start = token.getTokenIndex();
            skip(parser, start, start);
            token = parser.getCurrentToken();
        }
    }

    private static IntervalSet expected(RecognitionException e) {
        IntervalSet expected = e instanceof InputMismatchException ? e.getExpectedTokens() : null;
        return expected == null ? new IntervalSet() : expected;
    }

    private void report(Token token, int start, IntervalSet expected, ParserRuleContext context) {
        if (token.getType() == RaspParser.LINE_END && token.getTokenIndex() == start) {
            // The rest of a command that has been reported.
            resumeHere = false;
            return;
        }
        boolean end = token.getType() == Token.EOF;
        errorAtEnd |= end;
        errorBeforeEnd |= !end;
        SyntaxErrors.Finding finding = errors.describe(token, start, expected, context);
        resumeHere = finding.resumeHere();
        Optional<Diagnostic> diagnostic = finding.diagnostic();
        if (diagnostics.size() <= ParseLimits.ERRORS) {
            diagnostic.ifPresent(diagnostics::add);
        }
    }

    /** Index of the token that begins the innermost item. */
    private static int itemStart(Parser parser) {
        ParserRuleContext context = parser.getContext();
        while (context != null && context.getRuleIndex() != RaspParser.RULE_item) {
            context = context.getParent();
        }
        return context == null || context.getStart() == null
                ? 0
                : context.getStart().getTokenIndex();
    }

    /** Goes on behind the statement that starts at {@code start} and has its error at {@code from}. */
    private void skip(Parser parser, int start, int from) {
        int braces = 0;
        for (int i = start; i < from; i++) {
            int type = tokens.get(i).getType();
            braces = type == RaspParser.LEFT_BRACE ? braces + 1 : type == RaspParser.RIGHT_BRACE ? braces - 1 : braces;
        }
        int first = tokens.get(start).getType();
        boolean strayCloser = first == RaspParser.RIGHT_BRACKET
                || first == RaspParser.RIGHT_SQUARE
                || first == RaspParser.RIGHT_BRACE
                || first == RaspParser.SEMICOLON;
        if (from == start && strayCloser) {
            parser.consume();
            return;
        }
        boolean endsWithBrace = first == RaspParser.DEF || first == RaspParser.FOR;
        boolean line = first == RaspParser.DIRECTIVE || LineItemErrors.isCommandStart(first);
        boolean inBlock = errors.isInBlock(parser.getContext());
        while (true) {
            Token token = parser.getCurrentToken();
            int type = token.getType();
            boolean later = token.getTokenIndex() > start;
            if (type == Token.EOF
                    || (type == RaspParser.RIGHT_BRACE && braces <= 0 && inBlock)
                    || (later && braces <= 0 && startsAfresh(token, inBlock))) {
                return;
            }
            parser.consume();
            if (type == RaspParser.LEFT_BRACE) {
                braces++;
            } else if (type == RaspParser.RIGHT_BRACE && --braces <= 0 && (endsWithBrace || braces < 0)) {
                return;
            } else if (type == RaspParser.LINE_END || (type == RaspParser.SEMICOLON && braces <= 0 && !line)) {
                return;
            }
        }
    }

    /** A word that begins statements, first on its line: most likely a new statement, whatever was wrong before it. */
    private boolean startsAfresh(Token token, boolean inBlock) {
        switch (token.getType()) {
            case RaspParser.DEF, RaspParser.LOAD, RaspParser.DRAW, RaspParser.DIRECTIVE -> {
                return errors.isFirstOnLine(token);
            }
            case RaspParser.RETURN -> {
                return inBlock && errors.isFirstOnLine(token);
            }
            case RaspParser.FOR -> {
                // The 'for' of a comprehension may stand first on its line too; one behind a block is a statement.
                return errors.isFirstOnLine(token)
                        && tokens.get(token.getTokenIndex() - 1).getType() == RaspParser.RIGHT_BRACE;
            }
            default -> {
                return false;
            }
        }
    }
}
