package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ValueTerm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What noise does in one head.
 *
 * <p>With scores off by S at most, a key that should not be seen keeps at most {@code e^-(gap - 2S)} of a selected key's weight. Two
 * selected keys' weights differ by {@code e^2S} at most; where their scores round alike, by nothing.
 *
 * <p>A mean then moves by no more than {@code tanh(S/2)} of what the values differ by. It moves farthest where a part p of the weight is on
 * the greatest value, which gains {@code e^S}, and the rest on the least, which loses as much: p becomes {@code p e^S / (p e^S + (1 - p)
 * e^-S)}, and the difference is greatest at {@code p = 1 / (1 + e^S)}. What one key gains relative to its own weight is
 * {@code e^2S - 1} at most.
 */
final class BoundHead {
    /** Where other keys take more than that, what comes of BOS's value differs too much from head to head. */
    private static final double SMALL_SHARE = 0.25;

    private final StreamBounds stream;
    private final Head head;
    private final int keys;
    private final double u;

    /** @param keys the most positions there are, BOS included */
    BoundHead(StreamBounds stream, Head head, int keys) {
        this.stream = stream;
        this.head = head;
        this.keys = keys;
        this.u = stream.unit();
    }

    /**
     * What a head writes.
     *
     * @param leak the weight that keys not meant to be seen can get together
     * @param ofBos the parts of the errors, with their signs, that come of an edit of the coordinate {@code bos} where BOS stands: all heads of
     *     a block read the same one
     */
    record BoundedHead(
            double leak,
            Map<Direction, Bound> written,
            Map<Feature, Double> familyShare,
            Map<Direction, Double> ofBos) {}

    BoundedHead bound() {
        ScoreError scores = new BoundScores(stream, head).error();
        double reach = head.kind().gap() - 2 * scores.total();
        if (head.kind() instanceof HeadKind.Sum sum) {
            return sum(sum, scores, reach);
        }
        if (head.kind() instanceof HeadKind.Count count) {
            return count(count, scores, reach);
        }
        return head.kind() instanceof HeadKind.Part ? part(scores, reach) : mean(scores, reach);
    }

    private BoundedHead mean(ScoreError scores, double reach) {
        double leak = Math.min(1, keys * StrictMath.exp(-reach));
        HeadKind.Keys selected = ((HeadKind.Mean) head.kind()).selected();
        // One weight of exactly 1 multiplies without rounding; several weights each carry the sum's rounding, N u.
        boolean whole = selected == HeadKind.Keys.ONE && leak < u / 4;
        double relative = whole ? 0 : selected == HeadKind.Keys.ONE ? 6 * u : (2.0 * keys + 8) * u;
        return write(leak, 1, 2 * leak, relative, selected == HeadKind.Keys.ANY ? scores.betweenSelected() : 0);
    }

    /** BOS weighs as much as keys do, so that an error of its score moves the shares, and what they differ by is from its 0, too. */
    private BoundedHead part(ScoreError scores, double reach) {
        double leak = Math.min(1, keys * StrictMath.exp(-reach));
        double shares = Math.min(expm1(2 * scores.total()), spread() * moved(scores.total()));
        return write(leak, 1, 2 * leak, (2.0 * keys + 8) * u + shares, 0);
    }

    /** How far apart the values and BOS's 0 can be, in units of the greatest. */
    private int spread() {
        List<FormBound> values =
                head.values().stream().map(value -> stream.form(value.value())).toList();
        return values.stream().allMatch(value -> value.low() >= 0)
                        || values.stream().allMatch(value -> value.high() <= 0)
                ? 1
                : 2;
    }

    /** Whether what comes out is an average, of which nothing is known. */
    private boolean isMixed() {
        return head.kind() instanceof HeadKind.Count
                || head.kind() instanceof HeadKind.Part
                || (head.kind() instanceof HeadKind.Mean mean && mean.selected() == HeadKind.Keys.ANY);
    }

    private BoundedHead sum(HeadKind.Sum sum, ScoreError scores, double reach) {
        double unselected = StrictMath.exp(-reach);
        // Each of the keys' weights, times e^lambda, is 1 up to: score noise, the other keys' share of the softmax, exp
        // and
        // division (an ulp or two each), and the running sum's roundings, N/2 on average.
        double relative = expm1(2 * scores.betweenSelected())
                + keys * StrictMath.exp(-sum.lambda() + 2 * scores.total())
                + (keys / 2.0 + 12) * u;
        BoundedHead sharp = write(keys * unselected * StrictMath.exp(-sum.lambda()), keys - 1, unselected, relative, 0);
        return blurred(sharp, 0, StrictMath.exp(sum.lambda()), 1);
    }

    /**
     * With w keys selected {@code Σ v B / (B + w)} comes out, no more than what all keys together would give. An error S of all scores
     * moves each share by {@code e^2S}; keys that are not selected add to the sum what they would without any other.
     */
    private BoundedHead count(HeadKind.Count count, ScoreError scores, double reach) {
        double unselected = StrictMath.exp(-reach);
        double others = keys - 1;
        double share = others / (count.bosWeight() + others);
        double moves = expm1(2 * scores.total());
        double rounding = (keys + 12) * u;
        double relative = Math.min(moves, spread() * moved(scores.total()) / share) + rounding;
        double leak = Math.min(1, others * unselected);
        double unselectedShare = unselected * (count.bosWeight() + others) / count.bosWeight();
        BoundedHead sharp = write(leak, share, unselectedShare, relative, 0);
        if (count.blur() == 0) {
            BoundedHead still = write(leak, Math.min(1, share * (1 + moves)), unselectedShare, rounding, 0);
            nearAll(sharp.written(), still.written(), moves);
        }
        return blurred(sharp, count.blur(), 1, share * (1 + moves + rounding));
    }

    /**
     * Where keys have a share p of the attention, it moves by {@code p (1 - p) (e^2S - 1)} at most: the less, the less is left to BOS. So a
     * number that is the same of each key is known best near what all of the attention would give.
     */
    private void nearAll(Map<Direction, Bound> written, Map<Direction, Bound> still, double moves) {
        var writers = new HashMap<Direction, Integer>();
        head.values()
                .forEach(value -> value.output()
                        .terms()
                        .keySet()
                        .forEach(direction -> writers.merge(direction, 1, Integer::sum)));
        for (ValueTerm value : head.values()) {
            FormBound each = stream.form(value.value());
            value.output().terms().forEach((d, c) -> {
                Bound bound = still.get(d);
                if (each.low() == each.high() && bound != null && writers.getOrDefault(d, 0) == 1) {
                    written.computeIfPresent(d, (k, b) -> b.near(c * each.low(), bound.error(), moves));
                }
            });
        }
    }

    /**
     * The same, off by {@code blur} more, and by what an edit puts where BOS holds 0.
     *
     * @param bosFactor what is made of BOS's value
     * @param others the most that other keys take of the attention from BOS
     */
    private BoundedHead blurred(BoundedHead sharp, double blur, double bosFactor, double others) {
        if (blur == 0 && stream.oneError() == 0) {
            return sharp;
        }
        var written = new LinkedHashMap<>(sharp.written());
        var ofBos = new LinkedHashMap<Direction, Double>();
        for (ValueTerm value : head.values()) {
            double atBos = stream.oneError() == 0
                    ? 0
                    : bosFactor * stream.form(value.value()).error();
            double shared = others < SMALL_SHARE ? bosFactor * value.value().constant() * stream.oneError() : 0;
            // Of BOS's value comes through what is BOS's share: all of it but for what the others take.
            double own = atBos - Math.abs(shared) * (1 - others);
            value.output().terms().forEach((d, c) -> {
                written.computeIfPresent(d, (k, b) -> b.plus(blur(c * (blur + own + Math.abs(shared))), 0));
                ofBos.merge(d, c * shared, Double::sum);
            });
        }
        return new BoundedHead(sharp.leak(), written, sharp.familyShare(), ofBos);
    }

    private static Bound blur(double size) {
        return new Bound(0, 0, Math.abs(size), BinaryGrid.NONE);
    }

    /**
     * Bounds what is written: {@code count} values add up, each wrong by its own error, by {@code unselected} of the greatest magnitude
     * and by {@code relative} of its own.
     *
     * @param uneven by how much the selected keys' scores can be off. As weights add up to one, only what the values differ by counts: a
     *     mean of equal values is right whatever the weights.
     */
    private BoundedHead write(double leak, double count, double unselected, double relative, double uneven) {
        double moved = moved(uneven);
        List<LinearForm> forms = head.values().stream().map(ValueTerm::value).toList();
        VectorBound all = stream.vector(forms);
        List<FormBound> each = forms.stream().map(stream::form).toList();
        double totalError = count * (all.totalError() + (unselected + relative + 2 * moved) * all.sum());
        var bottoms = new HashMap<Direction, Double>();
        var tops = new HashMap<Direction, Double>();
        var error = new LinkedHashMap<Direction, Double>();
        var largest = new HashMap<Direction, Double>();
        var writers = new HashMap<Direction, Integer>();
        var size = new HashMap<Direction, Double>();
        var grids = new HashMap<Direction, Double>();
        var familyWeight = new HashMap<Feature, Double>();
        for (int t = 0; t < each.size(); t++) {
            FormBound value = each.get(t);
            double off = count
                    * (value.error()
                            + (unselected + relative) * value.magnitude()
                            + moved * (value.high() - value.low()));
            double bottom = Math.min(0, count * value.low());
            double top = Math.max(0, count * value.high());
            double grid = isMixed() ? BinaryGrid.NONE : value.grid();
            var inFamily = new HashMap<Feature, Double>();
            for (Map.Entry<Direction, Double> out :
                    head.values().get(t).output().terms().entrySet()) {
                Direction d = out.getKey();
                double c = out.getValue();
                grids.merge(d, stream.isExact(c) ? BinaryGrid.of(c) * grid : BinaryGrid.NONE, Math::min);
                bottoms.merge(d, Math.min(c * bottom, c * top), Double::sum);
                tops.merge(d, Math.max(c * bottom, c * top), Double::sum);
                error.merge(d, Math.abs(c) * off, Double::sum);
                largest.merge(d, Math.abs(c), Math::max);
                writers.merge(d, 1, Integer::sum);
                size.merge(d, Math.abs(c) * Math.max(-bottom, top), Double::sum);
                if (d.value().isPresent()) {
                    inFamily.merge(d.feature(), Math.abs(c), Double::sum);
                }
            }
            inFamily.forEach((name, weight) -> familyWeight.merge(name, weight, Math::max));
        }
        var written = new LinkedHashMap<Direction, Bound>();
        error.forEach((d, sum) -> {
            double weight = largest.getOrDefault(d, 0.0);
            double magnitude = Math.min(size.getOrDefault(d, 0.0), weight * count * all.sum());
            boolean copied = weight == 1 && (all.terms() <= 1 || writers.getOrDefault(d, 0) == 1);
            double grid = grids.getOrDefault(d, BinaryGrid.NONE);
            boolean kept = copied || BinaryGrid.keeps(grid, magnitude, sum, u);
            int writing = writers.getOrDefault(d, 0);
            int together = Math.min(all.terms(), writing);
            // Values that hold noise alone round what they are added to, by no more than they are.
            double strays = Math.min(sum, 2 * u * (writing - together) * magnitude);
            double rounding = kept ? 0 : u * (together + 3) * magnitude + strays;
            double low = bottoms.getOrDefault(d, 0.0);
            double high = tops.getOrDefault(d, 0.0);
            double most = Math.min(sum, weight * totalError) + rounding;
            FormBound only = each.get(0);
            if (each.size() == 1 && only.low() >= 0 && (only.low() > 0 || only.error() == 0)) {
                // No value is greater than their sum, nor is any partial sum.
                double own = only.error() == 0 ? 0 : only.error() / only.low();
                double base = weight * count * unselected * only.high();
                written.put(
                        d,
                        new Bound(low, high, most, grid)
                                .near(0, base, relative + expm1(2 * uneven) + own + (keys + 4) * u));
            } else if (each.size() == 1 && only.low() >= 0 && only.isBestKnownAtZero()) {
                // The same of numbers whose errors are relative to themselves, but for a part that all have.
                double own = only.single().relative() + (only.single().exact() ? 0 : 4 * u);
                double factor = own + relative + expm1(2 * uneven) + (keys + 4) * u;
                double base = weight
                        * count
                        * (unselected * only.high() + only.single().base() * (1 + factor));
                written.put(d, new Bound(low, high, most, grid).near(0, base, factor * (1 + factor)));
            } else {
                written.put(d, new Bound(low, high, most, grid));
            }
        });
        var shares = new HashMap<Feature, Double>();
        familyWeight.forEach((name, weight) -> shares.put(name, weight * totalError));
        return new BoundedHead(leak, written, shares, Map.of());
    }

    /** Bound on {@code tanh(S/2)}. */
    private static double moved(double off) {
        return Math.min(1, off / 2);
    }

    /**
     * {@code e^x - 1} of an x that is not negative, without cancellation, with the same bits on every machine: what rounding does to e^x, the
     * logarithm sees too.
     */
    static double expm1(double x) {
        double power = StrictMath.exp(x);
        if (power == 1) {
            return x;
        }
        return Double.isInfinite(power) ? power : (power - 1) * x / StrictMath.log(power);
    }
}
