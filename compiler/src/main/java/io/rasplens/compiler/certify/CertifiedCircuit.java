package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.model.Certificate;

/**
 * A circuit that keeps the promise of exactness, and how well it keeps it.
 *
 * @param layout how it is to be written down
 */
public record CertifiedCircuit(Circuit circuit, Layout layout, Certificate certificate) {}
