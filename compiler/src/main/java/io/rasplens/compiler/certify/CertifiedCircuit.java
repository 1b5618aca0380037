package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.model.Certificate;

/**
 * A circuit, and how well it keeps the promise of exactness.
 *
 * @param layout how it is to be written down
 * @param rounding of the output in the program itself
 * @param exact what is certain of it in the arithmetic of the promise
 */
public record CertifiedCircuit(Circuit circuit, Layout layout, double rounding, Certification exact) {

    /** A circuit with what is certain of it. */
    public static CertifiedCircuit of(Circuit circuit, Layout layout, double rounding) {
        return new CertifiedCircuit(
                circuit, layout, rounding, CertifyCircuit.certify(circuit, rounding, Roundoff.FLOAT64));
    }

    /**
     * What is printed of it, the largest weight left out. How it does in float32 and which edits it bears is found out when somebody asks, by
     * certifying it again, for edits of several sizes.
     */
    public Certificate certificate() {
        return Certificate.of(
                exact.attentionLeak(),
                exact.thresholdMargin(),
                exact.numericError(),
                0,
                () -> Certification.robustness(
                        CertifyCircuit.certify(circuit, rounding, Roundoff.FLOAT32), Tolerance.of(circuit)));
    }
}
