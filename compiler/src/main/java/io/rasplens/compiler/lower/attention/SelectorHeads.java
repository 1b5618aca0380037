package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.CountHead;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.circuit.gadget.PartOfMean;
import io.rasplens.compiler.circuit.gadget.SelectHead;
import io.rasplens.compiler.circuit.gadget.SumHead;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.selector.KeyCondition;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;

/** Writes the heads of selectors into the stream: one for each of the tests that a selector is made of. */
final class SelectorHeads {
    private final Facts facts;
    private final CircuitWriter writer;
    private final HeadTests tests;
    private final MakeScores scores;
    private final double hardness;

    /** @param hardness the score of a select that holds */
    SelectorHeads(Facts facts, CircuitWriter writer, HeadTests tests, MakeScores scores, double hardness) {
        this.facts = facts;
        this.writer = writer;
        this.tests = tests;
        this.scores = scores;
        this.hardness = hardness;
    }

    /**
     * Writes the value that the node selects, or the mean of several if one head takes it, in heads that write to the same directions;
     * nothing where none is selected.
     *
     * @return the stage from which on it can be read
     */
    Stage select(
            SOp.Aggregate node, Keys selected, ImmutableList<ValueTerm> values, Stage valueStage, Technique technique) {
        return select(node, node.selector(), selected, values, valueStage, technique);
    }

    /** The same of a selector that a node is made of. */
    Stage select(
            SOp node,
            Selector selector,
            Keys selected,
            ImmutableList<ValueTerm> values,
            Stage valueStage,
            Technique technique) {
        ImmutableList<KeyCondition> all = tests.of(node, selector, selected);
        boolean neverEmpty = all.size() == 1 && facts.inference().neverEmpty(selector);
        Stage stage = Stage.EMBEDDING;
        for (KeyCondition test : all) {
            stage = stage.and(select(node, test, neverEmpty, selected, values, valueStage, technique));
        }
        return stage;
    }

    /** The same of one test alone. */
    Stage select(
            SOp node,
            KeyCondition test,
            Keys selected,
            ImmutableList<ValueTerm> values,
            Stage valueStage,
            Technique technique) {
        return select(node, test, false, selected, values, valueStage, technique);
    }

    private Stage select(
            SOp node,
            KeyCondition test,
            boolean neverEmpty,
            Keys selected,
            ImmutableList<ValueTerm> values,
            Stage valueStage,
            Technique technique) {
        boolean copy = selected != Keys.ANY;
        MakeScores.Ready ready = scores.of(test, copy, copy && neverEmpty);
        int block = block(node, valueStage, ready);
        PartOrigin origin =
                facts.origin(node, technique, "reads " + test.keys()).selecting(selection(test, ready, !neverEmpty));
        writer.head(block, SelectHead.of(ready.scores(), values, selected, origin));
        return Stage.afterAttention(block);
    }

    /** Writes the sum of a value over the selected keys: their width where it is 1. */
    Signal sum(Summing sum, Technique technique) {
        return sum(
                sum,
                sum.words()
                        .map(words -> writer.featureOf(sum.node(), words))
                        .orElseGet(() -> writer.feature(sum.node())),
                technique,
                (scores, term, origin) -> SumHead.of(scores, term, hardness, origin));
    }

    /** Writes the same squeezed, by each head for itself where there are several. */
    Signal count(Summing sum, Feature feature, Counters.Counter counter) {
        double blur =
                counter.blur() / tests.of(sum.node(), sum.selector(), Keys.ANY).size();
        return sum(
                sum,
                feature,
                Technique.SHARE,
                (scores, term, origin) -> CountHead.of(
                        scores,
                        term,
                        hardness,
                        hardness / KeyScores.HARDNESS,
                        facts.target().maxLength(),
                        counter.bosWeight(),
                        counter.scale(),
                        blur,
                        origin));
    }

    /** Makes a head of the scores of one test. */
    private interface HeadMaker {
        Head of(KeyScores scores, ValueTerm value, PartOrigin origin);
    }

    private Signal sum(Summing sum, Feature feature, Technique technique, HeadMaker maker) {
        ImmutableList<KeyCondition> all = tests.of(sum.node(), sum.selector(), Keys.ANY);
        return sum(sum.node(), sum.value(), all, feature, technique, maker);
    }

    private Signal sum(
            SOp node,
            Signal value,
            ImmutableList<KeyCondition> all,
            Feature feature,
            Technique technique,
            HeadMaker maker) {
        Direction out = Direction.number(feature);
        var term = new ValueTerm(value.form(), LinearForm.of(out));
        Stage stage = Stage.EMBEDDING;
        boolean isCount = value.equals(Signal.constant(1));
        for (KeyCondition test : all) {
            MakeScores.Ready ready = scores.of(test, false, false);
            int block = block(node, value.stage(), ready);
            String does = (isCount ? "counts " : "adds up over ") + test.keys();
            PartOrigin origin = facts.origin(node, technique, does).selecting(selection(test, ready, true));
            writer.head(block, maker.of(ready.scores(), term, origin));
            stage = stage.and(Stage.afterAttention(block));
        }
        return new Signal(LinearForm.of(out), stage);
    }

    /**
     * Writes a count of the keys that one test selects, squeezed.
     *
     * @param blur as in the head that counts
     */
    Signal count(SOp node, KeyCondition test, double bosWeight, double blur) {
        Feature feature =
                writer.featureOf(node, CountHead.words("(" + test.keys() + ")", bosWeight) + " of " + facts.name(node));
        return sum(
                node,
                Signal.constant(1),
                ImmutableList.of(test),
                feature,
                Technique.JOINT_MEAN,
                (scores, term, origin) -> CountHead.of(
                        scores,
                        term,
                        hardness,
                        hardness / KeyScores.HARDNESS,
                        facts.target().maxLength(),
                        bosWeight,
                        1,
                        blur,
                        origin));
    }

    /**
     * Writes the part of a mean that one test selects.
     *
     * @param others the logarithm of how many keys other heads see; minus half the hardness where it is none
     * @return the stage from which on it can be read
     */
    Stage part(SOp node, KeyCondition test, ValueTerm value, Stage valueStage, Signal others) {
        MakeScores.Ready ready = scores.of(test, false, false);
        PartOrigin origin = facts.origin(node, Technique.JOINT_MEAN, "averages over " + test.keys())
                .selecting(selection(test, ready, true));
        return part(node, ready, hardness, origin, value, valueStage, others);
    }

    /**
     * The same of keys that have these scores.
     *
     * @param part what each part of the scores adds for a selected key
     */
    Stage part(
            SOp node,
            MakeScores.Ready ready,
            double part,
            PartOrigin origin,
            ValueTerm value,
            Stage valueStage,
            Signal others) {
        int block = block(node, valueStage.and(others.stage()), ready);
        writer.head(block, PartOfMean.of(ready.scores(), value, others.form(), part, origin));
        return Stage.afterAttention(block);
    }

    private static SelectedBy selection(KeyCondition test, MakeScores.Ready ready, boolean canBeEmpty) {
        return new SelectedBy(test.where(), test.threshold(), ready.nearest(), false, canBeEmpty);
    }

    /** The score that keys have which a test selects. */
    double hardness() {
        return hardness;
    }

    private int block(SOp node, Stage valueStage, MakeScores.Ready ready) {
        int block = valueStage.and(ready.stage()).attention();
        writer.requireHead(node, block);
        return block;
    }
}
