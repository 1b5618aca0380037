package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.NearNames;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the readout that a name means: {@code hist} its last binding, {@code hist@12} the one of line 12, {@code hist@12#2} the
 * second that line 12 made.
 */
public final class Readouts {
    private static final Pattern LINE = Pattern.compile("(.+)@(\\d{1,9})");

    private Readouts() {}

    /** What a name was looked up to. */
    public sealed interface Found {
        record One(SopReadout readout) implements Found {}

        /**
         * Nothing, or too much.
         *
         * @param message what is wrong, in one line
         * @param help the way out
         */
        record Refused(String message, String help) implements Found {}
    }

    /** To be read. */
    public static Found find(List<SopReadout> readouts, String wanted) {
        return find(readouts, wanted, "cannot be read from this model");
    }

    /**
     * For another end.
     *
     * @param refusal what is said of an s-op that the model does not hold: {@code cannot be set in this model}
     */
    public static Found find(List<SopReadout> readouts, String wanted, String refusal) {
        Optional<SopReadout> exact = readouts.stream()
                .filter(readout -> readout.sop().equals(wanted))
                .findFirst();
        if (exact.isPresent()) {
            return new Found.One(exact.get());
        }
        Matcher form = LINE.matcher(wanted);
        if (form.matches()) {
            int line = Integer.parseInt(form.group(2));
            ImmutableList<SopReadout> ofLine = readouts.stream()
                    .filter(readout -> readout.name().name().equals(form.group(1)))
                    .filter(readout -> readout.name().line().equals(java.util.OptionalInt.of(line)))
                    .collect(ImmutableList.toImmutableList());
            if (ofLine.size() == 1) {
                return new Found.One(ofLine.get(0));
            }
            if (ofLine.size() > 1) {
                return new Found.Refused(
                        "'" + wanted + "' may be any of several s-ops", "say which one: " + names(ofLine.stream()));
            }
        }
        String name = form.matches() ? form.group(1) : wanted;
        ImmutableList<SopReadout> others = readouts.stream()
                .filter(readout -> readout.name().name().equals(name))
                .collect(ImmutableList.toImmutableList());
        String message = "the s-op '" + wanted + "' " + refusal;
        if (!others.isEmpty()) {
            return new Found.Refused(message, "the name has other bindings that it holds: " + names(others.stream()));
        }
        List<String> known = readouts.stream().map(SopReadout::sop).toList();
        return new Found.Refused(
                message,
                NearNames.question(wanted, known)
                        .orElse(
                                known.isEmpty()
                                        ? "the model does not say which s-ops it holds"
                                        : "it holds " + names(readouts.stream())));
    }

    private static String names(Stream<SopReadout> readouts) {
        return readouts.map(SopReadout::sop)
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
