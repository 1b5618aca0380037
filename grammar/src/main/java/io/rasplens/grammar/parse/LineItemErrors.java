package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.parse.antlr.RaspParser;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Says in words what is wrong with a directive or a command: mostly by showing its form. */
final class LineItemErrors {
    private static final ImmutableMap<String, String> DIRECTIVE_FORMS = ImmutableMap.of(
            "output", "#@ output reverse",
            "vocab", "#@ vocab [\"a\", \"b\", \"c\"]",
            "max_length", "#@ max_length 10",
            "causal", "#@ causal",
            "keep", "#@ keep length, opposite or #@ keep all",
            "example", "#@ example \"abc\"",
            "test", "#@ test \"abc\" == [\"c\", \"b\", \"a\"]");

    private static final ImmutableMap<Integer, String> COMMAND_FORMS = ImmutableMap.<Integer, String>builder()
            .put(RaspParser.SET, "set example \"abc\", set s-op example …, set selector example …")
            .put(RaspParser.SHOW, "show example, show s-op example, show selector example")
            .put(RaspParser.EXAMPLES, "examples on, examples off")
            .put(RaspParser.S_OP, "s-op examples on, s-op examples off")
            .put(RaspParser.SELECTOR, "selector examples on, selector examples off")
            .put(RaspParser.FULL_SEQ_DISPLAY, "full seq display on, full seq display off")
            .put(RaspParser.EXIT, "exit")
            .put(RaspParser.QUIT, "quit")
            .build();

    private static final ImmutableSet<String> NAMES = DIRECTIVE_FORMS.keySet();

    private LineItemErrors() {}

    static boolean isCommandStart(int tokenType) {
        return COMMAND_FORMS.containsKey(tokenType);
    }

    static Diagnostic directive(Offsets offsets, List<Token> tokens, int start, Token token) {
        Token name = tokens.get(start + 1);
        String form = DIRECTIVE_FORMS.get(name.getText());
        if (form != null && token != name) {
            return Diagnostic.error(
                            SyntaxCode.DIRECTIVE_FORM,
                            "'" + name.getText() + "' can't go on with " + SyntaxErrors.show(token),
                            offsets.of(token))
                    .help("its form is: " + form);
        }
        if (name.getType() == RaspParser.LINE_END) {
            return Diagnostic.error(
                            SyntaxCode.UNKNOWN_DIRECTIVE,
                            "'#@' without the name of a directive",
                            offsets.of(tokens.get(start)))
                    .help("the directives are " + String.join(", ", NAMES) + "; a comment starts with '#' alone");
        }
        var unknown = Diagnostic.error(
                SyntaxCode.UNKNOWN_DIRECTIVE, "unknown directive " + SyntaxErrors.show(name), offsets.of(name));
        return unknown.help(NearNames.question(name.getText(), NAMES)
                .orElse("the directives are " + String.join(", ", NAMES) + "; a comment starts with '#' alone"));
    }

    static Diagnostic command(Offsets offsets, Token first, Token token) {
        String form = COMMAND_FORMS.getOrDefault(first.getType(), "");
        if (token.getType() == RaspParser.SEMICOLON) {
            return Diagnostic.error(SyntaxCode.COMMAND_FORM, "a command takes no ';'", offsets.of(token))
                    .help("remove it; a command ends with its line");
        }
        boolean answer = first.getType() == RaspParser.S_OP || first.getType() == RaspParser.SELECTOR;
        if (answer && token.getType() == RaspParser.COLON) {
            return Diagnostic.error(
                            SyntaxCode.COMMAND_FORM, "this line is what a session answered", offsets.of(first, token))
                    .help("leave it out: a program is only what is typed behind the prompt");
        }
        String message = token == first
                ? SyntaxErrors.show(token) + " is a word of the language and can't be a name"
                : "the command '" + first.getText() + "' can't go on with " + SyntaxErrors.show(token);
        return Diagnostic.error(SyntaxCode.COMMAND_FORM, message, offsets.of(token))
                .help("its forms are: " + form);
    }
}
