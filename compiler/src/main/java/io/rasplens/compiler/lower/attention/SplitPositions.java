package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;

/**
 * Positions as two one-hots, a block of {@code size} positions and a digit within it: {@code 2 √N} directions say what N do.
 *
 * <p>Each position may stand for another one, the last that it selects; for none all directions are 0.
 */
final class SplitPositions {
    private final CircuitWriter writer;
    private final int size;
    private final int blocks;
    private final Memo<ImmutableIntArray, Digits> known = new Memo<>(this::embed);

    /** @param positions how many there are */
    SplitPositions(CircuitWriter writer, int positions) {
        this.writer = writer;
        this.size = (int) Math.ceil(Math.sqrt(positions));
        this.blocks = (positions + size - 1) / size;
    }

    /**
     * The two one-hots, in order.
     *
     * @param block what the first is called
     */
    record Digits(String block, ImmutableList<LinearForm> blocks, ImmutableList<LinearForm> digits) {}

    /** How many positions make a block. */
    int size() {
        return size;
    }

    /** What stands at each position for the position that it is mapped to; for a negative one nothing. */
    Digits of(ImmutableIntArray mapped) {
        return known.get(mapped);
    }

    private Digits embed(ImmutableIntArray mapped) {
        boolean own = mapped.equals(identity(mapped.length()));
        String of = own ? "indices" : "last selected index";
        String inBlock = of + " // " + size;
        Feature block = writer.oneHotFeature(inBlock, SOp.Indices.class::isInstance);
        Feature digit = writer.oneHotFeature(of + " % " + size, SOp.Indices.class::isInstance);
        for (int i = 0; i < mapped.length(); i++) {
            if (mapped.get(i) >= 0) {
                writer.embedPosition(direction(block, mapped.get(i) / size), i, 1);
                writer.embedPosition(direction(digit, mapped.get(i) % size), i, 1);
            }
        }
        return new Digits(inBlock, forms(block, blocks), forms(digit, size));
    }

    private static ImmutableList<LinearForm> forms(Feature feature, int count) {
        ImmutableList.Builder<LinearForm> forms = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            forms.add(LinearForm.of(direction(feature, i)));
        }
        return forms.build();
    }

    private static Direction direction(Feature feature, int value) {
        return Direction.oneHot(feature, Value.of(value));
    }

    /** Each position mapped to itself. */
    static ImmutableIntArray identity(int positions) {
        ImmutableIntArray.Builder all = ImmutableIntArray.builder(positions);
        for (int i = 0; i < positions; i++) {
            all.add(i);
        }
        return all.build();
    }
}
