package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Collects characters that begin no token; neighbours go into one message. */
final class UnknownCharacters {
    private static final ImmutableMap<String, String> WAYS_OUT = ImmutableMap.<String, String>builder()
            .put("&", "logical 'and' is the word: a and b")
            .put("&&", "logical 'and' is the word: a and b")
            .put("|", "logical 'or' is the word: a or b")
            .put("||", "logical 'or' is the word: a or b")
            .put("!", "logical 'not' is the word: not a")
            .put("~", "logical 'not' is the word: not a")
            .put(".", "a float needs digits on both sides of its point: 0.5, 1.0")
            .put("..", "leave out the prompt '..': it is the session's")
            .put("...", "leave out the prompt '...': it is the session's")
            .put("'", "a string stands in double quotes: \"abc\"")
            .put("\\", "a statement may go over several lines without any sign for it")
            .put("?", "a conditional is an expression: a if c else b")
            .put("`", "a string stands in straight double quotes: \"abc\"")
            .put("×", "multiplication is '*'")
            .put("÷", "division is '/'")
            .put("−", "minus is the plain sign '-'")
            .put("≤", "write '<='")
            .put("≥", "write '>='")
            .put("≠", "write '!=', which only select takes")
            .put("“", "a string stands in straight double quotes: \"abc\"")
            .put("”", "a string stands in straight double quotes: \"abc\"")
            .build();

    private static final String NO_METHODS = "RASP has no methods: a function takes all its arguments in its brackets";

    private final Offsets offsets;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private @Nullable Token first;
    private @Nullable Token last;

    UnknownCharacters(Offsets offsets) {
        this.offsets = offsets;
    }

    void add(Token token) {
        if (last != null && last.getStopIndex() + 1 == token.getStartIndex()) {
            last = token;
            return;
        }
        finish();
        first = token;
        last = token;
    }

    /** How many messages there are so far. */
    int count() {
        return diagnostics.size();
    }

    List<Diagnostic> diagnostics() {
        finish();
        return diagnostics;
    }

    private void finish() {
        if (first == null || last == null || diagnostics.size() > ParseLimits.ERRORS) {
            return;
        }
        var span = offsets.of(first, last);
        String text = span.text();
        int count = text.codePointCount(0, text.length());
        String message = count == 1
                ? "RASP has no use for the character " + show(text.codePointAt(0))
                : "RASP has no use for these " + count + " characters";
        var diagnostic = Diagnostic.error(SyntaxCode.UNKNOWN_CHARACTER, message, span);
        String help = isMethodCall(span) ? NO_METHODS : WAYS_OUT.get(text);
        diagnostics.add(help == null ? diagnostic : diagnostic.help(help));
        first = null;
        last = null;
    }

    /** {@code tokens.upper()}: a point between names. */
    private static boolean isMethodCall(Span span) {
        String text = span.source().text();
        return span.text().equals(".")
                && span.start() > 0
                && span.end() < text.length()
                && !Character.isDigit(text.charAt(span.start() - 1))
                && !Character.isWhitespace(text.charAt(span.start() - 1))
                && Character.isLetter(text.charAt(span.end()));
    }

    private static String show(int point) {
        String code = String.format(Locale.ROOT, "U+%04X", point);
        boolean printable = !Character.isISOControl(point)
                && !Character.isWhitespace(point)
                && Character.isDefined(point)
                && Character.getType(point) != Character.FORMAT
                && Character.getType(point) != Character.SURROGATE;
        return printable
                ? "'" + new String(Character.toChars(point)) + "'" + (point < 0x7f ? "" : " (" + code + ")")
                : code;
    }
}
