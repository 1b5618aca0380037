package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.grammar.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function or a loop made is described by what the call passed, never by the names of parameters. */
class WordsOfCallsTest {
    private static final String ABC = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 4\n";

    /** Parameters and loop variables of the programs below begin so. */
    private static final Pattern PARAMETER = Pattern.compile("\\bpar_\\w*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                def back(par_s, par_k) { return aggregate(select(indices, indices - par_k, ==), par_s, "-"); }
                result = back(tokens, 1);
                """,
                """
                def back(par_s, par_k) { return aggregate(select(indices, indices - par_k, ==), par_s, "-"); }
                result = back(tokens, 1) == back(tokens, 2);
                """,
                """
                def back(par_s, par_k) { return aggregate(select(indices, indices - par_k, ==), par_s, "-"); }
                def both(par_q, par_n) { return back(par_q, par_n) == back(back(par_q, par_n + 1), 1); }
                result = both(tokens, 1);
                """,
                """
                result = 0;
                for par_i in [1] { result = selector_width(select(indices % 3 + par_i, indices, ==)); }
                """,
                """
                result = tokens;
                for par_i in [1, 2] { result = aggregate(select(indices, indices - par_i, ==), result, "-"); }
                """,
                """
                many = [selector_width(select((indices + par_i) % 3, 1, ==)) for par_i in [1, 2]];
                result = many[0] * 5 + many[1];
                """,
                """
                def down(par_s, par_n) { return par_s if par_n == 0 else down(shift(par_s, par_n, "-"), par_n - 1); }
                result = down(tokens, 2);
                """,
                """
                def seen(par_t) { return average(indicator(tokens == par_t)) > 0.4; }
                result = seen("a") or contains(tokens, "b");
                """,
            })
    void noWordsSpeakOfParameters(String program) {
        for (Level level : List.of(Level.DIRECT, Level.SMALLEST)) {
            List<String> words = words(compile(program, level));

            assertThat(words)
                    .hasSizeGreaterThan(3)
                    .noneMatch(text -> PARAMETER.matcher(text).find());
        }
    }

    @Test
    void headsOfOneFunctionAreToldByWhatTheyWerePassed() {
        List<String> words = words(compile("""
                def back(par_s, par_k) { return aggregate(select(indices, indices - par_k, ==), par_s, "-"); }
                once = back(tokens, 1);
                twice = back(tokens, 2);
                result = once == twice;
                """, Level.SMALLEST));

        assertThat(words).anyMatch(text -> text.contains("indices - 1"));
        assertThat(words).anyMatch(text -> text.contains("indices - 2"));
    }

    @Test
    void whatACallMadeIsWrittenOut() {
        assertThat(words(compile("""
                        def same(par_s, par_k) { return aggregate(select(indices, indices - par_k, ==), par_s, "-") == par_s; }
                        result = same(tokens, 1);
                        """, Level.SMALLEST)))
                .contains("(aggregate(select(indices, indices - 1, ==), tokens, \"-\"))");
    }

    @Test
    void callsAreInTheWordsOfTheProgram() {
        assertThat(words(compile("result = shift(tokens, 1, \"-\") == sort(tokens, tokens);", Level.SMALLEST)))
                .contains("(shift(tokens, 1, \"-\"))", "(sort(tokens, tokens))");
    }

    @Test
    void messagesSayWhatWasPassed() {
        assertThat(Optimized.refused("""
                                #@ vocab [0.1, 0.2, 0.3]
                                #@ max_length 5
                                def near(par_x, par_y) { return 1 if par_x == par_y else 2; }
                                mean = aggregate(select(indices, indices, <=), tokens_float);
                                result = near(mean, 0.2) + indices;
                                """).message()).doesNotContain("par_").contains("'mean == 0.2'");
    }

    private static CompiledModel compile(String program, Level level) {
        SourceFile source = SourceFile.of("test.rasp", ABC + program);
        CompileOptions options = CompileOptions.DEFAULT.level(level);
        return RaspCompiler.compile(source, options, new MemoryLoader(ImmutableMap.of()))
                .orThrow();
    }

    /** All that the model says of its parts. */
    private static List<String> words(CompiledModel model) {
        List<String> words = new ArrayList<>();
        model.labels().stream().map(ResidualLabel::text).forEach(words::add);
        model.provenance().heads().forEach(layer -> layer.forEach(head -> add(words, head)));
        model.provenance().neurons().forEach(layer -> layer.forEach(unit -> add(words, unit)));
        model.provenance().dimensions().forEach(dimension -> add(words, dimension));
        Anatomy anatomy = model.provenance().anatomy().orElseThrow();
        anatomy.directions().forEach(holds -> words.add(holds.toString()));
        anatomy.heads()
                .forEach(layer -> layer.forEach(head -> {
                    words.addAll(head.query());
                    words.addAll(head.key());
                    words.addAll(head.value());
                    words.add(head.where().toString());
                }));
        anatomy.units().forEach(layer -> layer.forEach(unit -> words.add(unit.toString())));
        return words;
    }

    private static void add(List<String> words, Origin origin) {
        words.addAll(origin.sops());
        words.add(origin.description());
    }
}
