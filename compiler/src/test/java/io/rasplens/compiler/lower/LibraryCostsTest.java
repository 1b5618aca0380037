package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Level;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the library's documentation says of layers and heads is what the optimising compiler needs. */
class LibraryCostsTest {
    /** An s-op that is nothing but the function; of a selector, an aggregate that reads by it: one layer, one head more. */
    private static final ImmutableMap<String, String> USES = ImmutableMap.<String, String>builder()
            .put("full_s", "aggregate(full_s, tokens_int)")
            .put("length", "length")
            .put("selector_width", "selector_width(select(tokens, tokens, ==))")
            .put("has_focus", "has_focus(select(tokens, \"2\", ==))")
            .put("count", "count(tokens, \"1\")")
            .put("contains", "contains(tokens, \"1\")")
            .put("max", "max(tokens_int, indices)")
            .put("min", "min(tokens_int, indices)")
            .put("average", "average(tokens_int)")
            .put("load_from_location", "load_from_location(tokens_int, tokens_int)")
            .put("shift", "shift(tokens, 1, \"-\")")
            .put("mark_last_instance", "mark_last_instance(tokens, \"1\")")
            .put("mark_first_instance", "mark_first_instance(tokens, \"1\")")
            .put("select_from_last", "aggregate(select_from_last(tokens, \"1\"), indices, -1)")
            .put("select_from_first", "aggregate(select_from_first(tokens, \"1\"), indices, -1)")
            .put("sort", "sort(tokens, tokens_int)")
            .put("select_next_identical", "aggregate(select_next_identical(tokens), indices, -1)")
            .buildOrThrow();

    @Test
    void theDocumentedCostIsTheMeasuredOne() {
        assertThat(LibraryDoc.ALL.stream().map(LibraryDoc::name)).containsExactlyInAnyOrderElementsOf(USES.keySet());
        for (LibraryDoc doc : LibraryDoc.ALL) {
            String use = Objects.requireNonNull(USES.get(doc.name()));
            int reader = use.startsWith("aggregate(") ? 1 : 0;
            assertThat(attentionLayers(use)).as(use).hasSize(doc.layers() + reader);
            assertThat(heads(use)).as(use).isEqualTo(doc.heads() + reader);
        }
    }

    @Test
    void aQuestionWithoutACountNeedsNoHiddenUnits() {
        assertThat(compile("has_focus(select(tokens, \"2\", ==))").config().dMlp())
                .isZero();
        assertThat(compile("contains(tokens, \"1\")").config().dMlp()).isZero();
    }

    private static int heads(String sop) {
        return attentionLayers(sop).stream()
                .mapToInt(layer -> layer.heads().size())
                .sum();
    }

    private static List<LayerWeights> attentionLayers(String sop) {
        return compile(sop).weights().layers().stream()
                .filter(layer -> !layer.heads().isEmpty())
                .toList();
    }

    private static CompiledModel compile(String sop) {
        String program = "#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length 5\nx = " + sop + ";";
        return new OptimizedLowering(Level.SMALLEST)
                .lower(Optimized.target(program, CompileOptions.DEFAULT))
                .orThrow();
    }
}
