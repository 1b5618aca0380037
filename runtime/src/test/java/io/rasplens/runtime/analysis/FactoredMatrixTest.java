package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class FactoredMatrixTest {
    private final Random random = new Random(5);
    private final DMatrixRMaj tall = RandomMatrices_DDRM.rectangle(7, 3, random);
    private final DMatrixRMaj wide = RandomMatrices_DDRM.rectangle(3, 6, random);
    private final DMatrixRMaj product = CommonOps_DDRM.mult(tall, wide, null);
    private final FactoredMatrix matrix = FactoredMatrix.of(tall, wide);

    @Test
    void entriesAndNormAreTheProducts() {
        assertThat(MatrixFeatures_DDRM.isIdentical(matrix.product(), product, 1e-14))
                .isTrue();
        assertThat(matrix.get(4, 5)).isCloseTo(product.get(4, 5), within(1e-14));
        assertThat(matrix.norm()).isCloseTo(NormOps_DDRM.normF(product), within(1e-12));
        assertThat(matrix.transpose().get(5, 4)).isCloseTo(product.get(4, 5), within(1e-14));
    }

    @Test
    void productsOfProducts() {
        FactoredMatrix next = FactoredMatrix.of(
                RandomMatrices_DDRM.rectangle(6, 2, random), RandomMatrices_DDRM.rectangle(2, 7, random));

        FactoredMatrix both = matrix.times(next);

        assertThat(both.inner()).isEqualTo(2);
        assertThat(MatrixFeatures_DDRM.isIdentical(
                        both.product(), CommonOps_DDRM.mult(product, next.product(), null), 1e-12))
                .isTrue();
        assertThat(matrix.composition(next))
                .isCloseTo(
                        NormOps_DDRM.normF(both.product())
                                / (NormOps_DDRM.normF(product) * NormOps_DDRM.normF(next.product())),
                        within(1e-12))
                .isBetween(0.0, 1.0);
        assertThatThrownBy(() -> matrix.times(matrix)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void componentsAddUpToTheMatrixGreatestFirst() {
        var sum = new DMatrixRMaj(7, 6);
        double last = Double.POSITIVE_INFINITY;
        for (FactoredMatrix.SingularTerm c : matrix.components()) {
            assertThat(c.value()).isLessThanOrEqualTo(last);
            last = c.value();
            for (int i = 0; i < 7; i++) {
                for (int j = 0; j < 6; j++) {
                    sum.add(i, j, c.value() * c.left().get(i) * c.right().get(j));
                }
            }
        }

        assertThat(matrix.components()).hasSize(3);
        assertThat(MatrixFeatures_DDRM.isIdentical(sum, product, 1e-12)).isTrue();
    }

    @Test
    void eigenvaluesAddUpToTheTrace() {
        FactoredMatrix square = FactoredMatrix.of(tall, RandomMatrices_DDRM.rectangle(3, 7, random));

        double sum = square.eigenvalues().stream().mapToDouble(e -> e.real).sum();

        assertThat(sum).isCloseTo(CommonOps_DDRM.trace(square.product()), within(1e-12));
        assertThatThrownBy(matrix::eigenvalues).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyHeadComposesWithNothing() {
        FactoredMatrix nothing = FactoredMatrix.of(new DMatrixRMaj(6, 2), new DMatrixRMaj(2, 6));
        FactoredMatrix narrow = FactoredMatrix.of(new DMatrixRMaj(6, 0), new DMatrixRMaj(0, 6));

        assertThat(matrix.composition(nothing)).isZero();
        assertThat(matrix.composition(narrow)).isZero();
        assertThat(narrow.components()).isEmpty();
        assertThat(narrow.eigenvalues()).isEmpty();
        assertThat(narrow.get(1, 1)).isZero();
    }

    @Test
    void aHeadThatCopiesTokensHasPositiveEigenvaluesOnItsCopies() {
        HeadWeights head = ModelStore.load(Fixtures.model("reverse"))
                .orThrow()
                .weights()
                .layers()
                .get(3)
                .heads()
                .get(0);

        assertThat(FactoredMatrix.ov(head).rows()).isEqualTo(41);
        // tokens 1, 2, 3 and the specials are read (36 to 40), reverse 1, 2, 3 are written (16 to 18).
        for (int token = 0; token < 3; token++) {
            assertThat(FactoredMatrix.ov(head).get(36 + token, 16 + token)).isEqualTo(1);
        }
        assertThat(FactoredMatrix.ov(head).norm()).isCloseTo(Math.sqrt(3), within(1e-6));
        // The query wants opp = 2 (map_3 is at 5 to 14 for -5 to 4), the key is at indices 2.
        assertThat(FactoredMatrix.qk(head).get(5 + 5 + 2, 2)).isPositive();
        assertThat(FactoredMatrix.qk(head).get(5 + 5 + 2, 3)).isZero();
    }
}
