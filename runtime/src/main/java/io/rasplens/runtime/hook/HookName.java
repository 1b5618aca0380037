package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookKind.Place;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of one hook point: {@code HookName.pattern(3)} is {@code blocks.3.attn.hook_pattern}.
 */
public final class HookName {
    private final HookKind kind;
    private final int layer;

    /** Made when it is first asked for: a run makes many names, and shows none. */
    private @Nullable String text;

    /**
     * A point by its parts.
     *
     * @param layer the block, from 0; -1 for a point outside the blocks
     */
    public HookName(HookKind kind, int layer) {
        if (kind.inBlock() ? layer < 0 : layer != -1) {
            throw new IllegalArgumentException(kind + " has no layer " + layer);
        }
        this.kind = kind;
        this.layer = layer;
    }

    public HookKind kind() {
        return kind;
    }

    /** The block, from 0; -1 for a point outside the blocks. */
    public int layer() {
        return layer;
    }

    /** All points of a model, in firing order. */
    public static ImmutableList<HookName> all(TransformerConfig config) {
        return Stream.of(
                        kinds(config, Place.BEFORE_BLOCKS).map(HookName::outside),
                        IntStream.range(0, config.nLayers())
                                .boxed()
                                .flatMap(layer -> kinds(config, Place.BLOCK).map(kind -> new HookName(kind, layer))),
                        kinds(config, Place.AFTER_BLOCKS).map(HookName::outside))
                .flatMap(names -> names)
                .collect(ImmutableList.toImmutableList());
    }

    public static HookName outside(HookKind kind) {
        return new HookName(kind, -1);
    }

    public static HookName embed() {
        return outside(HookKind.EMBED);
    }

    public static HookName posEmbed() {
        return outside(HookKind.POS_EMBED);
    }

    public static HookName residPre(int layer) {
        return new HookName(HookKind.RESID_PRE, layer);
    }

    public static HookName qInput(int layer) {
        return new HookName(HookKind.Q_INPUT, layer);
    }

    public static HookName kInput(int layer) {
        return new HookName(HookKind.K_INPUT, layer);
    }

    public static HookName vInput(int layer) {
        return new HookName(HookKind.V_INPUT, layer);
    }

    public static HookName ln1Scale(int layer) {
        return new HookName(HookKind.LN1_SCALE, layer);
    }

    public static HookName ln1Normalized(int layer) {
        return new HookName(HookKind.LN1_NORMALIZED, layer);
    }

    public static HookName q(int layer) {
        return new HookName(HookKind.Q, layer);
    }

    public static HookName k(int layer) {
        return new HookName(HookKind.K, layer);
    }

    public static HookName v(int layer) {
        return new HookName(HookKind.V, layer);
    }

    public static HookName attnScores(int layer) {
        return new HookName(HookKind.ATTN_SCORES, layer);
    }

    public static HookName pattern(int layer) {
        return new HookName(HookKind.PATTERN, layer);
    }

    public static HookName z(int layer) {
        return new HookName(HookKind.Z, layer);
    }

    public static HookName result(int layer) {
        return new HookName(HookKind.RESULT, layer);
    }

    public static HookName attnOut(int layer) {
        return new HookName(HookKind.ATTN_OUT, layer);
    }

    public static HookName residMid(int layer) {
        return new HookName(HookKind.RESID_MID, layer);
    }

    public static HookName mlpIn(int layer) {
        return new HookName(HookKind.MLP_IN, layer);
    }

    public static HookName ln2Scale(int layer) {
        return new HookName(HookKind.LN2_SCALE, layer);
    }

    public static HookName ln2Normalized(int layer) {
        return new HookName(HookKind.LN2_NORMALIZED, layer);
    }

    public static HookName pre(int layer) {
        return new HookName(HookKind.PRE, layer);
    }

    public static HookName post(int layer) {
        return new HookName(HookKind.POST, layer);
    }

    public static HookName mlpOut(int layer) {
        return new HookName(HookKind.MLP_OUT, layer);
    }

    public static HookName residPost(int layer) {
        return new HookName(HookKind.RESID_POST, layer);
    }

    public static HookName lnFinalScale() {
        return outside(HookKind.LN_FINAL_SCALE);
    }

    public static HookName lnFinalNormalized() {
        return outside(HookKind.LN_FINAL_NORMALIZED);
    }

    public static HookName unembedIn() {
        return outside(HookKind.UNEMBED_IN);
    }

    public static HookName unembedOut() {
        return outside(HookKind.UNEMBED_OUT);
    }

    /** The full name, which is also the cache key: {@code blocks.3.attn.hook_pattern}. */
    public String text() {
        String known = text;
        if (known == null) {
            known = kind.inBlock() ? "blocks." + layer + "." + kind.path() : kind.path();
            text = known;
        }
        return known;
    }

    /** The name as text, for messages that list several. */
    public static List<String> texts(List<HookName> names) {
        return names.stream().map(HookName::text).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HookName that && kind == that.kind && layer == that.layer;
    }

    @Override
    public int hashCode() {
        return 31 * kind.path().hashCode() + layer;
    }

    @Override
    public String toString() {
        return text();
    }

    private static Stream<HookKind> kinds(TransformerConfig config, Place place) {
        return Arrays.stream(HookKind.values()).filter(kind -> kind.place() == place && kind.existsIn(config));
    }
}
