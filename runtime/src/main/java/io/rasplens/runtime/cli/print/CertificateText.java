package io.rasplens.runtime.cli.print;

import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import java.util.Locale;

/** What the compiler promises of a model's numbers, in words. */
public final class CertificateText {
    private CertificateText() {}

    /**
     * Lines of text; nothing for a model that carries no certificate.
     *
     * @param fromFile whether the certificate was read with the model, and anybody may have written it
     * @param everywhere whether the program has an answer on every input, as far as is known
     */
    public static String of(CompiledModel model, boolean fromFile, boolean everywhere) {
        String inputs = everywhere ? "for every input" : "for every input on which the program has an answer";
        return model.certificate()
                .map(c -> (fromFile
                                ? inputs + ", as the file says; 'rasp verify' checks it\n"
                                : "certified " + inputs + "\n")
                        + bounds(c))
                .orElse("");
    }

    /** The promises alone, a line each. */
    public static String bounds(Certificate certificate) {
        return line("attention leaked to wrong keys", "at most", certificate.attentionLeak())
                + line("distance from any threshold", "at least", certificate.thresholdMargin())
                + line("error of any number", "at most", certificate.numericError())
                + line("the same in float32", "at most", certificate.numericError32())
                + line("edits that change no answer", "up to", certificate.tolerance())
                + certificate
                        .toleranceLimitedBy()
                        .map(sop -> text("  limited by", sop))
                        .orElse("")
                + (certificate.movement() > 0
                        ? line("an edit moves the answer", "at most", certificate.movement())
                        : "")
                + line("largest weight", "", certificate.largestWeight())
                + text("answers in float32", certificate.exactInFloat32() ? "the same" : "not certain to be the same");
    }

    private static String line(String what, String side, double bound) {
        String number = Double.isInfinite(bound)
                ? (side.equals("at most") ? "not bounded: noise may pass a threshold" : "there is none")
                : side + " " + String.format(Locale.ROOT, "%.2g", bound);
        return text(what, number);
    }

    private static String text(String what, String value) {
        return String.format(Locale.ROOT, "  %-32s%s\n", what, value);
    }
}
