package io.rasplens.runtime.web.browser;

import org.teavm.jso.typedarrays.Float64Array;
import org.teavm.jso.typedarrays.Int32Array;

/** A double's bits by way of memory that is both. Stands in for {@code grammar.platform.DoubleHalves}. Browsers store the lower half first. */
public final class BrowserDoubleHalves {
    private static final Float64Array WHOLE = new Float64Array(1);
    private static final Int32Array HALVES = new Int32Array(WHOLE.getBuffer());

    private BrowserDoubleHalves() {}

    public static int high(double x) {
        WHOLE.set(0, x);
        return HALVES.get(1);
    }

    public static int low(double x) {
        WHOLE.set(0, x);
        return HALVES.get(0);
    }

    public static double of(int high, int low) {
        HALVES.set(0, low);
        HALVES.set(1, high);
        return WHOLE.get(0);
    }
}
