package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes a program of Tracr, which is Python, and knows what its names are in RASP. */
public final class TracrText {
    private static final String EXPRESSION = "the expression itself, as in x + 1,";

    private static final ImmutableMap<String, String> NAMES = ImmutableMap.<String, String>builder()
            .put("Aggregate", "aggregate")
            .put("Select", "select")
            .put("SelectorWidth", "selector_width")
            .put("SelectorAnd", "a and b")
            .put("SelectorOr", "a or b")
            .put("SelectorNot", "not a")
            .put("ConstantSelector", "full_s")
            .put("Map", EXPRESSION)
            .put("SequenceMap", EXPRESSION)
            .put("LinearSequenceMap", EXPRESSION)
            .put("Comparison.EQ", "==")
            .put("Comparison.NEQ", "!=")
            .put("Comparison.LT", "<")
            .put("Comparison.LEQ", "<=")
            .put("Comparison.GT", ">")
            .put("Comparison.GEQ", ">=")
            .put("Comparison.TRUE", "the selector full_s")
            .put("Comparison.FALSE", "the selector not full_s")
            .buildOrThrow();

    /** What stands in front of a point in such a program. */
    private static final ImmutableSet<String> MODULES = ImmutableSet.of("rasp", "tracr", "Comparison");

    /** Made when it is asked for: most texts are without. */
    private static final class Words {
        static final Pattern FORM = Pattern.compile("\\b(Comparison\\s*\\.\\s*)?[A-Z][A-Za-z]*\\b");
    }

    /** Names that one message lists. */
    private static final int MOST_NAMES = 6;

    private static final String ALL = "'rasp explain tracr' has more";

    private TracrText() {}

    /** What {@code Select} and the like are here. */
    public static Optional<String> wayOut(String name) {
        return Optional.ofNullable(NAMES.get(name)).map(ours -> "write " + ours(name, ours) + "; " + ALL);
    }

    /** Whether a point behind this name tells such a program. */
    static boolean isModule(String name) {
        return MODULES.contains(name);
    }

    /** The one message for such a text. */
    static Diagnostic diagnostic(Span module) {
        String sign = module.text();
        if (sign.startsWith("tracr")) {
            return python(module).help("leave the line out: nothing has to be imported; " + ALL);
        }
        Map<String, String> met = new LinkedHashMap<>();
        Matcher words = Words.FORM.matcher(module.source().text());
        while (words.find() && met.size() < MOST_NAMES) {
            String name = words.group().replaceAll("\\s", "");
            String ours = NAMES.get(name);
            if (ours != null) {
                met.putIfAbsent(name, ours(name, ours));
            }
        }
        String instead = met.isEmpty() ? "" : "write " + String.join(", ", met.values()) + "; ";
        String out =
                sign.startsWith("Comparison") ? "" : "leave out '" + sign + "'" + (met.isEmpty() ? "; " : ", and ");
        return python(module).help(out + instead + ALL);
    }

    private static Diagnostic python(Span module) {
        return Diagnostic.error(
                SyntaxCode.OTHER_LANGUAGE,
                "RASP has no '" + module.text() + "': that is Tracr, a library of Python",
                module);
    }

    private static String ours(String name, String ours) {
        return ours + " for " + name;
    }
}
