package io.rasplens.compiler.lower.direct;

import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;

/** What one block may need, and what the user is told when it needs more. */
final class BlockLimits {
    /** Combinations of values in one block, with one or two hidden units each. */
    static final long MAX_UNITS = 1 << 15;

    /** The same in all blocks that compute an s-op from several others; some hundred megabytes, and some seconds. */
    static final long MAX_ALL_UNITS = 1 << 15;

    /** Non-zero weights of one block; some 16 bytes each while it is built. */
    static final long MAX_WEIGHTS = 1 << 22;

    /** Layers times directions: even a layer without weights says of every direction that it doesn't write it. */
    static final long MAX_LAYER_DIRECTIONS = 1 << 25;

    private static final String SMALLER = "compile with -O1, or use a shorter max_length or a smaller vocabulary";

    private BlockLimits() {}

    /**
     * A number can't say whether it is True or 1.0. Asked of numbers that are told, or that become a one-hot.
     *
     * @param values of the s-op, equal ones side by side
     */
    static void checkKinds(RaspProgram program, SOp sop, ValueSet values) {
        if (!(values instanceof ValueSet.Finite finite)) {
            return;
        }
        for (int i = 1; i < finite.values().size(); i++) {
            Value value = finite.values().get(i);
            if (finite.values().get(i - 1) instanceof BoolValue bool && bool.raspEquals(value)) {
                throw outside(
                        program,
                        sop,
                        "it can be " + bool.repr() + " and the mean " + value.repr() + ", which are one number");
            }
        }
    }

    static void checkUnits(RaspProgram program, ProgramNode node, long units) {
        if (units > MAX_UNITS) {
            throw tooMuch(
                    program,
                    node,
                    CompileCode.TOO_MANY_UNITS,
                    " would need " + units
                            + " hidden units, one for each combination of its arguments' values; the limit is "
                            + MAX_UNITS,
                    SMALLER);
        }
    }

    static void checkAllUnits(RaspProgram program, ProgramNode node, long units) {
        if (units > MAX_ALL_UNITS) {
            throw tooMuch(
                    program,
                    node,
                    CompileCode.TOO_MANY_UNITS,
                    " and those before it would need " + units + " hidden units; the limit is " + MAX_ALL_UNITS
                            + " for all together",
                    SMALLER);
        }
    }

    static void checkWeights(RaspProgram program, ProgramNode node, long weights) {
        if (weights > MAX_WEIGHTS) {
            throw tooMuch(
                    program,
                    node,
                    CompileCode.MODEL_TOO_LARGE,
                    " would need " + weights + " weights; the limit is " + MAX_WEIGHTS,
                    SMALLER);
        }
    }

    static void checkDepth(RaspProgram program, long layers, long directions) {
        checkDepth(program, program.output(), "", layers, directions);
    }

    /**
     * Refuses early what {@link #checkDepth(RaspProgram, long, long)} would refuse once all is built: each block writes a direction
     * of its own, and no more than two of those that stand one behind the other share a layer.
     *
     * @param blocks how many stand one behind the other at least, the last of them the node's
     */
    static void checkBlocks(RaspProgram program, ProgramNode node, long blocks) {
        checkDepth(program, node, "at least ", (blocks + 1) / 2, blocks);
    }

    private static void checkDepth(RaspProgram program, ProgramNode node, String least, long layers, long directions) {
        if (layers * directions > MAX_LAYER_DIRECTIONS) {
            throw tooMuch(
                    program,
                    node,
                    CompileCode.MODEL_TOO_LARGE,
                    " would need " + least + layers + " layers over " + directions + " directions; the limit is "
                            + MAX_LAYER_DIRECTIONS + " for one times the other",
                    "compile with -O1, which has no layer for a step without attention");
        }
    }

    /** @param need goes on after the s-op's name */
    private static Refusal tooMuch(RaspProgram program, ProgramNode node, CompileCode code, String need, String help) {
        return new Refusal(
                DescribeNode.at(program, node, code, "the s-op " + DescribeNode.name(program, node) + need, help));
    }

    static Refusal outside(RaspProgram program, ProgramNode node, String why) {
        return new Refusal(DescribeNode.at(
                program,
                node,
                CompileCode.OUTSIDE_DIRECT,
                DescribeNode.name(program, node) + " is outside the direct layout: " + why,
                "compile with -O1, which takes the whole language"));
    }
}
