package io.rasplens.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.grammar.source.SourceFile;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is left until somebody asks. */
class LaterTest {
    private static final ImmutableList<ResidualLabel> LABELS =
            ImmutableList.of(new ResidualLabel("one", Optional.empty()));

    @Test
    void aDescriptionIsWorkedOutOnceAndNotBefore() {
        var asked = new AtomicInteger();
        ModelDescription given = ModelDescription.of(LABELS, ImmutableList.of(), Provenance.UNKNOWN);

        ModelDescription later = ModelDescription.later(() -> {
            asked.incrementAndGet();
            return given;
        });

        assertThat(asked).hasValue(0);
        assertThat(later.labels()).isEqualTo(LABELS);
        assertThat(later.readouts()).isEmpty();
        assertThat(later.provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(asked).hasValue(1);
        assertThat(later).isEqualTo(given).hasSameHashCodeAs(given).hasToString(given.toString());
        assertThat(later.isGiven()).isFalse();
        assertThat(given.isGiven()).isTrue();
    }

    @Test
    void aCertificateFindsOutOnceWhatAModelBears() {
        var asked = new AtomicInteger();
        var robustness = new Certificate.Robustness(1e-5, 1e-3, Optional.of("x"), 2, true);
        Certificate certificate = Certificate.of(0.125, 0.25, 1e-13, 0, () -> {
                    asked.incrementAndGet();
                    return robustness;
                })
                .withLargestWeight(100);

        assertThat(certificate.attentionLeak()).isEqualTo(0.125);
        assertThat(certificate.thresholdMargin()).isEqualTo(0.25);
        assertThat(certificate.numericError()).isEqualTo(1e-13);
        assertThat(certificate.largestWeight()).isEqualTo(100);
        assertThat(asked).hasValue(0);
        assertThat(certificate.tolerance()).isEqualTo(1e-3);
        assertThat(certificate.toleranceLimitedBy()).contains("x");
        assertThat(certificate.movement()).isEqualTo(2);
        assertThat(certificate.numericError32()).isEqualTo(1e-5);
        assertThat(certificate.exactInFloat32()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void certificatesDifferInEachOfTheirNumbers() {
        var robustness = new Certificate.Robustness(1e-5, 1e-3, Optional.of("x"), 2, true);
        Certificate one = Certificate.of(1, 2, 3, 4, () -> robustness);

        assertThat(one)
                .isEqualTo(Certificate.of(1, 2, 3, 4, () -> robustness))
                .hasSameHashCodeAs(Certificate.of(1, 2, 3, 4, () -> robustness))
                .isNotEqualTo(Certificate.of(0, 2, 3, 4, () -> robustness))
                .isNotEqualTo(Certificate.of(1, 0, 3, 4, () -> robustness))
                .isNotEqualTo(Certificate.of(1, 2, 0, 4, () -> robustness))
                .isNotEqualTo(Certificate.of(1, 2, 3, 0, () -> robustness))
                .isNotEqualTo(Certificate.of(
                        1, 2, 3, 4, () -> new Certificate.Robustness(1e-5, 1e-3, Optional.empty(), 2, true)));
        assertThat(one.toString()).contains("thresholdMargin=2.0", "tolerance=0.001");
    }

    /** Nothing of it recurses as deep as a program nests, so that any thread may ask. */
    @Test
    void aSmallStackIsEnoughToAskOfALongChain() throws InterruptedException {
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of(
                                "chain.rasp",
                                "x = selector_width(select(tokens, tokens, ==)); for i in range(20000) { x = (x + indices) if x"
                                        + " < 5 else (x - 3); }"),
                        CompileOptions.forVocabulary(1, 2).maxLength(3))
                .orThrow();
        var asked = new Object() {
            int labels;
            double tolerance = -1;
        };

        var thread = new Thread(
                null,
                () -> {
                    asked.labels = model.labels().size();
                    asked.tolerance = model.certificate().orElseThrow().tolerance();
                },
                "asking",
                1 << 18);
        thread.start();
        thread.join();

        assertThat(asked.labels).isEqualTo(model.config().dModel());
        assertThat(asked.tolerance).isNotNegative();
    }
}
