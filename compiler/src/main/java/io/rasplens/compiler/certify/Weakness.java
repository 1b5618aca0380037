package io.rasplens.compiler.certify;

import io.rasplens.compiler.model.Origin;

/**
 * Why a promise can't be given.
 *
 * @param origin the part where noise gets through
 * @param reason goes on after the s-op's name
 * @param ofProgram whether it is the program's own arithmetic that is not precise enough
 */
public record Weakness(Origin origin, String reason, boolean ofProgram) {}
