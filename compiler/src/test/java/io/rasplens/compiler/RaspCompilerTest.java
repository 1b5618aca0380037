package io.rasplens.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;

/** Which s-op a file's model computes and for which inputs: options win over directives, those over defaults. */
class RaspCompilerTest {
    private static final String TWO = "first = tokens; second = indices; n = 3;";
    private static final CompileOptions DEFAULT = CompileOptions.DEFAULT;

    private static Elaboration elaborate(String text) {
        return RaspCompiler.elaborate(SourceFile.of("test.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .orThrow();
    }

    private static Result<RaspProgram> program(String text, CompileOptions options) {
        return RaspCompiler.chooseProgram(elaborate(text), options);
    }

    private static Result<CompileTarget> target(String text, CompileOptions options) {
        return RaspCompiler.elaborateTarget(elaborate(text), options);
    }

    private static Diagnostic failure(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failure.class);
        assertThat(result.diagnostics()).hasSize(1);
        return result.diagnostics().get(0);
    }

    private static ImmutableList<Value> chars(String... tokens) {
        return ImmutableList.copyOf(tokens).stream().map(Value::of).collect(ImmutableList.toImmutableList());
    }

    @Test
    void theLastAssignedSopIsTheProgramWhenNobodySaysWhich() {
        RaspProgram program = program(TWO, DEFAULT).orThrow();
        assertThat(program.name()).isEqualTo("second");
        assertThat(program.output()).isEqualTo(program.graph().indices());
        assertThat(program("x, y = tokens, indices; s = select(1, 1, ==); y;", DEFAULT)
                        .orThrow()
                        .name())
                .isEqualTo("y");
    }

    @Test
    void anOutputDirectiveWinsOverTheLastAssignment() {
        assertThat(program("#@ output first\n" + TWO, DEFAULT).orThrow().name()).isEqualTo("first");
        assertThat(program("#@ output first\n" + TWO + "\n#@ output second", DEFAULT)
                        .orThrow()
                        .name())
                .isEqualTo("second");
    }

    @Test
    void anOptionWinsOverTheOutputDirective() {
        assertThat(program("#@ output first\n" + TWO, DEFAULT.sop("second"))
                        .orThrow()
                        .name())
                .isEqualTo("second");
        assertThat(program(TWO, DEFAULT.sop("length")).orThrow().name())
                .as("the library's s-ops can be compiled too")
                .isEqualTo("length");
    }

    @Test
    void anUnknownSopIsAnErrorThatNamesANearOne() {
        Diagnostic byOption = failure(program(TWO, DEFAULT.sop("secnd")));
        assertThat(byOption.code()).isEqualTo(ElaborationCode.NO_SUCH_SOP);
        assertThat(byOption.message()).contains("'secnd'");
        assertThat(byOption.help()).hasValueSatisfying(help -> assertThat(help).contains("'second'"));
        assertThat(byOption.span()).as("a flag has no place in the file").isEmpty();

        Diagnostic byDirective = failure(program("#@ output fist\n" + TWO, DEFAULT));
        assertThat(byDirective.code()).isEqualTo(ElaborationCode.NO_SUCH_SOP);
        assertThat(byDirective.help())
                .hasValueSatisfying(help -> assertThat(help).contains("'first'"));
        assertThat(byDirective.span().map(Span::text)).contains("fist");
    }

    @Test
    void onlyAnSopCanBeCompiled() {
        assertThat(failure(program(TWO, DEFAULT.sop("n"))).code()).isEqualTo(ElaborationCode.NOT_AN_SOP);
        assertThat(failure(program(TWO, DEFAULT.sop("sort"))).code()).isEqualTo(ElaborationCode.NOT_AN_SOP);
        assertThat(failure(program("n = 3; s = select(1, 1, ==);", DEFAULT)).code())
                .isEqualTo(ElaborationCode.NO_SOP);
    }

    @Test
    void inputsComeFromOptionsThenDirectivesThenTheExample() {
        String said = "#@ vocab [\"a\", \"b\"]\n#@ max_length 4\n#@ example \"xyzxyz\"\n" + TWO;
        CompileTarget byDirective = target(said, DEFAULT).orThrow();
        assertThat(byDirective.vocabulary()).isEqualTo(chars("a", "b"));
        assertThat(byDirective.maxLength()).isEqualTo(4);

        CompileTarget byOption =
                target(said, CompileOptions.forVocabulary("p").maxLength(2)).orThrow();
        assertThat(byOption.vocabulary()).isEqualTo(chars("p"));
        assertThat(byOption.maxLength()).isEqualTo(2);

        CompileTarget byExample =
                target("#@ example \"xyzxyz\"\n" + TWO, DEFAULT).orThrow();
        assertThat(byExample.vocabulary()).isEqualTo(chars("x", "y", "z"));
        assertThat(byExample.maxLength()).isEqualTo(6);
    }

    @Test
    void tokensThatPrintAlikeStayApartWhenTheirKindsDiffer() {
        CompileTarget target = target("#@ vocab [1, \"1\", True]\n#@ max_length 1\n" + TWO, DEFAULT)
                .orThrow();
        assertThat(target.vocabulary()).containsExactly(Value.of(1), Value.of("1"), Value.of(true));
    }

    @Test
    void withoutAVocabularyNothingCanBeCompiled() {
        Diagnostic diagnostic = failure(target(TWO, DEFAULT.maxLength(3)));
        assertThat(diagnostic.code()).isEqualTo(ElaborationCode.NO_VOCABULARY);
        assertThat(diagnostic.help())
                .hasValueSatisfying(help -> assertThat(help).contains("#@ vocab", "--vocab"));
        assertThat(failure(target(TWO, CompileOptions.forVocabulary().maxLength(3)))
                        .code())
                .isEqualTo(ElaborationCode.NO_VOCABULARY);
    }

    @Test
    void withoutALengthNothingCanBeCompiled() {
        Diagnostic unknown = failure(target(TWO, CompileOptions.forVocabulary("a")));
        assertThat(unknown.code()).isEqualTo(ElaborationCode.BAD_LENGTH);
        assertThat(unknown.help())
                .hasValueSatisfying(help -> assertThat(help).contains("#@ max_length", "--max-length"));
        Diagnostic zero = failure(target(TWO, CompileOptions.forVocabulary("a").maxLength(0)));
        assertThat(zero.code()).isEqualTo(ElaborationCode.BAD_LENGTH);
        assertThat(zero.message()).contains("got 0");
    }

    @Test
    void causalAttentionComesFromTheFileUnlessAnOptionSaysOtherwise() {
        assertThat(program(TWO, DEFAULT).orThrow().causal()).isFalse();
        assertThat(program(TWO, DEFAULT.causal(true)).orThrow().causal()).isTrue();
        assertThat(program("#@ causal\n" + TWO, DEFAULT).orThrow().causal()).isTrue();
        assertThat(program("#@ causal\n" + TWO, DEFAULT.causal(false)).orThrow().causal())
                .isFalse();
    }

    @Test
    void aRejectedFileGivesItsErrorsAndNoModel() {
        Result<CompiledModel> result = RaspCompiler.compile(
                SourceFile.of("test.rasp", "a = tokns; b = ;"), DEFAULT, new MemoryLoader(ImmutableMap.of()));
        assertThat(result).isInstanceOf(Result.Failure.class);
        assertThat(result.diagnostics()).isNotEmpty();
    }
}
