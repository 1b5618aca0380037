package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreScale;
import io.rasplens.compiler.circuit.ScoreTerm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What noise does to a head's scores: {@code Σ q̂ k̂ = Σ q k + e}, {@code |e| ≤ Σ|q| e_k + Σ|k| e_q + Σ e_q e_k +} roundings.
 *
 * <p>Scores of ints are not rounded until they are divided, and there equal ones alike; see {@link ScoreScale}.
 */
final class BoundScores {
    /** Numbers times a factor of that many digits need as much more room. */
    private static final double FACTOR = 1 << ScoreScale.DIGITS;

    private final StreamBounds stream;
    private final Head head;
    private final double u;
    private final List<ScoreTerm> ofBos = new ArrayList<>();
    private final Collection<List<ScoreTerm>> groups;
    private double noise;
    private double rounding;
    private double unlike;
    private double sizes;

    BoundScores(StreamBounds stream, Head head) {
        this.stream = stream;
        this.head = head;
        this.u = stream.unit();
        this.groups = grouped();
    }

    /** The terms but for BOS's, those together that read the same one-hots. */
    private Collection<List<ScoreTerm>> grouped() {
        var byFamilies = new LinkedHashMap<Object, List<ScoreTerm>>();
        for (ScoreTerm term : head.terms()) {
            if (term.key().terms().containsKey(Direction.BOS)) {
                ofBos.add(term);
                continue;
            }
            var query = StreamBounds.families(term.query());
            var key = StreamBounds.families(term.key());
            Object group = query.isEmpty() && key.isEmpty() ? term : List.of(query, key);
            byFamilies.computeIfAbsent(group, g -> new ArrayList<>()).add(term);
        }
        return byFamilies.values();
    }

    ScoreError error() {
        groups.forEach(this::add);
        boolean kept = isKept();
        double summing = kept || groups.size() <= 1 ? 0 : (groups.size() + 2) * u * sizes;
        // Sums of different parts round alike only while the parts are alike, which single groups are.
        boolean alike = groups.size() <= 2 && noise == 0 && unlike == 0;
        double selected = kept ? noise : noise + unlike + (alike ? 0 : summing);
        double edited = bosAmongKeys();
        double total = noise + edited + (kept ? 2 * u * sizes : rounding + summing) + bos(kept);
        // A sum head's factor is made from its scores as float64 rounds them; float32 has to do with what comes.
        boolean uncalibrated = head.kind() instanceof HeadKind.Sum && u > Roundoff.FLOAT64;
        double worst = 1 + ScoreScale.EXCESS;
        return new ScoreError(worst * total, worst * (uncalibrated ? total : selected + edited));
    }

    private void add(List<ScoreTerm> terms) {
        VectorBound q = stream.vector(terms.stream().map(ScoreTerm::query).toList());
        VectorBound k = stream.vector(terms.stream().map(ScoreTerm::key).toList());
        double size = Math.min(q.sum() * k.most(), q.most() * k.sum());
        int count = Math.min(q.terms(), k.terms());
        double own = Math.min(q.sum() * k.error(), q.most() * k.totalError())
                + Math.min(k.sum() * q.error(), k.most() * q.totalError())
                + Math.min(q.totalError() * k.error(), q.error() * k.totalError());
        // Products that hold noise alone round what they are added to, by no more than they are.
        double strays = Math.min(own, 2 * u * (terms.size() - count) * size);
        double rounded = (count + 6) * u * size + strays;
        sizes += size;
        noise += own;
        rounding += rounded;
        unlike += count <= 1 && q.exact() && k.exact() ? 0 : rounded;
    }

    /** BOS's score is a constant: weight, product, scaling and unscaling round; where no digit is lost, the last alone. */
    private double bos(boolean kept) {
        double off = 0;
        for (ScoreTerm term : ofBos) {
            FormBound query = stream.form(term.query());
            off += (kept ? 2 : 5) * u * query.size() + query.error();
        }
        return off;
    }

    /**
     * What an edit of the coordinate {@code bos} adds to the scores of other keys. Only BOS itself asks with its own weight, by which it is
     * as far above them.
     */
    private double bosAmongKeys() {
        double error = stream.bound(Direction.BOS).error();
        double off = 0;
        for (ScoreTerm term : ofBos) {
            double itself = term.query().terms().getOrDefault(Direction.BOS, 0.0);
            FormBound query = stream.form(term.query().minus(LinearForm.of(Direction.BOS, itself)));
            off += error * (query.magnitude() + stream.form(term.query()).error());
        }
        return off;
    }

    /** Whether all products and sums come out to the last bit before they are divided. */
    private boolean isKept() {
        double grid = BinaryGrid.ANY;
        for (ScoreTerm term : head.terms()) {
            FormBound query = stream.form(term.query());
            FormBound key = stream.form(term.key());
            if (!key.kept() || !isKept(term.query(), query)) {
                return false;
            }
            grid = Math.min(grid, query.grid() * key.grid());
        }
        return BinaryGrid.keeps(grid, FACTOR * sizes, FACTOR * noise, u);
    }

    private boolean isKept(LinearForm query, FormBound bound) {
        return query.terms().values().stream().allMatch(c -> Math.abs(c) * FACTOR <= BinaryGrid.of(c) / u)
                && BinaryGrid.keeps(bound.grid(), FACTOR * bound.size(), FACTOR * bound.noise(), u);
    }
}
