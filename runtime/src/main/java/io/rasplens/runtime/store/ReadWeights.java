package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Ints;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.Memory;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.ReadHeader;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.store.safetensors.TensorEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of a file to weights: strict about names and shapes, sparse from the first element on. */
final class ReadWeights {
    /** State that TransformerLens keeps with the parameters: the causal mask and what stands for minus infinity. */
    private static final Pattern BUFFER = Pattern.compile("blocks\\.[0-9]+\\.attn\\.(mask|IGNORE)");

    private static final Pattern LAYER = Pattern.compile("blocks\\.([0-9]+)\\.");
    /** An entry of a matrix under construction: position and value, then its compressed copy. */
    private static final int BYTES_PER_ENTRY = 40;

    private static final int ENTRIES_PER_CHECK = 1 << 18;

    private final SafetensorsFile file;
    private final String path;
    private final WeightLayout layout;
    private long entries;

    private ReadWeights(SafetensorsFile file, String path, WeightLayout layout) {
        this.file = file;
        this.path = path;
        this.layout = layout;
    }

    /**
     * @param path the file's name, for messages
     * @param widths one per layer, beyond which all must be zero; if absent, layers are as wide as their tensors
     */
    static Weights read(
            SafetensorsFile file, String path, WeightLayout layout, Optional<ImmutableList<LayerWidths>> widths)
            throws StoreException {
        var reader = new ReadWeights(file, path, layout);
        reader.checkNamesAndShapes();
        // Only now is it known that the sizes are no larger than the file.
        return reader.readAll(widths.isPresent() ? widths.get() : LayerWidths.full(layout));
    }

    private void checkNamesAndShapes() throws StoreException {
        // Before listing them all: a config may ask for a billion layers.
        long expected = (long) layout.layers() * layout.tensorsPerLayer();
        if (expected > ReadHeader.MOST_TENSORS) {
            throw new StoreException(
                    StoreCode.MISSING_TENSOR,
                    path + ": the config asks for " + layout.layers() + " layers, but the file has "
                            + file.tensors().size() + " tensors in all",
                    layersOfBoth());
        }
        ImmutableMap<String, ImmutableLongArray> shapes = layout.shapes();
        List<String> missing = shapes.keySet().stream()
                .filter(n -> !file.tensors().containsKey(n))
                .toList();
        List<String> unexpected = file.tensors().keySet().stream()
                .filter(n -> !shapes.containsKey(n) && !BUFFER.matcher(n).matches())
                .toList();
        if (!missing.isEmpty()) {
            throw named(StoreCode.MISSING_TENSOR, "lacks the tensor ", missing, unexpected);
        }
        if (!unexpected.isEmpty()) {
            throw named(
                    StoreCode.UNEXPECTED_TENSOR,
                    "has an unexpected tensor ",
                    unexpected,
                    shapes.keySet().asList());
        }
        for (Map.Entry<String, ImmutableLongArray> wanted : shapes.entrySet()) {
            TensorEntry entry = entry(wanted.getKey());
            if (!entry.shape().equals(wanted.getValue())) {
                throw new StoreException(
                        StoreCode.WRONG_SHAPE,
                        path + ": tensor " + ForeignName.name(entry.name()) + " is " + TensorEntry.text(entry.shape())
                                + ", but by the config it must be " + TensorEntry.text(wanted.getValue()));
            }
            if (!entry.dtype().isFloat()) {
                throw new StoreException(
                        StoreCode.BAD_WEIGHT,
                        path + ": tensor " + ForeignName.name(entry.name()) + " holds " + entry.dtype()
                                + " elements, which are no weights",
                        "store it as F64 or F32");
            }
        }
    }

    private StoreException named(StoreCode code, String what, List<String> names, List<String> others) {
        String first = names.get(0);
        String more = names.size() == 1 ? "" : " and " + (names.size() - 1) + " more";
        var diagnostic = Diagnostic.error(code, path + ": the file " + what + ForeignName.name(first) + more);
        for (String other : names.subList(1, Math.min(names.size(), 6))) {
            diagnostic = diagnostic.note("also " + ForeignName.name(other));
        }
        long fewer = Math.min(layout.layers(), layersOfFile());
        if (names.stream().allMatch(name -> isOfLayerFrom(fewer, name))) {
            return new StoreException(diagnostic.help(layersOfBoth()));
        }
        List<String> near = NearNames.of(first, others, 2);
        if (near.isEmpty()) {
            return new StoreException(diagnostic);
        }
        String shown = String.join(" and ", near.stream().map(ForeignName::name).toList());
        return new StoreException(diagnostic.help(
                code == StoreCode.MISSING_TENSOR ? "the file has " + shown : "a name near to it is " + shown));
    }

    private String layersOfBoth() {
        long own = layersOfFile();
        return "n_layers is " + layout.layers() + " in the config, but the file's tensors are those of " + own
                + (own == 1 ? " layer" : " layers");
    }

    /** Whether a tensor belongs to this layer or one behind it. */
    private static boolean isOfLayerFrom(long first, String name) {
        Matcher found = LAYER.matcher(name);
        Integer layer = found.lookingAt() ? Ints.tryParse(found.group(1)) : null;
        return layer != null && layer >= first;
    }

    /** By the names of the tensors. */
    private long layersOfFile() {
        return file.tensors().keySet().stream()
                .map(LAYER::matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .distinct()
                .count();
    }

    private Weights readAll(List<LayerWidths> widths) throws StoreException {
        var layers = ImmutableList.<LayerWeights>builder();
        for (int i = 0; i < layout.layers(); i++) {
            layers.add(layer("blocks." + i + ".", widths.get(i)));
        }
        return new Weights(
                matrix("embed.W_E", layout.dVocab(), layout.dModel()),
                matrix("pos_embed.W_pos", layout.nCtx(), layout.dModel()),
                layers.build(),
                norm("ln_final."),
                matrix("unembed.W_U", layout.dModel(), layout.dVocabOut()),
                vector("unembed.b_U", layout.dVocabOut()));
    }

    private LayerWeights layer(String prefix, LayerWidths widths) throws StoreException {
        int count = widths.queryKey().size();
        List<int[]> qk = new ArrayList<>();
        List<int[]> v = new ArrayList<>();
        List<int[]> o = new ArrayList<>();
        for (int h = 0; h < count; h++) {
            qk.add(new int[] {layout.dModel(), widths.queryKey().get(h)});
            v.add(new int[] {layout.dModel(), widths.value().get(h)});
            o.add(new int[] {widths.value().get(h), layout.dModel()});
        }
        String attn = prefix + "attn.";
        List<WeightMatrix> wQ = matrices(attn + "W_Q", qk);
        List<WeightMatrix> wK = matrices(attn + "W_K", qk);
        List<WeightMatrix> wV = matrices(attn + "W_V", v);
        List<WeightMatrix> wO = matrices(attn + "W_O", o);
        List<ImmutableDoubleArray> bQ = vectors(attn + "b_Q", widths.queryKey(), layout.dHead());
        List<ImmutableDoubleArray> bK = vectors(attn + "b_K", widths.queryKey(), layout.dHead());
        List<ImmutableDoubleArray> bV = vectors(attn + "b_V", widths.value(), layout.dHead());
        var heads = ImmutableList.<HeadWeights>builder();
        for (int h = 0; h < count; h++) {
            heads.add(new HeadWeights(wQ.get(h), bQ.get(h), wK.get(h), bK.get(h), wV.get(h), bV.get(h), wO.get(h)));
        }
        return new LayerWeights(
                heads.build(),
                vector(attn + "b_O", layout.dModel()),
                mlp(prefix + "mlp.", widths.hidden()),
                norm(prefix + "ln1."),
                layout.mlps() ? norm(prefix + "ln2.") : neutralNorm());
    }

    private MlpWeights mlp(String prefix, int hidden) throws StoreException {
        if (!layout.mlps()) {
            ImmutableDoubleArray zeros = ImmutableDoubleArray.copyOf(new double[layout.dModel()]);
            return new MlpWeights(
                    WeightMatrix.zeros(layout.dModel(), 0),
                    ImmutableDoubleArray.of(),
                    WeightMatrix.zeros(0, layout.dModel()),
                    zeros);
        }
        return new MlpWeights(
                matrix(prefix + "W_in", layout.dModel(), hidden),
                vector(prefix + "b_in", hidden),
                matrix(prefix + "W_out", hidden, layout.dModel()),
                vector(prefix + "b_out", layout.dModel()));
    }

    private Optional<NormWeights> norm(String prefix) throws StoreException {
        if (!layout.hasNormWeights()) {
            return Optional.empty();
        }
        ImmutableDoubleArray w = vector(prefix + "w", layout.dModel());
        return Optional.of(new NormWeights(
                w,
                layout.hasNormBias()
                        ? vector(prefix + "b", layout.dModel())
                        : ImmutableDoubleArray.copyOf(new double[layout.dModel()])));
    }

    /** Stands before an MLP that isn't there. */
    private Optional<NormWeights> neutralNorm() {
        if (!layout.hasNormWeights()) {
            return Optional.empty();
        }
        double[] ones = new double[layout.dModel()];
        Arrays.fill(ones, 1);
        return Optional.of(new NormWeights(
                ImmutableDoubleArray.copyOf(ones), ImmutableDoubleArray.copyOf(new double[layout.dModel()])));
    }

    private WeightMatrix matrix(String name, int rows, int columns) throws StoreException {
        return matrices(name, List.<int[]>of(new int[] {rows, columns})).get(0);
    }

    /** The matrices that lie one behind the other in a tensor, each cut to its {rows, columns}. */
    private List<WeightMatrix> matrices(String name, List<int[]> sizes) throws StoreException {
        TensorEntry entry = entry(name);
        int axes = entry.shape().length();
        long width = entry.axis(axes - 1);
        long size = entry.axis(axes - 2) * width;
        List<WeightMatrix.Builder> builders = new ArrayList<>();
        sizes.forEach(s -> builders.add(WeightMatrix.builder(s[0], s[1])));
        file.forEach(entry, (index, value) -> {
            if (value == 0) {
                return;
            }
            int which = (int) (index / size);
            int row = (int) (index % size / width);
            int column = (int) (index % width);
            checkWeight(name, value, which < sizes.size() && row < sizes.get(which)[0] && column < sizes.get(which)[1]);
            builders.get(which).add(row, column, value);
        });
        return builders.stream().map(WeightMatrix.Builder::build).toList();
    }

    private ImmutableDoubleArray vector(String name, int length) throws StoreException {
        return vectors(name, List.of(length), (int) entry(name).axis(0)).get(0);
    }

    /** The vectors that lie one behind the other, each cut to its length. */
    private List<ImmutableDoubleArray> vectors(String name, List<Integer> lengths, int width) throws StoreException {
        Memory.checkRoom(
                path + ": tensor " + ForeignName.name(name), entry(name).elements(), Double.BYTES);
        List<double[]> out = new ArrayList<>();
        lengths.forEach(length -> out.add(new double[length]));
        file.forEach(entry(name), (index, value) -> {
            int which = (int) (index / width);
            int place = (int) (index % width);
            boolean inside = which < out.size() && place < out.get(which).length;
            if (inside || value != 0) {
                checkWeight(name, value, inside);
                out.get(which)[place] = value;
            }
        });
        return out.stream().map(ImmutableDoubleArray::copyOf).toList();
    }

    private void checkWeight(String name, double value, boolean inside) throws StoreException {
        if (!inside) {
            throw new StoreException(
                    StoreCode.WRONG_SHAPE,
                    path + ": tensor " + ForeignName.name(name)
                            + " holds weights outside the heads and units that the file's Rasplens metadata list",
                    "if the weights were changed by another program, store them without the metadata and keep config.json"
                            + " and codec.json beside them");
        }
        if (!Double.isFinite(value)) {
            throw new StoreException(
                    StoreCode.BAD_WEIGHT,
                    path + ": tensor " + ForeignName.name(name) + " holds " + value
                            + "; weights must be finite numbers",
                    "a run that diverged leaves such weights, or a number too large for the type that it is stored in: train or"
                            + " convert the model again, and store it as F64 or F32");
        }
        if (++entries % ENTRIES_PER_CHECK == 0) {
            Memory.checkRoom(path + ": the model up to tensor " + ForeignName.name(name), entries, BYTES_PER_ENTRY);
        }
    }

    private TensorEntry entry(String name) throws StoreException {
        TensorEntry entry = file.tensors().get(name);
        if (entry == null) {
            throw new StoreException(
                    StoreCode.MISSING_TENSOR, path + ": the file lacks the tensor " + ForeignName.name(name));
        }
        return entry;
    }
}
