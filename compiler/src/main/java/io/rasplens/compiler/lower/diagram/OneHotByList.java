package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.EqualValues;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A one-hot as a decision list. */
public final class OneHotByList implements Rule<SOp, OneHot> {
    private final CircuitWriter writer;
    private final DecisionLists lists;

    public OneHotByList(CircuitWriter writer, DecisionLists lists) {
        this.writer = writer;
        this.lists = lists;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return lists.of(sop)
                .map(list -> Offer.of(Technique.CONJUNCTIONS, Cost.ofUnits(lists.units(list)), () -> write(sop, list)));
    }

    /** One direction per value; a constant otherwise's is read with 1 added, and is left at -1 where another value takes over. */
    private OneHot write(SOp sop, DecisionList list) {
        Feature feature = writer.oneHotFeature(sop);
        var all = new ArrayList<Value>(lists.values(list.otherwise()));
        list.rules().forEach(rule -> all.addAll(lists.values(rule.value())));
        UnaryOperator<Value> same = EqualValues.first(all);
        Stage stage = lists.write(sop, list, value -> LinearForm.of(Direction.oneHot(feature, same.apply(value))));
        Optional<Value> plain = lists.constant(list.otherwise()).map(same);
        var forms = new LinkedHashMap<Value, LinearForm>();
        for (Value value : all) {
            Value as = same.apply(value);
            LinearForm form = LinearForm.of(Direction.oneHot(feature, as));
            forms.put(as, plain.filter(as::equals).isPresent() ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(ImmutableMap.copyOf(forms), stage);
    }
}
