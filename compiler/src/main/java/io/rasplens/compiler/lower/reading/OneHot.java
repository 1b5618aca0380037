package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.grammar.value.Value;

/** One form per value, 1 where the s-op has that value and 0 elsewhere, all readable from {@code stage} on. */
public record OneHot(ImmutableMap<Value, LinearForm> forms, Stage stage) {
    public LinearForm form(Value value) {
        LinearForm form = forms.get(value);
        return form == null ? LinearForm.ZERO : form;
    }
}
