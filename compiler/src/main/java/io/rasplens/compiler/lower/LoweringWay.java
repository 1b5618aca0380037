package io.rasplens.compiler.lower;

/**
 * One way to a circuit.
 *
 * @param level which writes and shrinks it
 * @param hardness the score of a select that holds
 * @param careful whether more blocks are taken where digits would be lost
 */
public record LoweringWay(Lowering level, double hardness, boolean careful) {}
