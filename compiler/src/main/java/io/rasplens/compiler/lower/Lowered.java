package io.rasplens.compiler.lower;

import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifyCircuit;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.pass.MergeTwins;
import io.rasplens.compiler.circuit.pass.PruneCircuit;
import io.rasplens.compiler.circuit.pass.SpareBos;

/**
 * A program as a circuit, before it is certified.
 *
 * @param rounding of the output in the program itself
 */
record Lowered(Circuit circuit, double rounding) {

    /** The same without what makes no difference. */
    Lowered shrunk() {
        return new Lowered(PruneCircuit.prune(SpareBos.spare(MergeTwins.merge(circuit))), rounding);
    }

    Certification certify(double unit) {
        return CertifyCircuit.certify(circuit, rounding, unit);
    }
}
