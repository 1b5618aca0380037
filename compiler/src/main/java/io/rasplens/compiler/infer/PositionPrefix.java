package io.rasplens.compiler.infer;

import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A selector by positions alone that selects a prefix of the input, as {@code select(indices, indices, <=)} does: how many keys that is
 * does not depend on the input.
 *
 * @param index the position
 * @param last for each query the last of the keys 0 to {@code last}, which it selects; -1 where it selects none. It is never behind the
 *     query, so that all of them are there.
 */
public record PositionPrefix(Variable.Index index, ImmutableIntArray last) {

    /** The prefix that a selector is, if it is one. */
    public static Optional<PositionPrefix> of(Selector selector, Inference inference) {
        if (!(selector instanceof Selector.Select select)) {
            return Optional.empty();
        }
        Optional<Variable.Index> index = index(select.key(), inference);
        if (index.isEmpty() || !index.equals(index(select.query(), inference))) {
            return Optional.empty();
        }
        List<Optional<Value>> keys = values(select.key(), inference);
        List<Optional<Value>> queries = values(select.query(), inference);
        ImmutableIntArray.Builder last = ImmutableIntArray.builder(queries.size());
        for (int query = 0; query < queries.size(); query++) {
            int selected = 0;
            for (int key = 0; key < keys.size(); key++) {
                if (Operators.holds(select.comparison(), keys.get(key), queries.get(query))) {
                    if (key != selected || key > query) {
                        return Optional.empty();
                    }
                    selected++;
                }
            }
            last.add(selected - 1);
        }
        return Optional.of(new PositionPrefix(index.get(), last.build()));
    }

    private static Optional<Variable.Index> index(SOp sop, Inference inference) {
        return inference
                .table(sop)
                .filter(table -> table.variables().size() == 1)
                .map(table -> table.variables().get(0))
                .filter(Variable.Index.class::isInstance)
                .map(Variable.Index.class::cast);
    }

    private static List<Optional<Value>> values(SOp sop, Inference inference) {
        JointTable table = inference.table(sop).orElseThrow();
        var values = new ArrayList<Optional<Value>>();
        for (int position = 0; position < table.cells().length(); position++) {
            values.add(table.value(position));
        }
        return values;
    }
}
