package io.rasplens.runtime.view.story;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.view.attention.AttentionPanel;
import io.rasplens.runtime.view.attention.AttentionPattern;
import io.rasplens.runtime.view.attention.FindSelectedKeys;
import io.rasplens.runtime.view.attention.KeyMask;
import io.rasplens.runtime.view.attention.ServedNodes;
import io.rasplens.runtime.view.parts.ModelParts;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tells a run of a compiled program: the embedding, each head, each MLP, the answer. */
public final class TellStory {
    /** What stands for the name of a node that has none and no short text: its kind and number, as no name and no expression is. */
    private static final Pattern UNNAMED = Pattern.compile("\\w+#\\d+");

    private final CompiledModel model;
    private final RaspProgram program;
    private final ImmutableList<Value> input;
    private final ActivationCache cache;
    private final FindSelectedKeys keys;
    private final Optional<Trace> trace;
    private final Optional<ServedNodes> served;
    private final ImmutableList.Builder<Story.StoryStep> steps = ImmutableList.builder();

    private TellStory(CompiledModel model, RaspProgram program, ImmutableList<Value> input, ActivationCache cache) {
        this.model = model;
        this.program = program;
        this.input = input;
        this.cache = cache;
        this.keys = FindSelectedKeys.in(cache);
        this.trace = trace(program, input);
        this.served = trace.map(known -> ServedNodes.in(program, known.nodes()));
    }

    private static Optional<Trace> trace(RaspProgram program, List<Value> input) {
        try {
            return Optional.of(Interpreter.trace(ImmutableList.of(program.output()), input, program.causal()));
        } catch (EvaluationException e) {
            // Too much work: the story is told without what s-ops are.
            return Optional.empty();
        }
    }

    /**
     * The story of one input.
     *
     * @param program what the model was compiled from
     * @param cache of a run on the input, with the patterns and the scores in it
     * @param output the transformer's answer
     */
    public static Story of(
            CompiledModel model,
            RaspProgram program,
            ImmutableList<Value> input,
            ActivationCache cache,
            List<Value> output) {
        var story = new TellStory(model, program, input, cache);
        story.embedding();
        ImmutableList<ModelParts.LayerParts> layers = ModelParts.of(model).layers();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int head = 0; head < layers.get(layer).heads().size(); head++) {
                ImmutableList<Optional<Origin>> heads = layers.get(layer).heads();
                Optional<ImmutableList<String>> sops = heads.get(head).map(Origin::sops);
                boolean last = heads.stream()
                        .skip(head + 1L)
                        .noneMatch(other -> other.map(Origin::sops).equals(sops));
                story.head(layer, head, heads.get(head), last);
            }
            story.mlp(layer, layers.get(layer));
        }
        story.answer(output);
        return new Story(
                input.stream().map(Values::plain).collect(ImmutableList.toImmutableList()),
                model.encoder().isPresent(),
                story.steps.build());
    }

    private void embedding() {
        ImmutableList<Value> indices =
                IntStream.range(0, input.size()).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
        steps.add(new Story.StoryStep(
                "embedding",
                "each position is given its token and its index, and knows nothing of the others",
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(new Story.StoryRow("token", input), new Story.StoryRow("index", indices))));
    }

    private void head(int layer, int head, Optional<Origin> origin, boolean last) {
        Tensor matrix = cache.get(HookName.pattern(layer)).slice("batch", 0).slice("head", head);
        var pattern =
                AttentionPattern.of(cache.tokens().positions(), model.encoder().isPresent(), matrix::get);
        Optional<KeyMask> selected = keys.of(layer, head);
        Optional<SOp> sop = selected.flatMap(mask -> whole(origin, mask));
        String title = "layer " + layer + ", head " + head;
        Optional<AttentionSentences> told =
                selected.flatMap(mask -> trace.map(known -> new AttentionSentences(program, known, mask, sop)));
        var rows = ImmutableList.<Story.StoryRow>builder();
        told.ifPresent(sentences -> rows.addAll(sentences.compared()));
        // Where several heads do parts of one work it is done with the last of them.
        if (last) {
            rows.addAll(
                    sop.isPresent()
                            ? row(sop.get()::equals)
                            : rows(origin.map(Origin::sops).orElse(ImmutableList.of())));
        }
        steps.add(new Story.StoryStep(
                title,
                origin.map(TellStory::words).orElse(""),
                told.map(AttentionSentences::all).orElse(ImmutableList.of()),
                Optional.of(new AttentionPanel(title, "", pattern, selected)),
                rows.build()));
    }

    /** The s-op that a head does the whole work of on this input; none where it does a part. */
    private Optional<SOp> whole(Optional<Origin> head, KeyMask selected) {
        if (head.isEmpty() || trace.isEmpty()) {
            return Optional.empty();
        }
        Trace known = trace.get();
        return served.orElseThrow().of(head.get()).stream()
                .filter(sop -> sop.attendsBy()
                        .flatMap(known::matrix)
                        .filter(matrix -> selected.equals(KeyMask.of(matrix.size(), matrix::selects)))
                        .isPresent())
                .findFirst();
    }

    /** What an MLP makes, s-op by s-op; nothing where it has no units. */
    private void mlp(int layer, ModelParts.LayerParts parts) {
        int units =
                parts.groups().stream().mapToInt(group -> group.units().size()).sum();
        if (units == 0) {
            return;
        }
        Set<String> sops = new LinkedHashSet<>();
        var what = ImmutableList.<String>builder();
        for (ModelParts.OriginGroup group : parts.groups()) {
            int count = group.units().size();
            what.add(count
                    + (count == 1 ? " hidden unit: " : " hidden units: ")
                    + group.origin().map(TellStory::words).orElse("the model doesn't say what for"));
            group.origin().ifPresent(origin -> sops.addAll(origin.sops()));
        }
        steps.add(new Story.StoryStep(
                "layer " + layer + ", MLP",
                "works at each position on what stands there by now",
                what.build(),
                Optional.empty(),
                rows(sops)));
    }

    private void answer(List<Value> output) {
        steps.add(new Story.StoryStep(
                "answer",
                "read from the residual stream at each position",
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(new Story.StoryRow(program.name(), ImmutableList.copyOf(output)))));
    }

    /** The values of s-ops that have a name in the program. */
    private ImmutableList<Story.StoryRow> rows(Collection<String> names) {
        return names.stream()
                .flatMap(name ->
                        row(node -> program.nameOf(node).filter(name::equals).isPresent()).stream())
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Story.StoryRow> row(Predicate<ProgramNode> meant) {
        if (trace.isEmpty()) {
            return ImmutableList.of();
        }
        for (ProgramNode node : trace.get().nodes()) {
            if (meant.test(node)
                    && node instanceof SOp found
                    && program.nameOf(node).isPresent()) {
                return trace.get()
                        .values(found)
                        .map(values -> ImmutableList.of(
                                new Story.StoryRow(program.nameOf(node).orElseThrow(), values)))
                        .orElse(ImmutableList.of());
            }
        }
        return ImmutableList.of();
    }

    private static String words(Origin origin) {
        String line =
                origin.source().map(source -> " (line " + source.line() + ")").orElse("");
        boolean named = !UNNAMED.matcher(origin.sop()).matches();
        return (named ? origin.sop() + ": " : "") + origin.description() + line;
    }
}
