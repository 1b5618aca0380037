package io.rasplens.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptSopsTest {
    private static final String PROGRAM = """
            #@ vocab ["a", "b"]
            #@ max_length 4
            hist = selector_width(select(tokens, tokens, ==));
            for letter in ["a", "b"] {
                here = tokens == letter;
                hist = hist + indicator(here);
            }
            unused = indices;
            result = hist * 2;
            """;

    private static Result<CompileTarget> target(String directive, CompileOptions options) {
        Elaboration elaboration = RaspCompiler.elaborate(
                        SourceFile.of("test.rasp", PROGRAM + directive), new MemoryLoader(ImmutableMap.of()))
                .orThrow();
        return RaspCompiler.elaborateTarget(elaboration, options);
    }

    private static CompileOptions keep(String... names) {
        return CompileOptions.DEFAULT.keep(new CompileOptions.Keep(ImmutableList.copyOf(names)));
    }

    private static List<String> kept(String directive, CompileOptions options) {
        CompileTarget target = target(directive, options).orThrow();
        return target.kept().stream()
                .map(sop -> target.program().nameOf(sop).orElseThrow())
                .toList();
    }

    @Test
    void theFileOrTheOptionsSayWhatIsKept() {
        assertThat(kept("", CompileOptions.DEFAULT)).isEmpty();
        assertThat(kept("#@ keep hist, here\n", CompileOptions.DEFAULT)).containsExactlyInAnyOrder("hist", "here");
        assertThat(kept("#@ keep hist here\n", CompileOptions.DEFAULT)).containsExactlyInAnyOrder("hist", "here");
        assertThat(kept("#@ keep hist\n#@ keep here\n", CompileOptions.DEFAULT)).hasSize(2);
        assertThat(kept("#@ keep hist\n", keep("here@5#1", "hist@3"))).containsExactlyInAnyOrder("hist@3", "here@5#1");
        assertThat(kept("#@ keep all\n", CompileOptions.DEFAULT))
                .containsExactlyInAnyOrder("hist@3", "here@5#1", "hist@6#1", "here", "hist", "result");
        assertThat(kept("", CompileOptions.DEFAULT.keep(CompileOptions.Keep.ALL)))
                .hasSize(6);
    }

    @Test
    void whatCannotBeKeptIsSaidAtItsPlace() {
        Diagnostic unknown =
                target("#@ keep hits\n", CompileOptions.DEFAULT).diagnostics().get(0);
        assertThat(unknown.code()).isEqualTo(ElaborationCode.NO_SUCH_SOP);
        assertThat(unknown.help()).contains("did you mean 'hist'?");
        assertThat(unknown.span().orElseThrow().text()).isEqualTo("hits");
        Diagnostic unneeded = target("", keep("unused")).diagnostics().get(0);
        assertThat(unneeded.message()).contains("'result' is not computed from 'unused'");
        assertThat(target("", keep("here@5")).diagnostics().get(0).code()).isEqualTo(ElaborationCode.AMBIGUOUS_SOP);
        assertThat(target("", keep("nope", "unused")).diagnostics()).hasSize(2);
    }
}
