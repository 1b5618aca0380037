package io.rasplens.runtime.analysis.intervene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterchangeTest {
    private static InterchangeReport measure(CompiledProgram compiled) {
        return Interchange.measure(
                compiled.transformer(),
                compiled.program(),
                InterchangeOptions.of(
                                compiled.target().vocabulary(),
                                compiled.target().maxLength())
                        .budget(120));
    }

    private static List<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).toList();
    }

    /** Where each s-op stands in one form and is read from there. */
    @Test
    void inTheDirectLayoutReverseIsItsProgram() {
        InterchangeReport report = measure(CompiledProgram.example("reverse", 0));

        assertThat(report.sops()).extracting(sop -> sop.readout().sop()).contains("length", "opposite", "reverse");
        assertThat(report.sops()).allSatisfy(sop -> {
            assertThat(sop.counterexample()).isEmpty();
            assertThat(sop.accuracy()).isEqualTo(1);
            assertThat(sop.tried()).isGreaterThan(40);
        });
        assertThat(report.accuracy()).isEqualTo(1);
    }

    @Test
    void aSetSopIsPredictedByTheProgram() throws EvaluationException {
        CompiledProgram compiled = CompiledProgram.example("reverse", 0);
        HookedTransformer model = compiled.transformer();
        var intervention = new Intervention(model, compiled.program());
        List<Value> input = ints(1, 2, 3);
        Tensor before = model.forward(model.encode(input));
        List<SopEdit> edits = List.of(SopEdit.of("opposite", 2, Value.of(1)), SopEdit.of("opposite", 0, Value.of(0)));

        assertThat(intervention.answer(input, List.of(SopEdit.of("opposite", 2, Value.of(1)))))
                .isEqualTo(ints(3, 2, 2));
        assertThat(intervention.answer(input, edits))
                .isEqualTo(intervention.expected(input, edits))
                .isEqualTo(ints(1, 2, 2));
        assertThat(model.forward(model.encode(input))).isEqualTo(before);
    }

    @Test
    void anEditThatMakesAnotherSopWhatItNeverIsIsRefusedUnlessItIsKept() throws EvaluationException {
        CompiledProgram compiled = CompiledProgram.example("reverse", 0);
        var intervention = new Intervention(compiled.transformer(), compiled.program());

        assertThat(intervention.outside(ints(1), List.of(SopEdit.of("length", 0, Value.of(5)))))
                .hasValueSatisfying(e -> {
                    assertThat(e.code()).isEqualTo(EngineCode.OUTSIDE_COMBINATIONS);
                    assertThat(e.message()).contains("'reverse' would be 0 at position 0");
                    assertThat(e.help()).contains("compile with --keep length");
                });
        assertThat(intervention.outside(ints(1, 2), List.of(SopEdit.of("length", 1, Value.of(1 + 1)))))
                .isEmpty();
    }

    @Test
    void anEditOfOneRowIsOfThatRowAlone() {
        CompiledProgram compiled = CompiledProgram.example("reverse", 0);
        var intervention = new Intervention(compiled.transformer(), compiled.program());

        assertThat(intervention.answers(
                        List.of(ints(1, 2, 3), ints(1, 2, 3)),
                        List.of(SopEdit.of("opposite", 0, Value.of(0)).inRow(1))))
                .isEqualTo(List.of(ints(3, 2, 1), ints(1, 2, 1)));
    }

    /** The interpreter's graph is another program than the one that was compiled: every edit of {@code hist} must show. */
    @Test
    void aModelOfAnotherProgramHasAShrunkCounterexample() {
        String header =
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 4\nhist = selector_width(select(tokens, tokens, ==));\n";
        CompiledProgram model = CompiledProgram.text(header + "result = hist + 1;", 0);
        CompiledProgram other = CompiledProgram.text(header + "result = 0 * hist + 2;", 0);
        InterchangeReport report = Interchange.measure(
                model.transformer(),
                other.program(),
                InterchangeOptions.of(model.target().vocabulary(), 4));
        InterchangeReport.Sop hist = sop(report, "hist");
        InterchangeReport.Counterexample found = hist.counterexample().orElseThrow();

        assertThat(hist.accuracy()).isLessThan(1);
        assertThat(found.expected()).isNotEqualTo(found.output());
        assertThat(found.input().size()).as("shrunk").isLessThanOrEqualTo(2);
    }

    /** A kept s-op is given each of its values at each position too, in eight inputs beside those of the budget. */
    @Test
    void aKeptSopIsGivenAllItsValues() {
        CompiledProgram compiled = CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 1
                #@ keep isa
                isa = tokens == "a";
                result = "x" if isa else "y";
                """, 1);
        InterchangeReport report = Interchange.measure(
                compiled.transformer(),
                compiled.program(),
                InterchangeOptions.of(compiled.target().vocabulary(), 1).budget(7));
        InterchangeReport.Sop isa = report.sops().stream()
                .filter(sop -> sop.readout().sop().equals("isa"))
                .findFirst()
                .orElseThrow();

        assertThat(isa.tried()).isEqualTo(7 + 8 * 2);
        assertThat(isa.agreed()).isEqualTo(isa.tried());
        assertThat(report.sops())
                .allSatisfy(sop -> assertThat(sop.readout().encodings()).isNotEmpty());
    }

    /** What fails at one position of many is told of in as little as shows it: no other tokens, and the simplest. */
    @Test
    void aCounterexampleIsAsSmallAsItGets() {
        String header = """
                #@ vocab ["a", "b", "c"]
                #@ max_length 6
                #@ keep isc
                isc = tokens == "c";
                """;
        CompiledProgram model = CompiledProgram.text(header + "result = \"x\" if isc else \"y\";", 1);
        CompiledProgram other = CompiledProgram.text(
                header + "here = tokens == \"a\" and length > 2 and indices == 1;\n"
                        + "result = \"x\" if isc and not here else \"y\";",
                1);
        InterchangeReport report = Interchange.measure(
                model.transformer(),
                other.program(),
                InterchangeOptions.of(model.target().vocabulary(), 6));
        InterchangeReport.Sop isc = sop(report, "isc");
        InterchangeReport.Counterexample found = isc.counterexample().orElseThrow();

        assertThat(isc.accuracy()).isLessThan(1);
        assertThat(found.position()).isEqualTo(1);
        assertThat(found.value()).isEqualTo(Value.of(true));
        assertThat(found.input()).containsExactly(Value.of("a"), Value.of("a"), Value.of("a"));
        assertThat(found.expected()).containsExactly(Value.of("y"), Value.of("y"), Value.of("y"));
        assertThat(found.output()).containsExactly(Value.of("y"), Value.of("x"), Value.of("y"));
    }

    @Test
    void whereAllWouldBeTooMuchWorkEachSopGetsASample() {
        CompiledProgram compiled = CompiledProgram.example("double_hist", 0);
        InterchangeOptions all = InterchangeOptions.of(
                compiled.target().vocabulary(), compiled.target().maxLength());
        InterchangeReport whole = Interchange.measure(compiled.transformer(), compiled.program(), all);
        InterchangeReport bounded = Interchange.measure(compiled.transformer(), compiled.program(), all.work(1e5));

        assertThat(whole.isComplete()).isTrue();
        assertThat(bounded.isComplete()).isFalse();
        assertThat(bounded.sops()).hasSameSizeAs(whole.sops()).allSatisfy(sop -> {
            assertThat(sop.tried() + sop.unanswered()).isBetween(8L, sop.planned() / 2);
            assertThat(sop.accuracy()).isEqualTo(1);
        });
        assertThat(bounded).isEqualTo(Interchange.measure(compiled.transformer(), compiled.program(), all.work(1e5)));
    }

    @Test
    void whoeverWatchesHearsHowFarItIsAndMayEndIt() {
        CompiledProgram compiled = CompiledProgram.example("double_hist", 0);
        InterchangeOptions all = InterchangeOptions.of(
                compiled.target().vocabulary(), compiled.target().maxLength());
        List<Long> heard = new ArrayList<>();
        InterchangeReport ended = Interchange.measure(compiled.transformer(), compiled.program(), all, done -> {
            heard.add(done);
            return heard.size() < 3;
        });

        assertThat(heard).hasSize(3).isSorted();
        assertThat(ended.isComplete()).isFalse();
        assertThat(ended.sops().stream().mapToLong(InterchangeReport.Sop::tried).sum())
                .isBetween(heard.get(2), heard.get(2) + 128L * compiled.target().maxLength());
    }

    /** What fails at any position of any input fails in one token alone. */
    @Test
    void aCounterexampleMayBeOneToken() {
        String header = """
                #@ vocab ["a", "b", "c"]
                #@ max_length 6
                #@ keep isc
                isc = tokens == "c";
                """;
        CompiledProgram model = CompiledProgram.text(header + "result = \"x\" if isc else \"y\";", 1);
        CompiledProgram other = CompiledProgram.text(
                header + "here = tokens == \"b\";\nresult = \"x\" if isc and not here else \"y\";", 1);
        for (long seed = 1; seed < 5; seed++) {
            InterchangeReport report = Interchange.measure(
                    model.transformer(),
                    other.program(),
                    InterchangeOptions.of(model.target().vocabulary(), 6).seed(seed));
            InterchangeReport.Counterexample found =
                    report.sops().get(0).counterexample().orElseThrow();
            assertThat(found.input()).containsExactly(Value.of("b"));
            assertThat(found.position()).isZero();
        }
    }

    @Test
    void whatCannotBeSetIsSaid() {
        CompiledProgram compiled = CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                hist = selector_width(select(tokens, tokens, ==));
                less = 2 * hist - 1;
                first = aggregate(select(indices, 0, ==), less);
                #@ keep hist
                """, 1);
        refused(compiled, SopEdit.of("less", 0, Value.of(1)), EngineCode.SOP_NOT_SETTABLE, "--keep less");
        refused(compiled, SopEdit.of("hist", 0, Value.of(9)), EngineCode.IMPOSSIBLE_VALUE, "it can be 1, 2, 3, 4");
        refused(compiled, SopEdit.of("hist", 0, Value.of("x")), EngineCode.IMPOSSIBLE_VALUE, "it can be");
        refused(compiled, SopEdit.of("hist", 3, Value.of(1)), EngineCode.WRONG_SHAPE, "positions count");
        refused(compiled, SopEdit.of("hist", -1, Value.of(1)), EngineCode.WRONG_SHAPE, "positions count");
        refused(compiled, SopEdit.of("hst", 0, Value.of(1)), EngineCode.UNKNOWN_SOP, "did you mean 'hist'?");
        refused(compiled, SopEdit.of("hist@7", 0, Value.of(1)), EngineCode.UNKNOWN_SOP, "hist");
    }

    private static void refused(CompiledProgram compiled, SopEdit edit, EngineCode code, String help) {
        assertThatThrownBy(() -> new Intervention(compiled.transformer(), compiled.program())
                        .answer(ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("a")), List.of(edit)))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.help().orElseThrow()).contains(help);
                });
    }

    private static InterchangeReport.Sop sop(InterchangeReport report, String name) {
        return report.sops().stream()
                .filter(sop -> sop.readout().sop().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
