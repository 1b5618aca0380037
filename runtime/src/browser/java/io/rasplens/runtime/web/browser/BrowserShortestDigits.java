package io.rasplens.runtime.web.browser;

import java.math.BigDecimal;
import org.teavm.jso.JSBody;

/** The shortest decimal that reads back as a double, as JavaScript prints it. Stands in for {@code grammar.platform.ShortestDigits}. */
public final class BrowserShortestDigits {
    private BrowserShortestDigits() {}

    public static BigDecimal of(double value) {
        return new BigDecimal(text(value));
    }

    @JSBody(params = "value", script = "return String(value);")
    private static native String text(double value);
}
