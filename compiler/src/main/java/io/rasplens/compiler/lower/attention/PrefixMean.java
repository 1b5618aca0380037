package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.infer.PositionPrefix;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * The mean over a prefix of a long input, by two heads as wide as the square root of its length, where one would take a dimension for each
 * position: the matrix of {@code <=} has full rank.
 *
 * <p>The last selected position is a block and a digit. One head sees the blocks before, the other the same block up to the digit. How
 * many keys that is does not depend on the input, so BOS can stand in each for what the other sees, as in
 * {@link io.rasplens.compiler.circuit.gadget.PartOfMean}: what they write adds up to the mean, and their patterns to the selector's row.
 */
final class PrefixMean implements Rule<Averaging, Signal> {
    /** From so many positions on one head, which shows the selector by itself, is not worth its size. */
    private static final int LONG = 100;

    /** What all keys together that are not selected may get of the attention, for the least hardness. */
    private static final double LEAK = 1e-17;

    private final Facts facts;
    private final VariableReadings variables;
    private final CircuitWriter writer;
    private final SelectorHeads heads;
    private final SplitPositions positions;

    /** What each part of the scores adds for a selected key: no more than it takes, as an error of the scores moves the mean by as much. */
    private final double hardness;

    PrefixMean(Facts facts, VariableReadings variables, CircuitWriter writer, SelectorHeads heads) {
        this.facts = facts;
        this.variables = variables;
        this.writer = writer;
        this.heads = heads;
        int keys = facts.target().maxLength();
        this.positions = new SplitPositions(writer, keys);
        this.hardness = Math.rint(heads.hardness() / KeyScores.HARDNESS * StrictMath.log(keys / LEAK));
    }

    @Override
    public Optional<Offer<Signal>> offer(Averaging mean) {
        if (facts.target().maxLength() < LONG) {
            return Optional.empty();
        }
        return PositionPrefix.of(mean.node().selector(), facts.inference())
                .map(prefix -> Offer.of(Technique.PREFIX_MEAN, Cost.ofHeads(2), () -> write(mean, prefix)));
    }

    private Signal write(Averaging mean, PositionPrefix prefix) {
        int size = positions.size();
        SplitPositions.Digits keys =
                positions.of(SplitPositions.identity(prefix.last().length()));
        SplitPositions.Digits queries = positions.of(prefix.last());
        Direction out = writer.freshNumber(mean.node());
        LinearForm fallback = LinearForm.constant(mean.fallback());
        var value = new ValueTerm(mean.value().form().minus(fallback), LinearForm.of(out));
        Signal inBlock = logarithm(mean.node(), prefix, "in its block", last -> last % size + 1);
        Signal before = logarithm(mean.node(), prefix, "in blocks before", last -> last - last % size);
        Stage first = part(
                mean,
                value,
                new KeysOfHead("of blocks of " + size + " before", where(mean, keys.block(), "<", queries.block())),
                below(keys.blocks(), queries.blocks(), true),
                1,
                inBlock);
        List<ScoreTerm> same = equal(keys.blocks(), queries.blocks());
        same.addAll(below(keys.digits(), queries.digits(), false));
        Stage second = part(
                mean,
                value,
                new KeysOfHead("of the same block of " + size, where(mean, keys.block(), "==", queries.block())),
                same,
                2,
                before);
        return new Signal(LinearForm.of(out).plus(fallback), first.and(second));
    }

    private Stage part(
            Averaging mean, ValueTerm value, KeysOfHead keys, List<ScoreTerm> terms, int parts, Signal others) {
        var scores = new KeyScores(ImmutableList.copyOf(terms), parts, hardness * parts, hardness);
        var ready = new MakeScores.Ready(scores, Stage.EMBEDDING, false);
        PartOrigin origin = facts.origin(mean.node(), Technique.PREFIX_MEAN, "averages over keys " + keys.words())
                .selecting(new SelectedBy(keys.where(), parts, false, false, true));
        return heads.part(
                mean.node(), ready, hardness, origin, value, mean.value().stage(), others);
    }

    /** Which of the selected keys one head sees. */
    private record KeysOfHead(String words, Condition where) {}

    /** The selector itself, and how the key's block stands to the query's. */
    private Condition where(Averaging mean, String key, String operator, String query) {
        // What is no select is no prefix.
        var prefix = (Selector.Select) mean.node().selector();
        return new Condition.All(ImmutableList.of(
                new Condition.Compare(
                        facts.reference(prefix.key()),
                        prefix.comparison().symbol(),
                        facts.reference(prefix.query()),
                        true),
                new Condition.Compare(key, operator, query, true)));
    }

    /** One dimension for each key's digit, to which queries of greater ones, or not of less, turn. */
    private List<ScoreTerm> below(List<LinearForm> keys, List<LinearForm> queries, boolean strictly) {
        var terms = new ArrayList<ScoreTerm>();
        for (int k = 0; k < keys.size(); k++) {
            List<LinearForm> above = queries.subList(strictly ? k + 1 : k, queries.size());
            if (!above.isEmpty()) {
                terms.add(new ScoreTerm(LinearForm.sum(above).times(hardness), keys.get(k)));
            }
        }
        return terms;
    }

    private List<ScoreTerm> equal(List<LinearForm> keys, List<LinearForm> queries) {
        var terms = new ArrayList<ScoreTerm>();
        for (int k = 0; k < keys.size(); k++) {
            terms.add(new ScoreTerm(queries.get(k).times(hardness), keys.get(k)));
        }
        return terms;
    }

    /**
     * The logarithm of how many keys the other head sees, by position. Where it sees none this one does, so that BOS has to stand as low
     * as keys that are not selected; where neither does all keys are that low, and BOS may stand as high as any.
     */
    private Signal logarithm(SOp node, PositionPrefix prefix, String where, IntToDoubleFunction seen) {
        double[] weights = prefix.last().stream()
                .mapToDouble(last -> last < 0 ? 1 : seen.applyAsDouble(last))
                .map(count -> count > 0 ? StrictMath.log(count) : -hardness)
                .toArray();
        return variables.weighted(
                () -> writer.featureOf(node, "ln(keys of " + facts.name(node) + " " + where + ")"),
                prefix.index(),
                weights);
    }
}
