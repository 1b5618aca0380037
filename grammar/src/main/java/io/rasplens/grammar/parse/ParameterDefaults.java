package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Tells how {@code def f(x, n=1)} is written: parameters without defaults, and the value in the call. */
final class ParameterDefaults {
    /** Tokens of a head that are looked at for the way out. */
    private static final int MOST_TOKENS = 60;

    private ParameterDefaults() {}

    /**
     * What to say of a default.
     *
     * @param start index of the token {@code def}
     * @param place the parameter and its {@code =}
     */
    static Diagnostic diagnostic(Offsets offsets, List<Token> tokens, int start, Span place) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        int end = Math.min(tokens.size() - 2, start + MOST_TOKENS);
        for (int i = start + 3; i < end && tokens.get(i).getType() != RaspParser.RIGHT_BRACKET; i++) {
            int before = tokens.get(i - 1).getType();
            boolean first = before == RaspParser.LEFT_BRACKET || before == RaspParser.COMMA;
            if (first && tokens.get(i).getType() == RaspParser.NAME) {
                String name = tokens.get(i).getText();
                parameters.add(name);
                boolean hasDefault = tokens.get(i + 1).getType() == RaspParser.ASSIGN;
                arguments.add(hasDefault ? value(offsets, tokens.get(i + 2)) : name);
            }
        }
        String function = tokens.get(start + 1).getText();
        return Diagnostic.error(SyntaxCode.OTHER_LANGUAGE, "a parameter has no default", place)
                .help("write def " + call(function, parameters) + ", and give the value where it is called: "
                        + call(function, arguments));
    }

    /** A default of one token as it stands; another only by a word. */
    private static String value(Offsets offsets, Token first) {
        return switch (first.getType()) {
            case RaspParser.NAME, RaspParser.INT, RaspParser.FLOAT, RaspParser.STRING ->
                offsets.of(first).text();
            default -> "value";
        };
    }

    private static String call(String function, List<String> parts) {
        return function + "(" + String.join(", ", parts) + ")";
    }
}
