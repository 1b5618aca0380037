package io.rasplens.compiler.infer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;

class DescribeNodeTest {
    /** The long form is what hardly anybody writes. */
    @Test
    void tokensAreCalledAsProgramsCallThem() {
        var options = CompileOptions.forVocabulary("a", "b", "c").maxLength(600).level(Level.DIRECT);

        var refused = RaspCompiler.compile(
                SourceFile.of(
                        "x.rasp",
                        "x = selector_width(select(tokens, tokens, <) or (select(tokens, tokens, ==) and select(indices, indices, <)));"),
                options);

        assertThat(refused.diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.message())
                        .contains("'tokens' has 3", "'indices' has 600", "at most 1024 can be told apart"));
    }
}
