package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.GatedNumber;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.selector.KeyCondition;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What several heads copy where all that is selected holds one number: that of the first head which finds a key. Each head reads how far the
 * number is above its least, and whether there is a key; found by an earlier head, what a later one found is shut out by one hidden unit.
 */
final class FirstFound implements Rule<Averaging, Signal> {
    private static final int MOST_HEADS = 8;

    private final Facts facts;
    private final CircuitWriter writer;
    private final HeadTests tests;
    private final SelectorHeads heads;

    FirstFound(Facts facts, CircuitWriter writer, HeadTests tests, SelectorHeads heads) {
        this.facts = facts;
        this.writer = writer;
        this.tests = tests;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<Signal>> offer(Averaging mean) {
        SOp.Aggregate node = mean.node();
        ImmutableList<KeyCondition> all = tests.of(node, node.selector(), Keys.ANY);
        if (all.size() < 2
                || all.size() > MOST_HEADS
                || !facts.inference().copiesEqualValues(node.selector(), node.sequence())) {
            return Optional.empty();
        }
        return Optional.of(Offer.of(Technique.GATES, new Cost(all.size(), all.size() + 1), () -> write(mean, all)));
    }

    private Signal write(Averaging mean, ImmutableList<KeyCondition> all) {
        SOp node = mean.node();
        double low = mean.range().low();
        double most = mean.range().high() - low;
        LinearForm above = mean.value().form().minus(LinearForm.constant(low));
        PartOrigin origin = facts.origin(node, Technique.GATES, "what the first head of several found");
        Stage stage = Stage.EMBEDDING;
        LinearForm none = LinearForm.constant(1);
        List<GatedNumber> gated = new ArrayList<>();
        for (KeyCondition test : all) {
            String keys = "(" + test.keys() + ") of " + facts.name(node);
            LinearForm number =
                    LinearForm.of(Direction.number(writer.featureOf(node, "what is above the least in " + keys)));
            LinearForm any = LinearForm.of(Direction.number(writer.featureOf(node, "whether there are " + keys)));
            ImmutableList<ValueTerm> values =
                    ImmutableList.of(new ValueTerm(above, number), new ValueTerm(LinearForm.constant(1), any));
            stage = stage.and(
                    heads.select(node, test, Keys.EQUAL, values, mean.value().stage(), Technique.COPY));
            if (most > 0) {
                gated.add(new GatedNumber(number, 0, most, none));
            }
            none = none.minus(any);
        }
        LinearForm nothing = none;
        return writer.number(
                        node,
                        mean.words().map(words -> writer.featureOf(node, words)).orElseGet(() -> writer.feature(node)),
                        stage,
                        out -> units(gated, nothing, out, mean.fallback() - low, origin))
                .plus(Signal.constant(low));
    }

    private static List<UnitGroup> units(
            List<GatedNumber> gated, LinearForm none, LinearForm out, double fallback, PartOrigin origin) {
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        gated.forEach(number -> units.add(number.hidden(out, origin)));
        if (fallback != 0) {
            units.add(new HiddenUnit(none, out.times(fallback), origin));
        }
        return List.of(new UnitGroup(new Construction.Plain(), units.build(), origin));
    }
}
