package io.rasplens.runtime.repl;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Verification;
import io.rasplens.runtime.analysis.Verification.Mismatch;
import io.rasplens.runtime.analysis.Verifier;
import io.rasplens.runtime.analysis.VerifyOptions;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.analysis.patch.Recovery;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.view.SequenceForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** {@code :pattern}, {@code :cache}, {@code :patch} and {@code :verify}: a look inside the transformer while it works. */
final class InsideCommands {
    private static final int MOST_COMPARED = 1000;

    private InsideCommands() {}

    /** For each head a table of attention, rows the queries and columns the keys, BOS first. */
    static String pattern(CompiledModel model, ExampleInput input) {
        ActivationCache cache = cacheOf(model, input);
        List<String> labels = new ArrayList<>();
        labels.add("BOS");
        input.values().forEach(value -> labels.add(Values.plain(value)));
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

    /**
     * What of the clean answer comes back when one activation of the clean run is put into the other: the residual stream before each
     * block by position, and each head's output.
     *
     * @throws io.rasplens.runtime.EngineException if the two answers are the same
     */
    static String patch(CompiledModel model, ExampleInput clean, ExampleInput corrupted) {
        HookedTransformer transformer = HookedTransformer.load(model);
        TokenBatch from = transformer.encode(clean.values());
        TokenBatch into = transformer.encode(corrupted.values());
        Recovery recovery = Recovery.between(transformer, from, into, OptionalInt.empty());
        var sweep = new PatchSweep(transformer, from, into, recovery);
        int position = recovery.position() - 1;
        List<String> labels = PatchSweep.labels(clean.values(), corrupted.values());
        var out = new StringBuilder("measured at position " + position + ": 1 is the answer "
                + transformer.run(clean.values()).get(position).repr() + " to the example, 0 the answer "
                + transformer.run(corrupted.values()).get(position).repr() + " to the input\n");
        if (model.config().nLayers() > 0) {
            table(out, sweep.byPosition(HookKind.RESID_PRE), labels);
        }
        if (model.config().nHeads() > 0 && model.config().nLayers() > 0) {
            LabelledTable heads = sweep.byHead(HookKind.Z);
            table(out, heads, heads.columns());
        }
        return out.toString();
    }

    private static void table(StringBuilder out, LabelledTable table, List<String> columns) {
        int left = Math.max(
                table.rowAxis().length(),
                table.rows().stream().mapToInt(String::length).max().orElse(1));
        int width = Math.max(5, columns.stream().mapToInt(String::length).max().orElse(1));
        out.append(table.title())
                .append(", by ")
                .append(table.rowAxis())
                .append(" and ")
                .append(table.columnAxis())
                .append('\n');
        var line = new StringBuilder(" ".repeat(left + 2));
        columns.forEach(column -> line.append(' ').append(Strings.padStart(column, width, ' ')));
        out.append(line).append('\n');
        for (int row = 0; row < table.rows().size(); row++) {
            out.append("  ").append(Strings.padStart(table.rows().get(row), left, ' '));
            for (int column = 0; column < columns.size(); column++) {
                double value = table.get(row, column);
                out.append(' ').append(Strings.padStart(Double.isNaN(value) ? "" : weight(value), width, ' '));
            }
            out.append('\n');
        }
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
