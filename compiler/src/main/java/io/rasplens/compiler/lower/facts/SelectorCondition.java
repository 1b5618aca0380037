package io.rasplens.compiler.lower.facts;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes a selector down as a condition on keys; {@code not} is moved down to the comparisons. */
public final class SelectorCondition implements Selector.SelectorVisitor<Condition> {
    /** A selector that shares its parts may be far longer when it is written out. */
    private static final int MOST_COMPARISONS = 1_000;

    private final Function<SOp, String> reference;
    private boolean holds = true;
    private int comparisons;

    private SelectorCondition(Function<SOp, String> reference) {
        this.reference = reference;
    }

    /**
     * The condition; nothing if it is too long or too deep to be read.
     *
     * @param reference what tells an s-op from every other
     */
    public static Optional<Condition> of(Selector selector, Function<SOp, String> reference) {
        var written = new SelectorCondition(reference);
        Condition condition = selector.accept(written);
        return written.comparisons <= MOST_COMPARISONS && condition.depth() <= Condition.MOST_DEPTH
                ? Optional.of(condition)
                : Optional.empty();
    }

    @Override
    public Condition select(Selector.Select select) {
        comparisons++;
        return new Condition.Compare(
                reference.apply(select.key()), select.comparison().symbol(), reference.apply(select.query()), holds);
    }

    @Override
    public Condition and(Selector.And and) {
        return joined(and.left(), and.right(), holds);
    }

    @Override
    public Condition or(Selector.Or or) {
        return joined(or.left(), or.right(), !holds);
    }

    @Override
    public Condition not(Selector.Not not) {
        holds = !holds;
        Condition condition = part(not.operand());
        holds = !holds;
        return condition;
    }

    private Condition joined(Selector left, Selector right, boolean both) {
        ImmutableList<Condition> parts = Stream.of(part(left), part(right))
                .flatMap(part -> within(part, both))
                .collect(ImmutableList.toImmutableList());
        return both ? new Condition.All(parts) : new Condition.Any(parts);
    }

    /** A chain of one operator is one list. */
    private static Stream<Condition> within(Condition part, boolean both) {
        if (both && part instanceof Condition.All all) {
            return all.parts().stream();
        }
        return !both && part instanceof Condition.Any any ? any.parts().stream() : Stream.of(part);
    }

    private Condition part(Selector selector) {
        return comparisons > MOST_COMPARISONS ? Condition.everywhere() : selector.accept(this);
    }
}
