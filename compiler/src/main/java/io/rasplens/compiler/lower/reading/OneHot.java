package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One form per value, 1 where the s-op has that value and 0 elsewhere, all readable from {@code stage} on. */
public record OneHot(ImmutableMap<Value, LinearForm> forms, Stage stage) {
    public LinearForm form(Value value) {
        LinearForm form = forms.get(value);
        return form == null ? LinearForm.ZERO : form;
    }

    /** The s-op as a number; 0 where it has none. */
    public LinearForm number() {
        var weighted = new ArrayList<LinearForm>();
        forms.forEach((value, form) -> weighted.add(form.times(Values.asNumber(value))));
        return LinearForm.sum(weighted);
    }

    /**
     * 1 where the s-op has one of the values: their sum, or one less that of the others if those are fewer.
     *
     * @param chosen positions in the domain
     */
    public LinearForm anyOf(List<Value> domain, BitSet chosen) {
        boolean most = 2 * chosen.cardinality() > domain.size();
        var forms = new ArrayList<LinearForm>();
        for (int i = 0; i < domain.size(); i++) {
            if (chosen.get(i) != most) {
                forms.add(form(domain.get(i)));
            }
        }
        LinearForm sum = LinearForm.sum(forms);
        return most ? LinearForm.constant(1).minus(sum) : sum;
    }

    /**
     * 1 where the s-op holds as a condition, and 0 elsewhere.
     *
     * @param holds whether true values are asked for, or others
     */
    public LinearForm asCondition(List<Value> domain, boolean holds) {
        var chosen = new BitSet();
        for (int i = 0; i < domain.size(); i++) {
            chosen.set(i, domain.get(i).isTrue() == holds);
        }
        return anyOf(domain, chosen);
    }
}
