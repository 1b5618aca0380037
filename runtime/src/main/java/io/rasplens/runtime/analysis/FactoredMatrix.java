package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.WeightMatrix;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A matrix kept as a product left · right of a tall and a wide one, {@code [rows, inner] · [inner, columns]}, as every circuit of
 * an attention head is: the product of size dModel² is made only when asked for, and what can be had from the small inner side
 * is computed there. Immutable.
 */
public final class FactoredMatrix {
    private final DMatrixRMaj left;
    private final DMatrixRMaj right;

    private FactoredMatrix(DMatrixRMaj left, DMatrixRMaj right) {
        this.left = left;
        this.right = right;
    }

    /** Copies two dense factors; not modified. */
    public static FactoredMatrix of(DMatrixRMaj left, DMatrixRMaj right) {
        if (left.getNumCols() != right.getNumRows()) {
            throw new IllegalArgumentException("factors of inner sizes " + left.getNumCols() + " and "
                    + right.getNumRows() + " can't be multiplied");
        }
        return new FactoredMatrix(left.copy(), right.copy());
    }

    public static FactoredMatrix of(WeightMatrix left, WeightMatrix right) {
        return of(left.toDense(), right.toDense());
    }

    /**
     * How much the residual stream at a query attends to that at a key: scores · scale = q · QK · kᵀ, W_Q · W_Kᵀ,
     * {@code [dModel, dModel]}. Biases stand apart.
     */
    public static FactoredMatrix qk(HeadWeights head) {
        return of(head.wQ().toDense(), CommonOps_DDRM.transpose(head.wK().toDense(), null));
    }

    /** What is written at the query for what stands at the attended key: W_V · W_O, {@code [dModel, dModel]}. */
    public static FactoredMatrix ov(HeadWeights head) {
        return of(head.wV(), head.wO());
    }

    public int rows() {
        return left.getNumRows();
    }

    public int columns() {
        return right.getNumCols();
    }

    /** Size between the factors, an upper bound of the rank. */
    public int inner() {
        return left.getNumCols();
    }

    public double get(int row, int column) {
        double sum = 0;
        for (int i = 0; i < inner(); i++) {
            sum += left.get(row, i) * right.get(i, column);
        }
        return sum;
    }

    /** The product itself, {@code [rows, columns]}. */
    public DMatrixRMaj product() {
        return CommonOps_DDRM.mult(left, right, null);
    }

    public FactoredMatrix transpose() {
        return new FactoredMatrix(CommonOps_DDRM.transpose(right, null), CommonOps_DDRM.transpose(left, null));
    }

    /** This matrix, then the other: this · other, the inner side the smaller of the two. */
    public FactoredMatrix times(FactoredMatrix other) {
        if (columns() != other.rows()) {
            throw new IllegalArgumentException(
                    columns() + " columns can't be multiplied with " + other.rows() + " rows");
        }
        DMatrixRMaj middle = CommonOps_DDRM.mult(right, other.left, null);
        return inner() <= other.inner()
                ? new FactoredMatrix(left, CommonOps_DDRM.mult(middle, other.right, null))
                : new FactoredMatrix(CommonOps_DDRM.mult(left, middle, null), other.right);
    }

    /** The root of the sum of squares of all entries. */
    public double norm() {
        return inner() == 0 ? 0 : NormOps_DDRM.normF(core().matrix);
    }

    /**
     * How much of what one matrix writes the next one reads: ‖this · next‖ / (‖this‖ · ‖next‖), between 0 and 1 (Elhage et al.
     * 2021). 0 where one of them is zero, as for a head that does nothing.
     */
    public double composition(FactoredMatrix next) {
        double norms = norm() * next.norm();
        return norms == 0 ? 0 : times(next).norm() / norms;
    }

    /** One term of a singular value decomposition: value · left · rightᵀ. */
    public record SingularTerm(double value, ImmutableDoubleArray left, ImmutableDoubleArray right) {}

    /** The singular value decomposition, greatest value first; as many terms as the inner size (or a side, if smaller). */
    public ImmutableList<SingularTerm> components() {
        if (inner() == 0) {
            return ImmutableList.of();
        }
        Core core = core();
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(true, true, true);
        if (!svd.decompose(core.matrix.copy())) {
            throw new ArithmeticException("the singular values do not converge");
        }
        DMatrixRMaj u = CommonOps_DDRM.mult(core.leftBasis, svd.getU(null, false), null);
        DMatrixRMaj v = CommonOps_DDRM.mult(core.rightBasis, svd.getV(null, false), null);
        double[] values = svd.getSingularValues();
        return IntStream.range(0, svd.numberOfSingularValues())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> values[i]).reversed())
                .map(i -> new SingularTerm(values[i], column(u, i), column(v, i)))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * The eigenvalues that are not zero for sure, of a square matrix: those of right · left, the greatest in magnitude first. A
     * copying OV circuit has positive ones.
     */
    public ImmutableList<Complex_F64> eigenvalues() {
        if (rows() != columns()) {
            throw new IllegalArgumentException("a " + rows() + " by " + columns() + " matrix has no eigenvalues");
        }
        if (inner() == 0) {
            return ImmutableList.of();
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(inner(), false);
        if (!eigen.decompose(CommonOps_DDRM.mult(right, left, null))) {
            throw new ArithmeticException("the eigenvalues do not converge");
        }
        return IntStream.range(0, eigen.getNumberOfEigenvalues())
                .mapToObj(eigen::getEigenvalue)
                .sorted(Comparator.comparingDouble(Complex_F64::getMagnitude).reversed())
                .collect(ImmutableList.toImmutableList());
    }

    /** left = leftBasis · L and rightᵀ = rightBasis · R with orthonormal bases; the small matrix is L · Rᵀ. */
    private record Core(DMatrixRMaj leftBasis, DMatrixRMaj matrix, DMatrixRMaj rightBasis) {}

    private Core core() {
        QRDecomposition<DMatrixRMaj> ofLeft = qr(left);
        QRDecomposition<DMatrixRMaj> ofRight = qr(CommonOps_DDRM.transpose(right, null));
        DMatrixRMaj small = CommonOps_DDRM.multTransB(ofLeft.getR(null, true), ofRight.getR(null, true), null);
        return new Core(ofLeft.getQ(null, true), small, ofRight.getQ(null, true));
    }

    private static QRDecomposition<DMatrixRMaj> qr(DMatrixRMaj matrix) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.getNumRows(), matrix.getNumCols());
        // "False" says that a column depends on those before it, as all do in an empty head; the factors are good all
        // the same.
        qr.decompose(matrix.copy());
        return qr;
    }

    private static ImmutableDoubleArray column(DMatrixRMaj matrix, int column) {
        double[] values = new double[matrix.getNumRows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(i, column);
        }
        return ImmutableDoubleArray.copyOf(values);
    }
}
