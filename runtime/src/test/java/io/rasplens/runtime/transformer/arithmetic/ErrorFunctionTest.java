package io.rasplens.runtime.transformer.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
    private static final double RELATIVE = 3e-15;

    /** x, erf x, erfc x: computed with mpmath 1.3 at 60 digits for the float64 nearest to x. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    1e-300, 1.1283791670955126022e-300, 1.0
                    1e-08, 1.1283791670955125599e-8, 0.99999998871620832904
                    0.1, 0.1124629160182848984, 0.8875370839817151016
                    0.3, 0.32862675945912741619, 0.67137324054087258381
                    0.5, 0.52049987781304653768, 0.47950012218695346232
                    0.7, 0.67780119383741844228, 0.32219880616258155772
                    0.9, 0.79690821242283213966, 0.20309178757716786034
                    1.0, 0.84270079294971486934, 0.15729920705028513066
                    1.25, 0.92290012825645823014, 0.077099871743541769863
                    1.5, 0.96610514647531072707, 0.033894853524689272933
                    1.9, 0.99279042923525746724, 0.0072095707647425327628
                    2.0, 0.99532226501895273416, 0.0046777349810472658379
                    2.2, 0.99813715370201811014, 0.0018628462979818898586
                    2.4, 0.99931148610335492111, 0.00068851389664507888555
                    2.499999, 0.99959304580426536468, 0.00040695419573463531568
                    2.5, 0.99959304798255504106, 0.00040695201744495893956
                    2.500001, 0.99959305016083382602, 0.00040694983916617398461
                    2.7, 0.99986566726005947581, 0.00013433273994052419237
                    3.0, 0.99997790950300141456, 0.000022090496998585441373
                    3.5, 0.99999925690162765859, 7.4309837234141274552e-7
                    4.0, 0.99999998458274209972, 1.5417257900280018852e-8
                    5.0, 0.99999999999846254021, 1.5374597944280348502e-12
                    5.9, 0.9999999999999999281, 7.1904097835504777249e-17
                    8.0, 1.0, 1.122429717298292708e-29
                    12.0, 1.0, 1.3562611692059042128e-64
                    20.0, 1.0, 5.3958656116079009289e-176
                    26.0, 1.0, 5.6631924088561428465e-296
                    """)
    void agreesWithFiguresOfManyDigits(double x, double erf, double erfc) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(erf, within(erf * RELATIVE));
        assertThat(ErrorFunction.erfc(x)).isCloseTo(erfc, within(erfc * RELATIVE));
        assertThat(ErrorFunction.erf(-x)).isEqualTo(-ErrorFunction.erf(x));
        assertThat(ErrorFunction.erfc(-x)).isCloseTo(1 + erf, within(RELATIVE));
    }

    @Test
    void theEndsAreExact() {
        assertThat(ErrorFunction.erf(0)).isEqualTo(0.0);
        assertThat(ErrorFunction.erfc(0)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.MIN_VALUE)).isPositive();
        assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isZero();
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
        assertThat(ErrorFunction.erfc(1e300)).isZero();
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
    }

    @Test
    void erfNeverFalls() {
        double before = -1;
        for (int i = -7000; i <= 7000; i++) {
            double value = ErrorFunction.erf(i / 1000.0);
            assertThat(value).isBetween(before, 1.0);
            before = value;
        }
    }
}
