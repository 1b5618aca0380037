package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.grammar.value.Value;

/**
 * How to read one s-op from the residual stream, an affine map from residual directions to logits and a decoder for them; and, for
 * one that has directions of its own, how to set it.
 *
 * @param sop what tells the s-op from every other of the model: its name, or {@code name@line} for a binding that is not the last
 * @param layer the first layer after which it can be read; -1 is straight from the embedding
 * @param afterAttention true when it is there already after that layer's attention (at {@code resid_mid})
 * @param projection {@code [dModel, logits]}
 * @param bias {@code [logits]}
 * @param name what the program calls it
 * @param encodings all that stand in the stream for it; none if it is only a combination of what stands for others
 * @param kept whether whatever reads the s-op reads it from these encodings, at every one of its values in any company
 */
public record SopReadout(
        String sop,
        int layer,
        boolean afterAttention,
        WeightMatrix projection,
        ImmutableDoubleArray bias,
        OutputDecoder decoder,
        SopName name,
        ImmutableList<SopEncoding> encodings,
        boolean kept) {

    /** One that can be read, and not set. */
    public SopReadout(
            String sop,
            int layer,
            boolean afterAttention,
            WeightMatrix projection,
            ImmutableDoubleArray bias,
            OutputDecoder decoder) {
        this(sop, layer, afterAttention, projection, bias, decoder, SopName.unplaced(sop), ImmutableList.of(), false);
    }

    public static ImmutableList<SopReadout> none() {
        return ImmutableList.of();
    }

    /** The first point of the stream at which it can be read. */
    public StreamPoint point() {
        return new StreamPoint(layer, afterAttention);
    }

    public SopReadout named(SopName other) {
        return new SopReadout(sop, layer, afterAttention, projection, bias, decoder, other, encodings, kept);
    }

    public SopReadout encoded(ImmutableList<SopEncoding> all) {
        return new SopReadout(sop, layer, afterAttention, projection, bias, decoder, name, all, kept);
    }

    /** Whether it can have that value: one that is listed, or any number where none are. */
    public boolean accepts(Value value) {
        return values().isEmpty()
                ? value.isNumeric()
                : values().stream().anyMatch(listed -> SameValue.same(listed, value));
    }

    /** The same, read from its encodings by everyone. */
    public SopReadout asKept() {
        return new SopReadout(sop, layer, afterAttention, projection, bias, decoder, name, encodings, true);
    }

    /** The values that it can be, where they are listed. */
    public ImmutableList<Value> values() {
        return decoder instanceof OutputDecoder.Categorical categorical
                ? categorical.values()
                : ((OutputDecoder.Numerical) decoder).values();
    }
}
