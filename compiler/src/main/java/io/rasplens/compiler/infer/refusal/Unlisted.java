package io.rasplens.compiler.infer.refusal;

import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;

/** Why some s-ops' values aren't listed, in words that go on after a colon. */
public final class Unlisted {
    private final RaspProgram program;
    private final NodeMap<SOp, String> sizes = new NodeMap<>();

    /** Nothing is known yet of the s-ops of this program. */
    public Unlisted(RaspProgram program) {
        this.program = program;
    }

    /** The s-op itself has too many values. */
    public void put(SOp sop, String size) {
        sizes.put(sop, size);
    }

    /** The size of the s-op's own values, or of those of the nearest s-op below it that has too many. */
    public String words(SOp sop) {
        var open = new ArrayDeque<SOp>(List.of(sop));
        var seen = new BitSet();
        while (!open.isEmpty()) {
            SOp next = open.remove();
            String size = sizes.get(next);
            if (size != null) {
                return next == sop ? size : DescribeNode.name(program, next) + " has " + size;
            }
            for (ProgramNode operand : next.operands()) {
                if (operand instanceof SOp below && !seen.get(below.id())) {
                    seen.set(below.id());
                    open.add(below);
                }
            }
        }
        return "no more is known of it than bounds";
    }
}
