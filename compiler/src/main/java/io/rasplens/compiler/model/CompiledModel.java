package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A transformer that stands on its own: everything needed to run it, to answer in values, and to say what its parts mean.
 *
 * @param encoder absent for an imported model without a codec
 * @param decoder absent for an imported model without a codec
 * @param description what its parts mean
 * @param program absent for an imported model
 * @param certificate absent where the compiler makes none
 */
public record CompiledModel(
        TransformerConfig config,
        Weights weights,
        Optional<TokenEncoder> encoder,
        Optional<OutputDecoder> decoder,
        ModelDescription description,
        Optional<ProgramSource> program,
        Optional<Certificate> certificate) {

    /** A model of whose parts all is known that is said of them. */
    public CompiledModel(
            TransformerConfig config,
            Weights weights,
            Optional<TokenEncoder> encoder,
            Optional<OutputDecoder> decoder,
            ImmutableList<ResidualLabel> labels,
            ImmutableList<SopReadout> readouts,
            Provenance provenance,
            Optional<ProgramSource> program,
            Optional<Certificate> certificate) {
        this(
                config,
                weights,
                encoder,
                decoder,
                ModelDescription.of(labels, readouts, provenance),
                program,
                certificate);
    }

    /** One per residual dimension; empty if unknown. */
    public ImmutableList<ResidualLabel> labels() {
        return description.labels();
    }

    /** S-ops that can be read from the residual stream by name. */
    public ImmutableList<SopReadout> readouts() {
        return description.readouts();
    }

    /** Where each part came from. */
    public Provenance provenance() {
        return description.provenance();
    }

    /** The model of a program. */
    public CompiledModel withProgram(ProgramSource source) {
        return new CompiledModel(config, weights, encoder, decoder, description, Optional.of(source), certificate);
    }

    /** The model with something else said of its parts. */
    public CompiledModel with(Provenance parts) {
        return with(ModelDescription.of(labels(), readouts(), parts));
    }

    /** The model with other s-ops to be read from its stream. */
    public CompiledModel withReadouts(ImmutableList<SopReadout> others) {
        return with(ModelDescription.of(labels(), others, provenance()));
    }

    /** The model with what is said of another that is made of it, once somebody asks. */
    public CompiledModel describedLater(UnaryOperator<CompiledModel> describe) {
        return with(ModelDescription.later(() -> describe.apply(this).description()));
    }

    private CompiledModel with(ModelDescription other) {
        return new CompiledModel(config, weights, encoder, decoder, other, program, certificate);
    }
}
