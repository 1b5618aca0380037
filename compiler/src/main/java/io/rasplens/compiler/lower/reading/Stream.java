package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The residual stream while it is being built: what the embedding writes, and the blocks so far. */
public final class Stream {
    private final Map<Value, Map<Direction, Double>> tokens = new LinkedHashMap<>();
    private final List<Map<Direction, Double>> positions = new ArrayList<>();
    private final List<List<Head>> heads = new ArrayList<>();
    private final List<List<UnitGroup>> groups = new ArrayList<>();
    private final Features features = new Features();
    private int unitCount;
    private int headCount;
    private long weightCount;

    public Stream(CompileTarget target) {
        target.vocabulary().forEach(token -> tokens.put(token, new TreeMap<>()));
        for (int i = 0; i < target.maxLength(); i++) {
            positions.add(new TreeMap<>(Map.of(Direction.ONE, 1.0)));
        }
    }

    /** The features of the directions that are written. */
    public Features features() {
        return features;
    }

    /** What one token writes; the others write nothing. */
    void embedToken(Direction direction, Value token, double value) {
        if (value != 0) {
            Objects.requireNonNull(tokens.get(token)).merge(direction, value, Double::sum);
        }
    }

    /** What one position writes; the others write nothing. */
    void embedPosition(Direction direction, int position, double value) {
        if (value != 0) {
            positions.get(position).merge(direction, value, Double::sum);
        }
    }

    /** Adds a head to a block; its output can be read {@link Stage#afterAttention}. */
    void head(int block, Head head) {
        while (heads.size() <= block) {
            heads.add(new ArrayList<>());
        }
        heads.get(block).add(head);
        headCount++;
        weightCount += head.weights();
    }

    /** Adds hidden units to a block; their output can be read {@link Stage#afterMlp}. */
    void units(int block, UnitGroup group) {
        if (group.units().isEmpty()) {
            return;
        }
        while (groups.size() <= block) {
            groups.add(new ArrayList<>());
        }
        groups.get(block).add(group);
        unitCount += group.units().size();
        weightCount += group.weights();
    }

    int headCount() {
        return headCount;
    }

    int unitCount() {
        return unitCount;
    }

    /** Weights other than 0 of all heads and hidden units so far. */
    long weightCount() {
        return weightCount;
    }

    public ImmutableMap<Value, LinearForm> tokens() {
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        tokens.forEach((token, row) -> forms.put(token, LinearForm.ofMap(row)));
        return forms.buildOrThrow();
    }

    public ImmutableList<LinearForm> positions() {
        return positions.stream().map(LinearForm::ofMap).collect(ImmutableList.toImmutableList());
    }

    /** The blocks; heads of one block that look at the same keys in the same way become one, with all their values. */
    public ImmutableList<Block> blocks() {
        ImmutableList.Builder<Block> blocks = ImmutableList.builder();
        for (int b = 0; b < Math.max(heads.size(), groups.size()); b++) {
            blocks.add(new Block(
                    b < heads.size() ? merged(heads.get(b)) : ImmutableList.of(),
                    b < groups.size() ? ImmutableList.copyOf(groups.get(b)) : ImmutableList.of()));
        }
        return blocks.build();
    }

    private static ImmutableList<Head> merged(List<Head> heads) {
        var byTerms = new LinkedHashMap<Map.Entry<ImmutableList<ScoreTerm>, HeadKind>, Head>();
        for (Head head : heads) {
            byTerms.merge(
                    Map.entry(head.terms(), head.kind()),
                    head,
                    (a, b) -> new Head(
                            a.terms(),
                            ImmutableList.<ValueTerm>builder()
                                    .addAll(a.values())
                                    .addAll(b.values())
                                    .build(),
                            a.kind(),
                            a.origin().and(b.origin())));
        }
        return ImmutableList.copyOf(byTerms.values());
    }
}
