package io.rasplens.runtime.cli.print;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonObject;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ActivationsJson;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.store.ActivationFile;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.view.heat.NumberText;

/** The activations of a run on one input, in the forms that {@code cache} gives them. */
public record Activations(ImmutableList<Value> input, ActivationCache cache) {
    private static final int SMALL = 512;

    public JsonObject json() {
        return ActivationsJson.of(input, cache);
    }

    public ImmutableMap<String, ActivationFile.SavedActivation> forFile() {
        var all = ImmutableMap.<String, ActivationFile.SavedActivation>builder();
        cache.activations()
                .forEach((name, tensor) ->
                        all.put(name.text(), ActivationFile.SavedActivation.of(tensor.shape(), tensor::at)));
        return all.buildOrThrow();
    }

    /** Names and shapes, and on demand the numbers of what is small enough to read. */
    public String table(boolean values) {
        int width = cache.names().stream()
                .mapToInt(name -> name.text().length())
                .max()
                .orElse(0);
        var out = new StringBuilder("input  " + AnswerText.values(input) + "\n\n");
        cache.activations().forEach((name, tensor) -> {
            out.append(Strings.padEnd(name.text(), width, ' '))
                    .append("  ")
                    .append(Tensor.describe(tensor.axes()))
                    .append('\n');
            if (values && tensor.length() <= SMALL) {
                matrices(out, tensor, "  ");
            } else if (values) {
                out.append("  ").append(AnswerText.count(tensor.length())).append(" numbers: too many to show here\n");
            }
        });
        return out.toString();
    }

    /** {@code 12 activations}. */
    public String summary() {
        int count = cache.names().size();
        return count + (count == 1 ? " activation" : " activations");
    }

    public String line() {
        return AnswerText.values(input) + "  " + summary();
    }

    /** The last two axes as rows and columns, a line of heading for each index of the others. */
    private static void matrices(StringBuilder out, Tensor tensor, String indent) {
        if (tensor.rank() > 2) {
            for (int i = 0; i < tensor.size(0); i++) {
                out.append(indent)
                        .append(tensor.axes().get(0).name())
                        .append(' ')
                        .append(i)
                        .append('\n');
                matrices(out, tensor.slice(0, i), indent + "  ");
            }
            return;
        }
        var rows = ImmutableList.<ImmutableList<String>>builder();
        for (int row = 0; row < tensor.size(0); row++) {
            var cells = ImmutableList.<String>builder().add(indent + row);
            for (int column = 0; column < tensor.size(1); column++) {
                cells.add(NumberText.brief(tensor.get(row, column)));
            }
            rows.add(cells.build());
        }
        out.append(AnswerText.table(rows.build()));
    }
}
