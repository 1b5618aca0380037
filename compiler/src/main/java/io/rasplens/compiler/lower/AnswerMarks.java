package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A number as the answer, with a mark for each that it can be. Numbers that only rounding tells apart are answered as one, and have one
 * mark together.
 */
final class AnswerMarks {
    /** Marks are logits, and a head or unit each. */
    private static final int MOST = 1 << 12;

    private AnswerMarks() {}

    /** Whether the s-op is one of not too many numbers that are known to the last digit. */
    static boolean canBe(SOp sop, Facts facts) {
        return facts.isNumber(sop)
                && facts.inference().values(sop) instanceof ValueSet.Finite finite
                && finite.exact()
                && finite.values().size() <= MOST
                && finite.values().stream().mapToDouble(Values::toDouble).allMatch(Double::isFinite);
    }

    /** @param answers ascending, each for the values that are nearest to it */
    static OneHot of(OneHot values, ImmutableList<Value> answers) {
        var nearest = new OutputDecoder.Numerical(answers);
        Map<Value, List<LinearForm>> marks = new LinkedHashMap<>();
        values.forms()
                .forEach((value, form) -> marks.computeIfAbsent(
                                nearest.decode(new double[] {Values.toDouble(value)}), v -> new ArrayList<>())
                        .add(form));
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        marks.forEach((value, parts) -> forms.put(value, LinearForm.sum(parts)));
        return new OneHot(forms.buildOrThrow(), values.stage());
    }
}
