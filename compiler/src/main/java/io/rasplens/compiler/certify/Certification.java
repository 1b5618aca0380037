package io.rasplens.compiler.certify;

import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.model.Certificate;
import java.util.Optional;

/**
 * What is certain of a transformer in one arithmetic.
 *
 * @param attentionLeak the most weight that keys not meant to be seen get together in any head
 * @param thresholdMargin the least distance of any number from a threshold it is compared with, errors taken off; the decoder's
 *     thresholds included
 * @param numericError the most that a number which is an s-op's value is wrong by, the output included; infinite where noise
 *     passes a threshold
 * @param weakness the first part that can't do what it is for
 */
public record Certification(
        double attentionLeak, double thresholdMargin, double numericError, Optional<Weakness> weakness) {

    /** The same of coarser arithmetic, and of edits. */
    static Certificate.Robustness robustness(Certification float32, Tolerance tolerance) {
        return new Certificate.Robustness(
                float32.numericError,
                tolerance.edit(),
                tolerance.limitedBy().map(PartOrigin::sop),
                tolerance.movement(),
                float32.weakness.isEmpty());
    }
}
