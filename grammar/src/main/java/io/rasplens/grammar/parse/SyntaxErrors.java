package io.rasplens.grammar.parse;

import static io.rasplens.grammar.parse.antlr.RaspParser.*;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.parse.antlr.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what is wrong where the parser could not go on. It knows the mistakes that people bring from other languages by
 * the tokens around the place; the rest it tells from what the grammar would have taken.
 */
final class SyntaxErrors {
    private static final String NO_SLICES = "RASP has no slices: an index is one value";
    private static final String INSTEAD_OF_SLICES =
            "shift(x, -1, 0) moves all by one place; a part is chosen by a condition on indices";

    private static final ImmutableSet<Integer> ARITHMETIC = ImmutableSet.of(PLUS, MINUS, TIMES, DIVIDE, MODULO, POWER);
    private static final ImmutableSet<Integer> COMPARISONS =
            ImmutableSet.of(EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL);
    private static final ImmutableSet<Integer> OPERATORS = ImmutableSet.<Integer>builder()
            .addAll(ARITHMETIC)
            .addAll(COMPARISONS)
            .add(AND, OR, NOT, IN, IF, ELSE, ASSIGN)
            .build();
    private static final ImmutableSet<Integer> OPENERS =
            ImmutableSet.of(LEFT_BRACKET, LEFT_SQUARE, LEFT_BRACE, COMMA, COLON);
    private static final ImmutableSet<Integer> CLOSERS = ImmutableSet.of(RIGHT_BRACKET, RIGHT_SQUARE, RIGHT_BRACE);

    private static final ImmutableSet<Integer> EXPRESSION_STARTS =
            ImmutableSet.of(NAME, INT, FLOAT, STRING, LEFT_BRACKET, LEFT_SQUARE, SELECT, AGGREGATE, ROUND, INDICATOR);
    private static final ImmutableSet<Integer> OPERAND_ENDS = ImmutableSet.<Integer>builder()
            .add(NAME, INT, FLOAT, STRING)
            .addAll(CLOSERS)
            .build();

    private static final ImmutableSet<String> STARTS =
            ImmutableSet.of("def", "for", "return", "load", "draw", "set", "show", "examples", "exit", "quit");

    private final Offsets offsets;
    private final List<Token> tokens;
    /** Where what the scanner complained about ends, and where that begins. */
    private final TreeMap<Integer, Integer> lexical = new TreeMap<>();

    SyntaxErrors(Offsets offsets, ContextTokens.Scan scan) {
        this.offsets = offsets;
        this.tokens = scan.tokens();
        for (Diagnostic each : scan.diagnostics()) {
            Span span = each.labels().get(0).span();
            lexical.merge(span.end(), span.start(), Math::min);
        }
    }

    /**
     * @param diagnostic what to say; nothing where the scanner has already said it
     * @param resumeHere whether the offending token begins the next statement
     */
    record Finding(Optional<Diagnostic> diagnostic, boolean resumeHere) {}

    /**
     * @param token where the parser could not go on
     * @param start index of the first token of the statement
     * @param expected token types that the grammar would have taken; empty if not known
     */
    Finding describe(Token token, int start, IntervalSet expected, ParserRuleContext context) {
        Token previous = token.getTokenIndex() > 0 ? tokens.get(token.getTokenIndex() - 1) : null;
        boolean missingSemicolon = expected.contains(SEMICOLON)
                && previous != null
                && token.getTokenIndex() > start
                && (isFirstOnLine(token)
                        || token.getType() == RIGHT_BRACE
                        || token.getType() == Token.EOF
                        || token.getType() == DIRECTIVE);
        missingSemicolon |= previous != null && isNextStatement(token, previous, start);
        if (hasLexicalError(start, token)) {
            return new Finding(Optional.empty(), missingSemicolon);
        }
        Diagnostic diagnostic = previous != null
                        && missingSemicolon
                        && openBracket(start, token).isEmpty()
                ? Diagnostic.error(SyntaxCode.MISSING_SEMICOLON, "expected ';' after the statement", behind(previous))
                        .help("every statement ends with ';'")
                : find(token, previous, start, expected, context);
        return new Finding(Optional.of(diagnostic), missingSemicolon);
    }

    /** Whether an expression ends on one line and something that can't go on with it begins the next. */
    private boolean isNextStatement(Token token, Token previous, int start) {
        int type = token.getType();
        return token.getTokenIndex() > start
                && (isFirstOnLine(token) || type == Token.EOF)
                && EXPRESSION_STARTS.contains(typeAt(start))
                && OPERAND_ENDS.contains(previous.getType())
                && !CLOSERS.contains(type)
                && !OPERATORS.contains(type)
                && openBracket(start, token).isEmpty();
    }

    /** How many blocks are open at the end of the text. */
    int openBlocks() {
        int open = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            if (type == LEFT_BRACE) {
                open++;
            } else if (type == RIGHT_BRACE && open > 0) {
                open--;
            }
        }
        return open;
    }

    boolean isInBlock(@Nullable RuleContext context) {
        RuleContext current = context;
        while (current != null) {
            if (current.getRuleIndex() == RULE_block) {
                return true;
            }
            current = current.parent;
        }
        return false;
    }

    boolean isFirstOnLine(Token token) {
        int index = token.getTokenIndex();
        return index == 0 || tokens.get(index - 1).getLine() < token.getLine();
    }

    private Diagnostic find(
            Token token, @Nullable Token previous, int start, IntervalSet expected, ParserRuleContext context) {
        int first = tokens.get(start).getType();
        if (first == DIRECTIVE) {
            return LineItemErrors.directive(offsets, tokens, start, token);
        }
        boolean asName = typeAt(start + 1) == ASSIGN && isWord(tokens.get(start));
        if (asName && token.getTokenIndex() == start + 1) {
            Token word = tokens.get(start);
            return error(
                    SyntaxCode.KEYWORD_AS_NAME, show(word) + " is a word of the language and can't be a name", word);
        }
        if (isCommand(start, context)) {
            return LineItemErrors.command(offsets, tokens.get(start), token);
        }
        Optional<Diagnostic> known = Optional.empty();
        if (token.getType() == SEMICOLON && token.getTokenIndex() == start) {
            known = Optional.of(emptyStatement(token, previous));
        } else if (token.getType() == Token.EOF) {
            known = Optional.of(endOfText(token, start));
        } else if (token.getType() == ASSIGN) {
            known = Optional.of(assign(token, previous, start));
        } else if (previous != null && previous.getTokenIndex() >= start) {
            known = lambdaForComparison(token, context)
                    .or(() -> OtherLanguages.find(offsets, tokens, tokens.get(start), previous, token))
                    .or(() -> OtherLanguages.notIn(offsets, tokens, previous, token))
                    .or(() -> OtherLanguages.signFrom(offsets, tokens, token))
                    .or(() -> OtherLanguages.step(offsets, tokens, previous))
                    .or(() -> byPlace(token, previous, start, expected, context));
        }
        return known.orElseGet(() -> general(token, previous, start, expected));
    }

    private Optional<Diagnostic> lambdaForComparison(Token token, ParserRuleContext context) {
        return context instanceof RaspParser.SelectOperatorContext
                        && token.getText().equals("lambda")
                ? Optional.of(error(
                                SyntaxCode.BUILT_IN_FORM,
                                "the third place of select is ==, !=, <, <=, > or >=, not a function",
                                token)
                        .help("select compares two s-ops, as in select(key, query, ==): work the function into them,"
                                + " and combine selectors with and, or, not"))
                : Optional.empty();
    }

    /** The mark in front of what is typed in a session, pasted with it. */
    private Optional<Diagnostic> prompt(Token token) {
        int index = token.getTokenIndex();
        int last = index;
        while (typeAt(last + 1) == GREATER
                && tokens.get(last).getStopIndex() + 1 == tokens.get(last + 1).getStartIndex()) {
            last++;
        }
        if (token.getType() != GREATER || last == index || last > index + 2 || !isFirstOnLine(token)) {
            return Optional.empty();
        }
        Span span = offsets.of(token, tokens.get(last));
        return Optional.of(
                Diagnostic.error(SyntaxCode.OTHER_LANGUAGE, "'" + span.text() + "' is the prompt of a session", span)
                        .help("leave out the prompt '" + span.text() + "', and what the session answered"));
    }

    private Diagnostic emptyStatement(Token token, @Nullable Token previous) {
        int type = previous == null ? Token.EOF : previous.getType();
        String message = type == SEMICOLON
                ? "';;': there is no statement between the two"
                : type == RIGHT_BRACE ? "no ';' comes after '}'" : "';' without a statement before it";
        return error(SyntaxCode.EMPTY_STATEMENT, message, token).help("remove this ';'");
    }

    private Diagnostic endOfText(Token token, int start) {
        Optional<Token> open = openBracket(start, token);
        if (open.isPresent()) {
            String sign = open.get().getText();
            return error(SyntaxCode.BRACKETS, "this '" + sign + "' is never closed", open.get())
                    .at(offsets.of(token), "the text ends here")
                    .help("add the missing '" + closerOf(sign) + "'");
        }
        return error(SyntaxCode.MISSING_VALUE, "the text ends in the middle of a statement", token)
                .at(offsets.of(tokens.get(start)), "it begins here");
    }

    private Diagnostic assign(Token token, @Nullable Token previous, int start) {
        if (previous == null || token.getTokenIndex() == start) {
            return error(SyntaxCode.ASSIGNMENT_TARGET, "expected a name before '='", token);
        }
        boolean adjacent = previous.getStopIndex() + 1 == token.getStartIndex();
        if (ARITHMETIC.contains(previous.getType()) && adjacent) {
            String sign = previous.getText();
            return Diagnostic.error(
                            SyntaxCode.AUGMENTED_ASSIGNMENT, "RASP has no '" + sign + "='", offsets.of(previous, token))
                    .help("write it out: x = x " + sign + " …;");
        }
        if (adjacent && (previous.getType() == EQUAL || previous.getType() == NOT_EQUAL)) {
            return Diagnostic.error(
                            SyntaxCode.OTHER_LANGUAGE,
                            "RASP has no '" + previous.getText() + "='",
                            offsets.of(previous, token))
                    .help("to compare, write '" + previous.getText() + "'");
        }
        Optional<Token> open = openBracket(start, token);
        if (typeAt(start) == DEF
                && open.isPresent()
                && open.get().getTokenIndex() == start + 2
                && previous.getType() == NAME) {
            return ParameterDefaults.diagnostic(offsets, tokens, start, offsets.of(previous, token));
        }
        if (open.isPresent() && open.get().getType() == LEFT_BRACKET && isKeywordArgument(open.get(), previous)) {
            return Diagnostic.error(
                            SyntaxCode.KEYWORD_ARGUMENT, "RASP has no keyword arguments", offsets.of(previous, token))
                    .help(
                            tokens.get(open.get().getTokenIndex() - 1).getText().equals("sorted")
                                    ? "sort(x, key) sorts by a key: sort(x, x), or sort(x, -x) for numbers in reverse"
                                    : "give the value alone, in the order of the function's parameters");
        }
        if (open.isEmpty() && !hasAssign(start, token)) {
            return error(SyntaxCode.ASSIGNMENT_TARGET, "only names can stand left of '='", token)
                    .at(offsets.of(tokens.get(start), previous), "this is not a name")
                    .help(
                            previous.getType() == RIGHT_SQUARE
                                    ? "nothing is changed in place; make a new s-op: 1 if indices == 0 else x"
                                    : "to compare, write '=='");
        }
        boolean chained = open.isEmpty() && isChain(previous, start);
        return error(SyntaxCode.ASSIGN_FOR_COMPARE, "'=' assigns, and can't stand inside an expression", token)
                .help(
                        chained
                                ? "one name at a time: " + previous.getText() + " = …; "
                                        + tokens.get(start).getText() + " = " + previous.getText() + ";"
                                : "to compare, write '=='");
    }

    /** {@code a = b =}, all there is of a statement. */
    private boolean isChain(Token name, int start) {
        return name.getType() == NAME && name.getTokenIndex() == start + 2 && typeAt(start + 1) == ASSIGN;
    }

    /** Whether {@code name =} directly follows the bracket of a call, or a comma in it. */
    private boolean isKeywordArgument(Token open, Token name) {
        int before = name.getTokenIndex() - 1;
        if (name.getType() != NAME || before < 0 || open.getTokenIndex() == 0) {
            return false;
        }
        int caller = tokens.get(open.getTokenIndex() - 1).getType();
        boolean call = caller == NAME
                || CLOSERS.contains(caller)
                || (caller >= SELECT && caller <= LEN)
                || caller == ROUND
                || caller == INDICATOR;
        return call && (before == open.getTokenIndex() || tokens.get(before).getType() == COMMA);
    }

    private boolean hasAssign(int start, Token end) {
        return tokens.subList(start, end.getTokenIndex()).stream().anyMatch(each -> each.getType() == ASSIGN);
    }

    private Optional<Diagnostic> byPlace(
            Token token, Token previous, int start, IntervalSet expected, ParserRuleContext context) {
        int type = token.getType();
        if (type == NOT_EQUAL) {
            return Optional.of(
                    error(SyntaxCode.NOT_EQUAL_OUTSIDE_SELECT, "'!=' stands only in select: select(a, b, !=)", token)
                            .help("elsewhere write not (a == b)"));
        }
        if (previous.getType() == COMMA && (CLOSERS.contains(type) || type == SEMICOLON)) {
            return Optional.of(error(SyntaxCode.TRAILING_COMMA, "no value follows this ','", previous)
                    .help("remove the ',' or add a value"));
        }
        if (expected.contains(ELSE) && context instanceof RaspParser.ConditionalContext conditional) {
            Token word = (Token) conditional.getChild(1).getPayload();
            return Optional.of(error(SyntaxCode.IF_WITHOUT_ELSE, "this 'if' has no 'else'", word)
                    .at(offsets.of(token), "expected 'else' before this")
                    .help("a conditional always has both branches: a if c else b"));
        }
        if (CLOSERS.contains(type)) {
            Optional<Diagnostic> brackets = closer(token, start);
            if (brackets.isPresent()) {
                return brackets;
            }
        }
        return form(token, context);
    }

    private Optional<Diagnostic> closer(Token token, int start) {
        Optional<Token> open = openBracket(start, token);
        if (open.isEmpty()) {
            return Optional.of(closesNothing(token));
        }
        String wanted = closerOf(open.get().getText());
        return wanted.equals(token.getText())
                ? Optional.empty()
                : Optional.of(
                        error(SyntaxCode.BRACKETS, "expected '" + wanted + "' before '" + token.getText() + "'", token)
                                .at(
                                        offsets.of(open.get()),
                                        "this '" + open.get().getText() + "' is still open"));
    }

    private Diagnostic closesNothing(Token token) {
        return error(SyntaxCode.BRACKETS, "this '" + token.getText() + "' closes nothing", token)
                .help("remove it, or open what it closes");
    }

    /** Wrong number or kind of parts in a built-in form. */
    private Optional<Diagnostic> form(Token token, ParserRuleContext context) {
        String form = null;
        if (context instanceof RaspParser.SelectContext || context instanceof RaspParser.SelectOperatorContext) {
            form = "select takes a key, a query and a comparison: select(key, query, ==)";
        } else if (context instanceof RaspParser.AggregateContext) {
            form = "aggregate takes a selector, a sequence and perhaps a default: aggregate(s, seq, 0)";
        } else if (context instanceof RaspParser.LenContext) {
            form = "len takes one list: len([1, 2])";
        } else if (context instanceof RaspParser.UnaryFormContext) {
            form = "round and indicator take one value: round(x)";
        } else if (context instanceof RaspParser.DrawStatementContext) {
            form = "draw takes an s-op and perhaps an input: draw(sop, \"abc\");";
        } else if (context instanceof RaspParser.LoadStatementContext) {
            form = "load takes a path in double quotes: load \"path\";";
        } else if (context instanceof RaspParser.EntryContext && token.getType() != COLON) {
            form = "an entry of a dict is key: value";
        } else if (context instanceof RaspParser.IndexContext && token.getType() == COLON) {
            form = NO_SLICES;
        } else if (context instanceof RaspParser.BracketsContext && token.getType() == COMMA) {
            form = "RASP has no tuples: write a list, [a, b]";
        }
        boolean separates = token.getType() == COMMA || token.getType() == COLON || CLOSERS.contains(token.getType());
        boolean always = context instanceof RaspParser.SelectOperatorContext
                || context instanceof RaspParser.LoadStatementContext;
        if (form == null || !(separates || always)) {
            return Optional.empty();
        }
        Diagnostic wrong = error(SyntaxCode.BUILT_IN_FORM, form, token);
        Token before = tokens.get(Math.max(0, token.getTokenIndex() - 1));
        if (context instanceof RaspParser.SelectContext
                && token.getType() == COMMA
                && COMPARISONS.contains(before.getType())
                && lacksCloser(context)) {
            return Optional.of(wrong.help("a ')' is missing behind this '" + before.getText() + "'"));
        }
        return Optional.of(wayOut(token, context).map(wrong::help).orElse(wrong));
    }

    /** Whether a select that goes on behind its comparison is followed by too few ')', or by what aggregate takes. */
    private boolean lacksCloser(ParserRuleContext select) {
        if (select.getParent() instanceof RaspParser.AggregateContext) {
            return true;
        }
        int open = 0;
        int index = select.getStart().getTokenIndex();
        while (index > 0 && typeAt(index - 1) != SEMICOLON && typeAt(index - 1) != LEFT_BRACE) {
            index--;
        }
        for (; typeAt(index) != Token.EOF && typeAt(index) != SEMICOLON; index++) {
            open += typeAt(index) == LEFT_BRACKET ? 1 : typeAt(index) == RIGHT_BRACKET ? -1 : 0;
        }
        return open > 0;
    }

    private static Optional<String> wayOut(Token token, ParserRuleContext context) {
        if (context instanceof RaspParser.IndexContext) {
            return Optional.of(INSTEAD_OF_SLICES);
        }
        if (context instanceof RaspParser.SelectOperatorContext) {
            return switch (token.getType()) {
                case STRING -> Optional.of("the comparison stands without quotes");
                case IN -> Optional.of("select(key in [1, 2], True, ==) selects the keys that are in a list");
                default -> Optional.empty();
            };
        }
        return context instanceof RaspParser.SelectContext && token.getType() == RIGHT_BRACKET
                ? Optional.of("the comparison comes last, behind a comma")
                : Optional.empty();
    }

    private Diagnostic general(Token token, @Nullable Token previous, int start, IntervalSet expected) {
        int type = token.getType();
        String shown = show(token);
        if (token.getTokenIndex() == start) {
            if (CLOSERS.contains(type)) {
                return closesNothing(token);
            }
            Optional<Diagnostic> foreign = prompt(token).or(() -> OtherLanguages.signFrom(offsets, tokens, token));
            if (foreign.isPresent()) {
                return foreign.get();
            }
            if (isWord(token) && typeAt(start + 1) == ASSIGN) {
                return error(
                        SyntaxCode.KEYWORD_AS_NAME, shown + " is a word of the language and can't be a name", token);
            }
            Diagnostic diagnostic = error(SyntaxCode.UNEXPECTED, "a statement can't begin with " + shown, token);
            return type == IF || type == ELSE
                    ? diagnostic.help("RASP has conditional expressions only: x = a if c else b;")
                    : diagnostic;
        }
        boolean nameWanted = expected.contains(NAME) && !expected.contains(LEFT_BRACKET);
        if (nameWanted && isWord(token)) {
            return error(SyntaxCode.KEYWORD_AS_NAME, shown + " is a word of the language and can't be a name", token);
        }
        if (nameWanted) {
            return error(SyntaxCode.UNEXPECTED, "expected a name before " + shown, token);
        }
        boolean operandWanted = (expected.contains(LEFT_BRACKET) && expected.contains(INT))
                || (previous != null
                        && (OPERATORS.contains(previous.getType()) || OPENERS.contains(previous.getType())));
        if (operandWanted && previous != null) {
            if (type == COLON && previous.getType() == LEFT_SQUARE) {
                return error(SyntaxCode.BUILT_IN_FORM, NO_SLICES, token).help(INSTEAD_OF_SLICES);
            }
            Diagnostic diagnostic = error(
                    SyntaxCode.MISSING_VALUE, "expected a value between " + show(previous) + " and " + shown, token);
            if (COMPARISONS.contains(previous.getType()) && (type == AND || type == OR)) {
                return diagnostic.help(
                        "each select has one comparison: select(a, b, ==) " + token.getText() + " select(a, b, <)");
            }
            Optional<String> tracr = openBracket(start, token)
                    .filter(bracket -> bracket.getTokenIndex() > 0)
                    .flatMap(bracket -> TracrText.wayOut(
                            tokens.get(bracket.getTokenIndex() - 1).getText()));
            if (COMPARISONS.contains(type) && tracr.isPresent()) {
                return diagnostic.help(tracr.get());
            }
            if (COMPARISONS.contains(type) && typeAt(token.getTokenIndex() + 1) == RIGHT_BRACKET) {
                return diagnostic.help(
                        "a comparison alone stands only in a select: select(key, query, " + token.getText() + ")");
            }
            if (type == IF) {
                return diagnostic.help(
                        "a conditional is an expression with its condition in the middle: a if c else b");
            }
            return isWord(token) ? diagnostic.note(shown + " is a word of the language") : diagnostic;
        }
        Optional<Token> open = openBracket(start, token);
        if (type == SEMICOLON && open.isPresent()) {
            String sign = open.get().getText();
            return error(SyntaxCode.BRACKETS, "this '" + sign + "' is not closed before the ';'", open.get())
                    .at(offsets.of(token), "expected '" + closerOf(sign) + "' before this");
        }
        if (expected.contains(SEMICOLON)) {
            return error(SyntaxCode.MISSING_SEMICOLON, "expected an operator or ';' before " + shown, token);
        }
        if (expected.size() == 1) {
            String wanted = word(expected.getMinElement());
            Diagnostic missing = error(SyntaxCode.UNEXPECTED, "expected " + wanted + " before " + shown, token);
            if (expected.contains(RIGHT_SQUARE) && typeAt(start) == LEFT_SQUARE) {
                return missing.help("values are separated by ','");
            }
            if (expected.contains(COLON)) {
                return missing.help("an entry of a dict is key: value");
            }
            boolean block = type == COLON && expected.contains(LEFT_BRACE);
            return block
                    ? missing.help("a block stands in braces: def f(x) { return x; }, for i in [1, 2] { … }")
                    : missing;
        }
        if (open.isPresent()) {
            String sign = open.get().getText();
            return error(
                            SyntaxCode.UNEXPECTED,
                            "expected an operator, ',' or '" + closerOf(sign) + "' before " + shown,
                            token)
                    .at(offsets.of(open.get()), "this '" + sign + "' is still open");
        }
        return error(SyntaxCode.UNEXPECTED, "the statement can't go on with " + shown, token)
                .help(NearNames.question(tokens.get(start).getText(), STARTS)
                        .orElse("an operator or ';' may be missing before it"));
    }

    /** The innermost bracket that is open in a statement in front of a token. */
    private Optional<Token> openBracket(int start, Token end) {
        Deque<Token> open = new ArrayDeque<>();
        for (Token token : tokens.subList(start, Math.max(start, end.getTokenIndex()))) {
            int type = token.getType();
            if (type == LEFT_BRACKET || type == LEFT_SQUARE || type == LEFT_BRACE) {
                open.push(token);
            } else if (CLOSERS.contains(type) && !open.isEmpty()) {
                open.pop();
            }
        }
        return Optional.ofNullable(open.peek());
    }

    /** The scanner already complained about something in this statement, so what the parser finds is a consequence. */
    private boolean hasLexicalError(int start, Token end) {
        int from = offsets.of(tokens.get(start)).start();
        int to = offsets.of(end).end();
        // They follow one another, so the first that does not end before the statement is the one that counts.
        var first = lexical.ceilingEntry(from);
        return first != null && first.getValue() <= to;
    }

    private int typeAt(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1)).getType();
    }

    private boolean isCommand(int start, ParserRuleContext context) {
        RuleContext current = context;
        while (current != null && current.getRuleIndex() != RULE_item) {
            if (current.getRuleIndex() == RULE_command) {
                return true;
            }
            current = current.parent;
        }
        return current instanceof RaspParser.CommandLineContext
                || LineItemErrors.isCommandStart(tokens.get(start).getType());
    }

    private Span behind(Token token) {
        SourceFile source = offsets.source();
        int end = offsets.of(token).end();
        return new Span(source, end, Math.min(end, source.text().length()));
    }

    private Diagnostic error(SyntaxCode code, String message, Token token) {
        return Diagnostic.error(code, message, offsets.of(token));
    }

    private static String word(int tokenType) {
        return switch (tokenType) {
            case STRING -> "a string";
            case LINE_END -> "the end of the line";
            case Token.EOF -> "the end of the text";
            default -> VOCABULARY.getDisplayName(tokenType);
        };
    }

    private static boolean isWord(Token token) {
        return token.getType() != NAME && token.getText().matches("[a-z][a-z-]*");
    }

    static String show(Token token) {
        String text = token.getText();
        return switch (token.getType()) {
            case Token.EOF -> "the end of the text";
            case LINE_END -> "the end of the line";
            default -> "'" + (text.length() > 30 ? text.substring(0, 27) + "…" : text) + "'";
        };
    }

    private static String closerOf(String opener) {
        return switch (opener) {
            case "(" -> ")";
            case "[" -> "]";
            default -> "}";
        };
    }
}
