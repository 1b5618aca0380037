package io.rasplens.examples;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * From RASP to activations in one program: compiles {@code reverse} in Tracr's layout, runs it, and checks every layer's
 * attention and MLP output against a plain forward pass.
 */
public final class ReverseNotebook {
    private ReverseNotebook() {}

    /** Takes the path of {@code reverse.rasp}. */
    public static void main(String[] arguments) throws IOException {
        walk(Path.of(arguments[0]), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    /** Prints the walk; the answer is the greatest difference between the two forward passes. */
    static double walk(Path file, PrintStream out) throws IOException {
        CompiledModel compiled = RaspCompiler.compile(SourceFile.of(file), CompileOptions.DEFAULT.level(Level.DIRECT))
                .orThrow();
        out.println(compiled.config());

        HookedTransformer model = HookedTransformer.load(compiled);
        out.println("reverse of [1, 2, 3]: " + model.run(List.of(1, 2, 3)));

        ActivationCache cache = model.runWithCache(List.of(1, 2, 3)).cache();
        int bos = compiled.encoder().orElseThrow().bos();
        List<PlainForward.Layer> reference = PlainForward.run(compiled, new int[] {bos, 0, 1, 2});
        double worst = 0;
        for (int layer = 0; layer < reference.size(); layer++) {
            double attention = difference(
                    cache.get("attn_out", layer), reference.get(layer).attnOut());
            double mlp =
                    difference(cache.get("mlp_out", layer), reference.get(layer).mlpOut());
            out.println("layer " + layer + ": attn_out differs by " + attention + ", mlp_out by " + mlp);
            worst = Math.max(worst, Math.max(attention, mlp));
        }

        Tensor residual = cache.get("resid_post", -1);
        out.println("final residual stream, directions that are not 0:");
        for (int p = 0; p < reference.get(0).attnOut().length; p++) {
            var row = new StringBuilder("  position " + p + ":");
            for (int d = 0; d < compiled.config().dModel(); d++) {
                double value = residual.get(0, p, d);
                if (Math.abs(value) > 1e-9) {
                    row.append(String.format(
                            Locale.ROOT, " %s %.3g", cache.residualLabels().get(d), value));
                }
            }
            out.println(row);
        }
        return worst;
    }

    private static double difference(Tensor activation, double[][] reference) {
        double worst = 0;
        for (int p = 0; p < reference.length; p++) {
            for (int d = 0; d < reference[p].length; d++) {
                worst = Math.max(worst, Math.abs(activation.get(0, p, d) - reference[p][d]));
            }
        }
        return worst;
    }
}
