package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.CountHead;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.circuit.gadget.Steps;
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
 * The mean where the selector takes several heads, with small weights, a block more: each test's keys are counted first, and steps turn what
 * the others count into the score of BOS in the head that averages over this test's; see
 * {@link io.rasplens.compiler.circuit.gadget.PartOfMean}.
 */
final class JointMean implements Rule<Averaging, Signal> {
    /** More heads would need a BOS that outweighs keys so much that little tells counts apart. */
    private static final int MOST_HEADS = 8;

    private final Facts facts;
    private final CircuitWriter writer;
    private final HeadTests tests;
    private final SelectorHeads heads;

    JointMean(Facts facts, CircuitWriter writer, HeadTests tests, SelectorHeads heads) {
        this.facts = facts;
        this.writer = writer;
        this.tests = tests;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<Signal>> offer(Averaging mean) {
        ImmutableList<KeyCondition> all = tests.of(mean.node(), mean.node().selector(), Keys.ANY);
        if (all.size() < 2 || all.size() > MOST_HEADS) {
            return Optional.empty();
        }
        var cost = new Cost(2 * all.size(), 2 * all.size() * facts.target().maxLength());
        return Optional.of(Offer.of(Technique.JOINT_MEAN, cost, () -> write(mean, all)));
    }

    private Signal write(Averaging mean, ImmutableList<KeyCondition> all) {
        SOp node = mean.node();
        int keys = facts.target().maxLength();
        int others = all.size() - 1;
        double more = KeyScores.more(heads.hardness());
        double bosWeight = others == 1 ? keys : 4 * more * CountHead.bosWeight(others, keys);
        double blur = CountHead.blur(bosWeight, keys, others) / others;
        List<Signal> counts = new ArrayList<>();
        for (KeyCondition test : all) {
            counts.add(heads.count(node, test, bosWeight, blur));
        }
        Direction out = Direction.number(mean.words()
                .map(words -> writer.featureOf(mean.node(), words))
                .orElseGet(() -> writer.feature(mean.node())));
        LinearForm fallback = LinearForm.constant(mean.fallback());
        var value = new ValueTerm(mean.value().form().minus(fallback), LinearForm.of(out));
        Stage stage = Stage.EMBEDDING;
        for (int t = 0; t < all.size(); t++) {
            Signal rest = Signal.constant(0);
            for (int s = 0; s < all.size(); s++) {
                rest = s == t ? rest : rest.plus(counts.get(s));
            }
            Signal weight = logarithm(node, all.get(t), rest, bosWeight, others);
            stage = stage.and(heads.part(node, all.get(t), value, mean.value().stage(), weight));
        }
        return new Signal(LinearForm.of(out).plus(fallback), stage);
    }

    /** The logarithm of how many keys are counted; minus half the hardness for none. */
    private Signal logarithm(SOp node, KeyCondition test, Signal counted, double bosWeight, int parts) {
        double none = -heads.hardness() / 2;
        int keys = facts.target().maxLength();
        PartOrigin origin =
                facts.origin(node, Technique.JOINT_MEAN, "what BOS weighs beside " + test.keys() + ": the other keys");
        Feature feature = writer.featureOf(node, "ln(keys of " + facts.name(node) + " but " + test.keys() + ")");
        return writer.number(node, feature, counted.stage(), out -> {
                    ImmutableList.Builder<Step> steps = ImmutableList.builder();
                    for (int k = 0; k < keys; k++) {
                        double change = k == 0 ? -none : StrictMath.log((k + 1.0) / k);
                        steps.add(new Step(
                                CountHead.held(bosWeight, k, parts),
                                CountHead.held(bosWeight, k + 1, parts),
                                out.times(change)));
                    }
                    double most = CountHead.held(bosWeight, keys, parts);
                    return List.of(Steps.of(new Staircase(counted.form(), 0, most, steps.build()), origin));
                })
                .plus(Signal.constant(none));
    }
}
