package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.Figures;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows errors from the embedding to the logits, at all inputs at once.
 *
 * <p>What is promised holds for sums taken in the order of the weights' indices and an {@code exp} right to two ulps, which is
 * how the engine computes.
 */
public final class CertifyCircuit {
    private final Circuit circuit;
    private final double rounding;
    private final Edits edits;
    private final StreamBounds stream;
    private double leak;
    private double margin = Double.POSITIVE_INFINITY;
    private double numericError;
    private double outputError;
    private double strain;
    private @Nullable Weakness weakness;

    private CertifyCircuit(Circuit circuit, double rounding, StreamBounds embedded, Edits edits) {
        this.circuit = circuit;
        this.edits = edits;
        this.rounding = rounding;
        this.stream = embedded;
    }

    /**
     * Bounds for all inputs.
     *
     * @param rounding what the output is off by in the program itself, from what its formula says
     * @param unit the unit roundoff of weights and arithmetic
     */
    public static Certification certify(Circuit circuit, double rounding, double unit) {
        return new CertifyCircuit(circuit, rounding, StreamBounds.embedded(circuit, unit), Edits.NONE).run();
    }

    /**
     * Bounds for all inputs in float64, of activations that are edited.
     *
     * @param embedded what the embedding writes; it is left as it is
     */
    static CertifyCircuit of(Circuit circuit, StreamBounds embedded, Edits edits) {
        var certify = new CertifyCircuit(circuit, 0, embedded.copy(), edits);
        certify.run();
        return certify;
    }

    /** What stands in the stream at its end. */
    ImmutableMap<Direction, Double> ranges() {
        return stream.ranges();
    }

    Optional<Weakness> weakness() {
        return Optional.ofNullable(weakness);
    }

    /** Of an output that is a number which is not looked up in a list; else 0. */
    double outputError() {
        return outputError;
    }

    /**
     * How much of what errors may come to they do come to, where that is most: from about 1 on the answer is not certain. After a weakness
     * it is known up to there.
     */
    double strain() {
        return strain;
    }

    private Certification run() {
        stream.edit(edits);
        readouts(Stage.EMBEDDING);
        for (int b = 0; b < circuit.blocks().size() && !isDecided(); b++) {
            Interrupted.check();
            attention(b, circuit.blocks().get(b));
            stream.edit(edits);
            readouts(Stage.afterAttention(b));
            hiddenUnits(circuit.blocks().get(b));
            // What a block leaves and what the next one finds are two hook points.
            stream.edit(edits);
            stream.edit(edits);
            readouts(Stage.afterMlp(b));
        }
        decode(circuit.logits(), circuit.decoder(), true);
        double error = weakness == null ? numericError : Double.POSITIVE_INFINITY;
        return new Certification(leak, margin, error, Optional.ofNullable(weakness));
    }

    /** Of edits it is asked whether they get through anywhere, and the first place says so. */
    private boolean isDecided() {
        return weakness != null && edits.size() > 0;
    }

    private void attention(int number, Block block) {
        List<BoundHead.BoundedHead> results = block.heads().stream()
                .map(head -> new BoundHead(stream, head, circuit.positions().size() + 1).bound())
                .toList();
        for (int h = 0; h < results.size(); h++) {
            BoundHead.BoundedHead result = results.get(h);
            leak = Math.max(leak, result.leak());
            write(result.written(), result.familyShare());
            result.ofBos().forEach((direction, size) -> stream.share(direction, number, size));
            if (isPromised()
                    && result.leak() > Precision.PROMISED
                    && !(block.heads().get(h).kind() instanceof HeadKind.Count)) {
                Head head = block.heads().get(h);
                weak(
                        Optional.of(head.origin()),
                        false,
                        () -> String.format(
                                Locale.ROOT,
                                "can't tell the keys apart that it reads: up to %s of it comes from others, and the"
                                        + " limit is %s",
                                Figures.scientific(result.leak()),
                                Figures.scientific(Precision.PROMISED)));
            }
        }
    }

    private void hiddenUnits(Block block) {
        List<BoundUnits> results = units(block);
        for (int g = 0; g < results.size(); g++) {
            BoundUnits units = results.get(g);
            UnitGroup group = block.groups().get(g);
            margin = Math.min(margin, units.margin());
            strain = Math.max(strain, units.strain());
            write(units.written(), Map.of());
            if (units.slack() <= 0) {
                weak(
                        Optional.of(group.origin()),
                        false,
                        () -> String.format(
                                Locale.ROOT,
                                "has to tell numbers apart that are closer together than their error of %s",
                                Figures.scientific(units.noise())));
            }
        }
    }

    /**
     * Bounds of all groups, first each by itself, then those that add to the same directions with what the others have added. What is
     * rounded then is noise to the others, so that they are bounded again.
     */
    private List<BoundUnits> units(Block block) {
        List<BoundUnits> alone = block.groups().stream()
                .map(group -> BoundUnits.of(group, stream, Map.of()))
                .toList();
        return besideOthers(block, besideOthers(block, alone));
    }

    private List<BoundUnits> besideOthers(Block block, List<BoundUnits> all) {
        var writers = new HashMap<Direction, List<Integer>>();
        for (int g = 0; g < all.size(); g++) {
            for (Direction d : all.get(g).written().keySet()) {
                writers.computeIfAbsent(d, n -> new ArrayList<>()).add(g);
            }
        }
        List<Map<Direction, Before>> others = new ArrayList<>();
        all.forEach(units -> others.add(new HashMap<>()));
        writers.forEach((direction, groups) -> before(direction, groups, all, others));
        var together = new ArrayList<BoundUnits>();
        for (int g = 0; g < all.size(); g++) {
            BoundUnits same = all.get(g);
            together.add(
                    others.get(g).equals(same.others())
                            ? same
                            : BoundUnits.of(block.groups().get(g), stream, others.get(g)));
        }
        return together;
    }

    /** What all writers of a direction but one have added, for each of them: what is before it and what is behind it, together. */
    private void before(
            Direction direction, List<Integer> writers, List<BoundUnits> all, List<Map<Direction, Before>> others) {
        int count = writers.size();
        Before[] behind = new Before[count + 1];
        behind[count] = Before.NOTHING;
        for (int w = count - 1; w > 0; w--) {
            behind[w] = behind[w + 1].plus(written(all.get(writers.get(w)), direction), stream.unit());
        }
        Before before = Before.NOTHING;
        for (int w = 0; w < count; w++) {
            Before both = before.plus(behind[w + 1]);
            if (both.most() > 0) {
                others.get(writers.get(w)).put(direction, both);
            }
            before = before.plus(written(all.get(writers.get(w)), direction), stream.unit());
        }
    }

    private static Bound written(BoundUnits units, Direction direction) {
        return units.written().getOrDefault(direction, Bound.ZERO);
    }

    private void write(Map<Direction, Bound> written, Map<Feature, Double> familyShare) {
        var shares = new HashMap<>(familyShare);
        written.forEach((direction, bound) -> {
            // A share of the whole family is counted once; without one, errors add up.
            Double share = familyShare.containsKey(direction.feature()) ? shares.remove(direction.feature()) : null;
            double counted = familyShare.containsKey(direction.feature()) ? (share == null ? 0 : share) : bound.error();
            stream.write(direction, bound, counted);
        });
    }

    /** Of edits it is asked what they do to the answer alone. */
    private void readouts(Stage stage) {
        if (!edits.isNone()) {
            return;
        }
        for (Circuit.Readout readout : circuit.readouts()) {
            if (readout.stage().equals(stage)) {
                decode(readout.logits(), readout.decoder(), false);
            }
        }
    }

    private void decode(List<LinearForm> logits, OutputDecoder decoder, boolean output) {
        if (decoder instanceof OutputDecoder.Numerical numerical) {
            FormBound number = stream.form(logits.get(0));
            double own = output ? rounding : 0;
            numericError = Math.max(numericError, number.error() + own);
            outputError = output && numerical.values().isEmpty() ? number.error() : outputError;
            double room = room(numerical.values());
            double distance = room - number.error();
            strain = output ? Math.max(strain, number.error() / room) : strain;
            margin = Math.min(margin, distance);
            if (output && (distance <= 0 || (isPromised() && isTooMuch(number, numerical)))) {
                tooMuch(number, numerical, distance);
            }
        } else if (logits.size() > 1) {
            double worst = 0;
            for (LinearForm logit : logits) {
                worst = Math.max(worst, stream.form(logit).error());
            }
            margin = Math.min(margin, 0.5 - worst);
            strain = output ? Math.max(strain, worst / 0.5) : strain;
            if (output && worst >= 0.5) {
                double error = worst;
                weak(
                        Optional.empty(),
                        false,
                        () -> String.format(
                                Locale.ROOT,
                                "has values that can't be told apart: their marks have errors of up to %s, and the"
                                        + " limit is 0.5",
                                Figures.scientific(error)));
            }
        }
    }

    /** A number is too much off, the program's own rounding told where that is to blame. */
    private void tooMuch(FormBound number, OutputDecoder.Numerical decoder, double distance) {
        double limit = limit(number, decoder);
        boolean ofProgram = distance > 0 && rounding > limit;
        weak(
                Optional.empty(),
                ofProgram,
                () -> ofProgram
                        ? ofProgram(rounding, limit)
                        : wrongBy(number.error() + rounding, distance > 0 ? limit : distance + number.error()));
    }

    /**
     * Whether the transformer's error and the program's are more than is promised, together. A number out of a list is the listed one, to the
     * last digit, while errors do not reach half-way to the next; the program itself must then be as sure of it. An int is the nearest.
     */
    private boolean isTooMuch(FormBound number, OutputDecoder.Numerical decoder) {
        double error = !decoder.values().isEmpty() ? 0 : decoder.whole() ? number.error() : relative(number);
        return error + rounding > limit(number, decoder);
    }

    /** What the errors may come to. */
    private static double limit(FormBound number, OutputDecoder.Numerical decoder) {
        if (decoder.values().isEmpty()) {
            return decoder.whole() ? Precision.WHOLE : Precision.PROMISED;
        }
        return Precision.at(number.magnitude());
    }

    /**
     * The greatest error that the number x can have, over {@code max(1, |x|)}: what is promised is relative to the number itself, and not to
     * the greatest that it could be.
     */
    static double relative(FormBound number) {
        FormBound.Single single = number.single();
        double reading = number.error() - number.noise();
        // At 1 it is greatest: below, nothing is divided; beyond, everything but the relative part.
        double nearOne = reading + single.base() + single.relative() * (1 + Math.abs(single.shift()));
        return Math.min(number.error(), nearOne);
    }

    private static String wrongBy(double error, double limit) {
        return String.format(
                Locale.ROOT,
                "is a number with an error of up to %s, and the limit is %s",
                Figures.scientific(error),
                Figures.scientific(limit));
    }

    private static String ofProgram(double rounding, double limit) {
        return String.format(
                Locale.ROOT,
                "is rounded by up to %s as the program computes it, so that a transformer can't answer the same; the"
                        + " limit is %s",
                Figures.scientific(rounding),
                Figures.scientific(limit));
    }

    /**
     * How far a number may be off before another listed one is the nearest that is farther from it than an answer may be: up to half-way
     * between that one and its neighbour on the number's side.
     */
    private static double room(List<Value> values) {
        double[] numbers = values.stream().mapToDouble(Values::toDouble).toArray();
        double least = Double.POSITIVE_INFINITY;
        int low = 0;
        int high = numbers.length - 1;
        for (int i = 1; i < numbers.length; i++) {
            while (low < i && isFar(numbers[low], numbers[i])) {
                low++;
            }
            least = low == 0 ? least : Math.min(least, (numbers[i - 1] + numbers[i]) / 2 - numbers[low - 1]);
        }
        for (int i = numbers.length - 2; i >= 0; i--) {
            while (high > i && isFar(numbers[high], numbers[i])) {
                high--;
            }
            least = high == numbers.length - 1
                    ? least
                    : Math.min(least, numbers[high + 1] - (numbers[i + 1] + numbers[i]) / 2);
        }
        return least;
    }

    /** Whether one number can't be answered for another. */
    private static boolean isFar(double expected, double answered) {
        return Math.abs(expected - answered) > Precision.at(expected);
    }

    /** The promise is given for float64 and for a stream that nobody edits; the rest is told as it comes. */
    private boolean isPromised() {
        return stream.unit() <= Roundoff.FLOAT64 && edits.isNone();
    }

    /** The first weakness counts, and is worded where nothing is edited: of edits it is asked where they get through, and no more. */
    private void weak(Optional<PartOrigin> origin, boolean ofProgram, Supplier<String> reason) {
        if (weakness == null) {
            weakness = new Weakness(origin, edits.isNone() ? reason.get() : "", ofProgram);
        }
    }
}
