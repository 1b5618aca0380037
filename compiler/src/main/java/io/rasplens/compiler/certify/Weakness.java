package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.PartOrigin;
import java.util.Optional;

/**
 * Why a promise can't be given.
 *
 * @param origin the part where noise gets through; the output, if none is named
 * @param reason goes on after the s-op's name; empty where activations were edited
 * @param ofProgram whether it is the program's own arithmetic that is not precise enough
 */
public record Weakness(Optional<PartOrigin> origin, String reason, boolean ofProgram) {}
