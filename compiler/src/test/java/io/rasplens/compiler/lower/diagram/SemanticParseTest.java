package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that reads sentences by rules: two chains of overriding cases over a dozen findings, 22 tokens of 15 words. */
class SemanticParseTest {
    private static final List<String> SENTENCES = List.of(
            "the cat sleeps",
            "a cook was seen by the girl",
            "the girl gives a cook the cake",
            "the girl gives the cake to a cook on the cat",
            "the cake was given to a cat by the girl on a cake by the cook",
            "a cat was given the cake by the girl",
            "the cat on the cake sees to",
            "by the girl was a cat",
            "seen cat gives gives the");

    private static CompileTarget target() throws IOException {
        String source = Resources.toString(
                Resources.getResource(SemanticParseTest.class, "semantic_parse.rasp"), StandardCharsets.UTF_8);
        return RaspCompiler.elaborate(SourceFile.of("semantic_parse.rasp", source), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
    }

    private static List<List<Value>> sentences(CompileTarget target) {
        var inputs = new ArrayList<List<Value>>();
        SENTENCES.forEach(sentence ->
                inputs.add(Stream.of(sentence.split(" ")).map(Value::of).toList()));
        // Sentences cut up and put together otherwise: nearly language, so that many rules hold.
        var random = new Random(7);
        for (int i = 0; i < 60; i++) {
            var words = new ArrayList<Value>();
            while (words.size() < target.maxLength()) {
                List<Value> sentence = inputs.get(random.nextInt(SENTENCES.size()));
                int from = random.nextInt(sentence.size());
                words.addAll(sentence.subList(from, from + 1 + random.nextInt(sentence.size() - from)));
            }
            inputs.add(List.copyOf(words.subList(0, 1 + random.nextInt(target.maxLength()))));
        }
        inputs.addAll(Differential.inputs(target, 60, 3));
        return inputs;
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void rulesThatOverrideEachOtherTakeNoTableOfAllTheyAskFor(Level level) throws IOException {
        CompileTarget target = target();
        CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();

        assertThat(target.vocabulary()).hasSize(15);
        assertThat(target.maxLength()).isEqualTo(22);
        assertThat(Differential.firstMismatch(target, model, sentences(target))).isEmpty();
        assertThat(model.config().nLayers()).isLessThanOrEqualTo(5);
        assertThat(model.config().dMlp()).isLessThanOrEqualTo(400);
    }
}
