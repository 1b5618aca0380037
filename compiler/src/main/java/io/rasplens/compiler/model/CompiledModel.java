package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A transformer that stands on its own: everything needed to run it, to answer in values, and to say what its parts mean.
 *
 * @param encoder absent for an imported model without a codec
 * @param decoder absent for an imported model without a codec
 * @param labels one per residual dimension; empty if unknown
 * @param readouts s-ops that can be read from the residual stream by name
 * @param program absent for an imported model
 * @param certificate absent where the compiler makes none
 */
public record CompiledModel(
        TransformerConfig config,
        Weights weights,
        Optional<TokenEncoder> encoder,
        Optional<OutputDecoder> decoder,
        ImmutableList<ResidualLabel> labels,
        ImmutableList<SopReadout> readouts,
        Provenance provenance,
        Optional<ProgramSource> program,
        Optional<Certificate> certificate) {

    /** The model of a program. */
    public CompiledModel withProgram(ProgramSource source) {
        return new CompiledModel(
                config, weights, encoder, decoder, labels, readouts, provenance, Optional.of(source), certificate);
    }

    /** The model with something else said of its parts. */
    public CompiledModel with(Provenance parts) {
        return new CompiledModel(config, weights, encoder, decoder, labels, readouts, parts, program, certificate);
    }

    /** The model with other s-ops to be read from its stream. */
    public CompiledModel withReadouts(ImmutableList<SopReadout> others) {
        return new CompiledModel(config, weights, encoder, decoder, labels, others, provenance, program, certificate);
    }
}
