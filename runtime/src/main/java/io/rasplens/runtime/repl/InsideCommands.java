package io.rasplens.runtime.repl;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Verification;
import io.rasplens.runtime.analysis.Verification.Mismatch;
import io.rasplens.runtime.analysis.Verifier;
import io.rasplens.runtime.analysis.VerifyOptions;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.view.SequenceForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code :pattern}, {@code :cache} and {@code :verify}: a look inside the transformer while it works. */
final class InsideCommands {
    private static final int MOST_COMPARED = 1000;

    private InsideCommands() {}

    /** For each head a table of attention, rows the queries and columns the keys, BOS first. */
    static String pattern(CompiledModel model, ExampleInput input) {
        ActivationCache cache = cacheOf(model, input);
        List<String> labels = new ArrayList<>();
        labels.add("BOS");
        input.values().forEach(value -> labels.add(SequenceForm.plain(value)));
        var out = new StringBuilder();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            int heads = model.weights().layers().get(layer).heads().size();
            for (int head = 0; head < heads; head++) {
                out.append("layer ")
                        .append(layer)
                        .append(", head ")
                        .append(head)
                        .append('\n');
                table(out, cache.get("pattern", layer).slice("batch", 0).slice("head", head), labels);
            }
        }
        return out.isEmpty() ? "there is no attention in it\n" : out.toString();
    }

    private static void table(StringBuilder out, Tensor pattern, List<String> labels) {
        int width = labels.stream().mapToInt(String::length).max().orElse(1);
        int column = Math.max(4, width);
        var line = new StringBuilder(" ".repeat(width + 2));
        labels.forEach(label -> line.append(' ').append(Strings.padStart(label, column, ' ')));
        out.append(line.toString().stripTrailing()).append('\n');
        for (int query = 0; query < labels.size(); query++) {
            var row = new StringBuilder("  ").append(Strings.padStart(labels.get(query), width, ' '));
            for (int key = 0; key < labels.size(); key++) {
                row.append(' ').append(Strings.padStart(weight(pattern.get(query, key)), column, ' '));
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
    }

    /** Two digits; a point for nothing. */
    private static String weight(double weight) {
        String text = String.format(Locale.ROOT, "%.2f", weight);
        return text.equals("0.00") ? "." : text.equals("1.00") ? "1" : text;
    }

    /** The name and the axes of every activation. */
    static String cache(CompiledModel model, ExampleInput input) {
        ActivationCache cache = cacheOf(model, input);
        int width = cache.names().stream()
                .mapToInt(name -> name.text().length())
                .max()
                .orElse(0);
        var out = new StringBuilder();
        cache.activations()
                .forEach((name, tensor) -> out.append(Strings.padEnd(name.text(), width, ' '))
                        .append("  ")
                        .append(Tensor.describe(tensor.axes()))
                        .append('\n'));
        return out.toString();
    }

    private static ActivationCache cacheOf(CompiledModel model, ExampleInput input) {
        HookedTransformer transformer = HookedTransformer.load(model);
        return transformer.runWithCache(transformer.encode(input.values())).cache();
    }

    /** Whether the two sides agree, on all inputs of these tokens or on a sample. */
    static String verify(RaspProgram program, CompiledModel model, ImmutableList<Value> vocabulary, int length) {
        Verification result = Verifier.verify(
                HookedTransformer.load(model),
                program,
                VerifyOptions.of(vocabulary, length).budget(MOST_COMPARED));
        var out = new StringBuilder("compared on ")
                .append(result.checked())
                .append(result.exhaustive() ? " inputs, all there are" : " inputs, a sample")
                .append(" up to length ")
                .append(length)
                .append(": ");
        if (result.programErrors() > 0) {
            out.append("the program fails on ").append(result.programErrors()).append(" of them, on the others ");
        }
        if (result.mismatches().isEmpty()) {
            return out.append("the two agree\n").toString();
        }
        Mismatch first = result.mismatches().get(0);
        return out.append("they differ on ")
                .append(result.mismatchCount())
                .append("\n\tinput        ")
                .append(SequenceForm.of(first.input()))
                .append("\n\ttransformer  ")
                .append(SequenceForm.of(first.output()))
                .append("\n\tinterpreter  ")
                .append(SequenceForm.of(first.expected()))
                .append('\n')
                .toString();
    }
}
