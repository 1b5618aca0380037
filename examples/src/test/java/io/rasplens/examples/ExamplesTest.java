package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.RunTests;
import io.rasplens.runtime.analysis.TestOutcome;
import io.rasplens.runtime.analysis.Verification;
import io.rasplens.runtime.analysis.Verifier;
import io.rasplens.runtime.analysis.VerifyOptions;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example: its own tests on the interpreter and on the transformer, and all inputs up to a small length. */
class ExamplesTest {
    /** All inputs up to the greatest length at which there are no more. */
    private static final int FEW_INPUTS = 400;

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".rasp"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void passesItsOwnTests(String file) throws IOException {
        Elaboration elaboration = elaborate(file);
        assertThat(elaboration.directives()).hasAtLeastOneElementOfType(Directive.VocabDirective.class);
        assertThat(elaboration.directives()).hasAtLeastOneElementOfType(Directive.MaxLengthDirective.class);
        assertThat(elaboration.directives()).hasAtLeastOneElementOfType(Directive.ExampleDirective.class);
        check(elaboration, compile(elaboration, CompileOptions.DEFAULT).orThrow());
    }

    /** Also those that Tracr could not compile, in its spirit. */
    @ParameterizedTest
    @MethodSource("examples")
    void passesItsOwnTestsInTracrsLayout(String file) throws IOException {
        Elaboration elaboration = elaborate(file);
        check(
                elaboration,
                compile(elaboration, CompileOptions.DEFAULT.level(Level.DIRECT)).orThrow());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRightOnAllShortInputs(String file) throws IOException {
        Elaboration elaboration = elaborate(file);
        CompileTarget declared = RaspCompiler.elaborateTarget(elaboration, CompileOptions.DEFAULT)
                .orThrow();
        int length = shortLength(declared.vocabulary().size(), declared.maxLength());
        for (Level level : Level.values()) {
            CompileOptions options = CompileOptions.DEFAULT.maxLength(length).level(level);
            Result<CompiledModel> model = compile(elaboration, options);
            Verification result = Verifier.verify(
                    HookedTransformer.load(model.orThrow()),
                    declared.program(),
                    VerifyOptions.of(declared.vocabulary(), length).budget(FEW_INPUTS));
            assertThat(result.exhaustive()).isTrue();
            assertThat(result.mismatches()).as(level.flag()).isEmpty();
            assertThat(result.checked()).isGreaterThan(result.programErrors());
        }
    }

    @Test
    void inferenceIsAProgramOfAThousandSops() throws IOException {
        RaspProgram program = RaspCompiler.chooseProgram(elaborate("inference.rasp"), CompileOptions.DEFAULT)
                .orThrow();
        var seen = new HashSet<ProgramNode>();
        var open = new ArrayDeque<ProgramNode>();
        open.add(program.output());
        while (!open.isEmpty()) {
            ProgramNode node = open.remove();
            if (seen.add(node)) {
                open.addAll(node.operands());
            }
        }
        assertThat(seen.stream().filter(node -> node instanceof SOp)).hasSizeGreaterThanOrEqualTo(1000);
    }

    private static int shortLength(int tokens, int longest) {
        int length = 1;
        long inputs = tokens;
        long more = tokens;
        while (length < longest && inputs + more * tokens <= FEW_INPUTS) {
            more *= tokens;
            inputs += more;
            length++;
        }
        return length;
    }

    private static void check(Elaboration elaboration, CompiledModel compiled) {
        RaspProgram program =
                RaspCompiler.chooseProgram(elaboration, CompileOptions.DEFAULT).orThrow();
        HookedTransformer model = HookedTransformer.load(compiled);
        var tests = new RunTests(input -> Result.success(interpreted(program, input)), input -> model);
        ImmutableList<TestOutcome> outcomes = tests.run(elaboration.directives());
        assertThat(outcomes).hasSizeGreaterThan(2).allMatch(TestOutcome::passed);
    }

    private static ImmutableList<Value> interpreted(RaspProgram program, ImmutableList<Value> input) {
        try {
            return Interpreter.evaluate(program.output(), input, program.causal());
        } catch (EvaluationException e) {
            throw new AssertionError(input.toString(), e);
        }
    }

    private static Elaboration elaborate(String file) throws IOException {
        return RaspCompiler.elaborate(SourceFile.of(Path.of(file)), new FileLoader(Path.of("")))
                .orThrow();
    }

    private static Result<CompiledModel> compile(Elaboration elaboration, CompileOptions options) {
        return RaspCompiler.elaborateTarget(elaboration, options)
                .then(target -> RaspCompiler.compileTarget(elaboration, target, options));
    }
}
