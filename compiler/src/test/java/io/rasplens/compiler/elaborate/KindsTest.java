package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.diagnostic.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every operator and form on every kind of value: the result (an s-op's on "hello", a selector's widths), or the error's code. */
class KindsTest {
    private static final Path TABLE = Path.of("src/test/resources/io/rasplens/compiler/elaborate/kinds.txt");

    /** One of each kind; {@code f} is a function. */
    private static final List<String> VALUES =
            List.of("2", "0.5", "\"ab\"", "True", "[1]", "{1: 2}", "indices", "full_s", "f");

    private static final List<String> PAIRS = List.of(
            "%s + %s",
            "%s - %s",
            "%s * %s",
            "%s / %s",
            "%s %% %s",
            "%s ^ %s",
            "%s == %s",
            "%s < %s",
            "%s >= %s",
            "%s and %s",
            "%s or %s",
            "%s in %s",
            "%s[%s]",
            "%s(%s)",
            "7 if %s else %s",
            "select(%s, %s, <)",
            "aggregate(%s, %s)",
            "aggregate(full_s, %s, %s)",
            "zip(%s, %s)",
            "range(%s, %s)",
            "{%s: %s}");

    private static final List<String> SINGLES = List.of(
            "not %s",
            "-%s",
            "+%s",
            "round(%s)",
            "indicator(%s)",
            "len(%s)",
            "range(%s)",
            "[i for i in %s]",
            "selector_width(%s)");

    /**
     * {@code kinds.txt} records what the implementation does; most of it was compared with the language's description by hand.
     * {@code -Drecord=true} writes it anew.
     */
    @Test
    void everyCellIsAsRecorded() throws IOException {
        String grid = grid();
        if (Boolean.getBoolean("record")) {
            Files.writeString(TABLE, grid);
        }
        assertThat(grid).isEqualTo(Files.readString(TABLE));
    }

    private static String grid() {
        var out = new StringBuilder();
        for (String form : SINGLES) {
            for (String value : VALUES) {
                line(out, String.format(Locale.ROOT, form, value));
            }
        }
        for (String form : PAIRS) {
            for (String left : VALUES) {
                for (String right : VALUES) {
                    line(out, String.format(Locale.ROOT, form, left, right));
                }
            }
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String expression) {
        out.append(expression).append(" → ").append(run(expression)).append('\n');
    }

    private static String run(String expression) {
        String function = "def f(a) { return a; } ";
        Result<Elaboration> result = SmallPrograms.elaborate(function + "x = " + expression + ";");
        if (!(result instanceof Result.Success<Elaboration> success)) {
            return result.diagnostics().get(0).code().id();
        }
        Meaning x = success.value().find("x").orElseThrow();
        return x instanceof Meaning.Selection
                ? "selector " + SmallPrograms.show(function + "x = selector_width(" + expression + ");")
                : SmallPrograms.show(x);
    }
}
