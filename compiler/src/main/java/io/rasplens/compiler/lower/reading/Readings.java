package io.rasplens.compiler.lower.reading;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/**
 * The s-ops of a program as they can be read from the residual stream. Asking for one makes it readable: what it is computed from is
 * written first, once, however often it is asked for.
 */
public interface Readings {

    /** The s-op as a number; bools count as 0 and 1. */
    Signal number(SOp sop);

    /** The s-op as one direction per value. */
    OneHot oneHot(SOp sop);

    /** {@code (x - centre)²} of a numeric s-op x whose values are listed. */
    Signal square(SOp sop, double centre);

    /** Where a number that can't be listed stands among others, ascending; nothing where there is no room for steps. */
    Optional<Stepped> among(SOp number, ImmutableDoubleArray others);

    /** One direction per place that {@link #among} tells. */
    OneHot places(Stepped among);

    /** True if {@link #oneHot} needs no hidden units beyond those of the attention steps it reads. */
    boolean isOneHotFree(SOp sop);

    /** True if {@link #number} needs no hidden unit of its own. */
    boolean isNumberFree(SOp sop);

    /** True if what is needed takes no hidden units of its own. */
    default boolean isFree(Need need) {
        return need.form() == Need.Form.NUMBER ? isNumberFree(need.sop()) : isOneHotFree(need.sop());
    }

    /** True if the s-op stands in the stream already. */
    boolean isMade(SOp sop);
}
