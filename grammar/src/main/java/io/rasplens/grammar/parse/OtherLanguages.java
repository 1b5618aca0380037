package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/** Knows what people write who come from Python, C or JavaScript, and what RASP has instead. */
final class OtherLanguages {
    private static final ImmutableMap<String, String> SIGNS = ImmutableMap.<String, String>builder()
            .put("**", "the power of a number is a ^ b")
            .put("//", "whole division, x // 2, is (x - x % 2) / 2; a comment starts with '#'")
            .put("/*", "a comment starts with '#' and goes to the end of its line")
            .put("=<", "write '<='")
            .put("=>", "write '>='")
            .put("<>", "write '!=', which only select takes, or not (a == b)")
            .put("<<", "a comparison is '<' or '<='")
            .put(">>", "a comparison is '>' or '>='")
            .put(":=", "an assignment is '='")
            .put("->", "a function only names its parameters: def f(x) { return …; }")
            .build();

    private static final ImmutableMap<String, String> WORDS = ImmutableMap.<String, String>builder()
            .put("while", "a program has a fixed size, so there is no 'while'; loop with for x in range(n) { … }")
            .put("print", "a statement such as x; shows its value in the REPL")
            .put("import", "load another file with load \"path\";")
            .put("from", "load another file with load \"path\";")
            .put("lambda", "define a function with def f(x) { return …; }")
            .put("function", "define a function with def f(x) { return …; }")
            .put("let", "an assignment needs no word: x = 1;")
            .put("var", "an assignment needs no word: x = 1;")
            .put("const", "an assignment needs no word: x = 1;")
            .put("then", "a conditional is an expression: a if c else b")
            .put("mod", "the remainder is a % b")
            .put("elif", "a conditional is an expression: a if c else (b if d else e)")
            .put("is", "to compare, write '=='")
            .put("xor", "for bools, write not (a == b)")
            .build();

    /** What other languages put before a name that they declare. */
    private static final ImmutableSet<String> TYPES =
            ImmutableSet.of("int", "float", "double", "str", "string", "bool", "list", "dict", "auto", "seq", "sop");

    private static final ImmutableSet<String> DIRECTIVES =
            ImmutableSet.of("output", "vocab", "max_length", "causal", "keep", "test");

    private static final ImmutableSet<String> MAPS =
            ImmutableSet.of("Map", "SequenceMap", "LinearSequenceMap", "map", "filter", "reduce");

    /** What Python writes in front of strings. */
    private static final Pattern PREFIX = Pattern.compile("[fFrRbBuU]{1,2}");

    private OtherLanguages() {}

    /** A foreign sign made of the last two tokens, or a foreign word at the start or before or at the place of the error. */
    static Optional<Diagnostic> find(Offsets offsets, List<Token> tokens, Token start, Token previous, Token token) {
        boolean adjacent = previous.getStopIndex() + 1 == token.getStartIndex();
        String both = previous.getText() + token.getText();
        if (adjacent && SIGNS.containsKey(both)) {
            return Optional.of(sign(offsets, previous, token));
        }
        if (adjacent && previous.getType() == RaspParser.INT && token.getType() == RaspParser.NAME) {
            return Optional.of(Diagnostic.error(
                            SyntaxCode.OTHER_LANGUAGE,
                            "'" + both + "' is neither a number nor a name",
                            offsets.of(previous, token))
                    .help("a name starts with a letter or '_'; numbers have no exponent and no suffix"));
        }
        if (adjacent
                && token.getType() == RaspParser.STRING
                && PREFIX.matcher(previous.getText()).matches()) {
            return Optional.of(Diagnostic.error(
                            SyntaxCode.OTHER_LANGUAGE,
                            "RASP has no '" + previous.getText() + "' before a string",
                            offsets.of(previous))
                    .help("a string is its characters as they stand; '+' joins strings"));
        }
        return secondWord(offsets, start, previous, token)
                .or(() -> mapped(offsets, tokens, start, previous))
                .or(() -> mapped(offsets, tokens, start, token))
                .or(() -> word(offsets, start))
                .or(() -> word(offsets, previous))
                .or(() -> word(offsets, token));
    }

    /** {@code Map(lambda …)}: a function that is given to be applied at each position. */
    private static Optional<Diagnostic> mapped(Offsets offsets, List<Token> tokens, Token start, Token token) {
        boolean maps = token.getText().equals("lambda")
                && tokens.subList(start.getTokenIndex(), token.getTokenIndex()).stream()
                        .anyMatch(each -> MAPS.contains(each.getText()));
        return maps
                ? Optional.of(Diagnostic.error(SyntaxCode.OTHER_LANGUAGE, "RASP has no 'lambda'", offsets.of(token))
                        .help("write the expression itself, as in indices + 1, which is worked out at each position;"
                                + " 'rasp explain tracr' has more"))
                : Optional.empty();
    }

    /** {@code x not in xs}, found at its first word. */
    static Optional<Diagnostic> notIn(Offsets offsets, List<Token> tokens, Token previous, Token token) {
        int next = token.getTokenIndex() + 1;
        if (token.getType() != RaspParser.NOT
                || next >= tokens.size()
                || tokens.get(next).getType() != RaspParser.IN) {
            return Optional.empty();
        }
        return Optional.of(
                Diagnostic.error(SyntaxCode.OTHER_LANGUAGE, "RASP has no 'not in'", offsets.of(token, tokens.get(next)))
                        .help("write not ("
                                + (previous.getType() == RaspParser.NAME ? previous.getText() : "x")
                                + " in "
                                + searched(offsets, tokens, next + 1)
                                + ")"));
    }

    /** A short list, or a name. */
    private static String searched(Offsets offsets, List<Token> tokens, int from) {
        int last = Math.min(from, tokens.size() - 1);
        if (tokens.get(last).getType() == RaspParser.NAME) {
            return tokens.get(last).getText();
        }
        if (tokens.get(last).getType() == RaspParser.LEFT_SQUARE) {
            while (last < tokens.size() - 1 && last < from + 12) {
                last++;
                if (tokens.get(last).getType() == RaspParser.RIGHT_SQUARE) {
                    return offsets.of(tokens.get(from), tokens.get(last)).text();
                }
            }
        }
        return "xs";
    }

    /** A type before a name, or a directive without its sign. */
    private static Optional<Diagnostic> secondWord(Offsets offsets, Token start, Token previous, Token token) {
        if (start.getTokenIndex() != previous.getTokenIndex() || start.getType() != RaspParser.NAME) {
            return Optional.empty();
        }
        String first = start.getText();
        if (TYPES.contains(first) && token.getType() == RaspParser.NAME) {
            return Optional.of(Diagnostic.error(
                            SyntaxCode.OTHER_LANGUAGE, "RASP has no '" + first + "' before a name", offsets.of(start))
                    .help("an assignment needs no word: x = 1;"));
        }
        return DIRECTIVES.contains(first)
                ? Optional.of(Diagnostic.error(
                                SyntaxCode.OTHER_LANGUAGE, "RASP has no '" + first + "' statement", offsets.of(start))
                        .help("what is said to the compiler stands on a line of its own: #@ " + first + " …"))
                : Optional.empty();
    }

    /** {@code x++}, which is found only behind it. */
    static Optional<Diagnostic> step(Offsets offsets, List<Token> tokens, Token previous) {
        if (previous.getTokenIndex() == 0) {
            return Optional.empty();
        }
        Token first = tokens.get(previous.getTokenIndex() - 1);
        boolean twice = first.getStopIndex() + 1 == previous.getStartIndex()
                && first.getType() == previous.getType()
                && (first.getType() == RaspParser.PLUS || first.getType() == RaspParser.MINUS);
        String sign = previous.getText();
        return twice
                ? Optional.of(Diagnostic.error(
                                SyntaxCode.OTHER_LANGUAGE,
                                "RASP has no '" + sign + sign + "'",
                                offsets.of(first, previous))
                        .help("write it out: x = x " + sign + " 1;"))
                : Optional.empty();
    }

    /** A foreign sign that begins with a token. */
    static Optional<Diagnostic> signFrom(Offsets offsets, List<Token> tokens, Token token) {
        if (token.getTokenIndex() + 1 >= tokens.size()) {
            return Optional.empty();
        }
        Token next = tokens.get(token.getTokenIndex() + 1);
        boolean adjacent = token.getStopIndex() + 1 == next.getStartIndex();
        return adjacent && SIGNS.containsKey(token.getText() + next.getText())
                ? Optional.of(sign(offsets, token, next))
                : Optional.empty();
    }

    private static Diagnostic sign(Offsets offsets, Token first, Token second) {
        String both = first.getText() + second.getText();
        return Diagnostic.error(SyntaxCode.OTHER_LANGUAGE, "RASP has no '" + both + "'", offsets.of(first, second))
                .help(SIGNS.getOrDefault(both, ""));
    }

    private static Optional<Diagnostic> word(Offsets offsets, Token token) {
        String help = token.getType() == RaspParser.NAME ? WORDS.get(token.getText()) : null;
        return help == null
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                                SyntaxCode.OTHER_LANGUAGE, "RASP has no '" + token.getText() + "'", offsets.of(token))
                        .help(help));
    }
}
