package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.model.Certificate;

/** A circuit that keeps the promise of exactness, and how well it keeps it. */
public record CertifiedCircuit(Circuit circuit, Certificate certificate) {}
