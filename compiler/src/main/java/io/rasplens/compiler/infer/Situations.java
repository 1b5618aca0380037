package io.rasplens.compiler.infer;

import io.rasplens.compiler.infer.counts.TokenCounts;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What the situations of an input say of variables. */
final class Situations {
    private final TokenCounts counts;

    Situations(TokenCounts counts) {
        this.counts = counts;
    }

    /** The situations of a value of a variable; nothing if situations say nothing of the variable. */
    Optional<BitSet> of(Variable variable, int place) {
        if (variable instanceof Variable.Input) {
            return Optional.of(counts.ofToken(place));
        }
        if (variable instanceof Variable.Length) {
            return Optional.of(counts.ofLength(place));
        }
        return variable instanceof Variable.Computed computed
                        && computed.counts().isPresent()
                ? Optional.of(computed.situations(place))
                : Optional.empty();
    }

    /** Whether situations say something of the variable. */
    static boolean tellOf(Variable variable) {
        return tellOfInput(variable)
                || (variable instanceof Variable.Computed computed
                        && computed.counts().isPresent());
    }

    /** The same, whichever inputs the situations are of. */
    static boolean tellOfInput(Variable variable) {
        return variable instanceof Variable.Input || variable instanceof Variable.Length;
    }

    /** Is told of a combination of values in which situations it can be. */
    interface CombinationSink {
        void combination(int cell, BitSet situations);
    }

    /** All combinations of the variables' values that there can be as far as situations tell; the last variable runs fastest. */
    void combinations(List<? extends Variable> variables, CombinationSink sink) {
        combinations(variables, 0, 0, counts.all(), sink);
    }

    private void combinations(List<? extends Variable> variables, int at, int cell, BitSet left, CombinationSink sink) {
        if (at == variables.size()) {
            sink.combination(cell, left);
            return;
        }
        Variable variable = variables.get(at);
        int size = variable.domain().size();
        boolean known = tellOf(variable);
        for (int place = 0; place < size; place++) {
            BitSet narrower = left;
            if (known) {
                narrower = (BitSet) left.clone();
                narrower.and(of(variable, place).orElseThrow());
            }
            if (!narrower.isEmpty()) {
                combinations(variables, at + 1, cell * size + place, narrower, sink);
            }
        }
    }
}
