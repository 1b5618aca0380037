package io.rasplens.compiler.lower;

import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifyCircuit;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.pass.MergeSteps;
import io.rasplens.compiler.circuit.pass.MergeTwins;
import io.rasplens.compiler.circuit.pass.PruneCircuit;
import io.rasplens.compiler.circuit.pass.SoftenBos;
import io.rasplens.compiler.circuit.pass.SpareBos;
import io.rasplens.compiler.model.Level;

/**
 * A program as a circuit, before it is certified.
 *
 * @param rounding of the output in the program itself
 */
record Lowered(Circuit circuit, double rounding) {

    /** The same without what makes no difference. */
    Lowered shrunk(Level level) {
        Circuit spared = SpareBos.spare(MergeTwins.merge(circuit));
        Circuit whole = level == Level.LEGIBLE ? MergeSteps.merge(SoftenBos.soften(spared)) : spared;
        return new Lowered(PruneCircuit.prune(whole), rounding);
    }

    Certification certify(double unit) {
        return CertifyCircuit.certify(circuit, rounding, unit);
    }
}
