package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms read in doubles, from numbers as wrong as they may be, are no further off than is said. */
class ReadingIsBoundedTest {
    /** Noise far below, about and far above the last digit. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0x1p-80, 0x1p-54, 0x1p-52, 0x1p-51, 0x1p-40, 0x1p-10})
    void oneHotsBesideNumbers(double noise) {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            var features = new Features();
            List<Direction> digit = ByHand.family(features, "digit", 1 + random.nextInt(6));
            Direction x = Direction.number(features.named("x"));
            var stream = new StreamBounds(Roundoff.FLOAT64);
            digit.forEach(d -> stream.write(d, ByHand.number(0, 1, noise), noise));
            boolean number = random.nextInt(3) == 0;
            if (number) {
                stream.write(x, ByHand.number(-3, 3, noise), 0);
            }
            LinearForm form = number ? LinearForm.of(x, random.nextInt(1, 4) / 7.0) : LinearForm.ZERO;
            for (Direction d : digit) {
                form = form.plus(LinearForm.of(d, (random.nextInt(21) - 10) / 10.0));
            }
            double bound = stream.form(form).error();
            for (int on = 0; on < digit.size(); on++) {
                double meant = number ? 6 * random.nextDouble() - 3 : 0;
                double read = 0;
                BigDecimal right = BigDecimal.ZERO;
                for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
                    double value =
                            term.getKey().equals(x) ? meant : term.getKey().equals(digit.get(on)) ? 1 : 0;
                    double held = wrong(value, noise, random);
                    read += term.getValue() * held;
                    right = right.add(new BigDecimal(term.getValue()).multiply(new BigDecimal(value)));
                }
                BigDecimal off = new BigDecimal(read).subtract(right).abs();
                assertThat(off).as("%s, %s", form, on).isLessThanOrEqualTo(new BigDecimal(bound));
            }
        }
    }

    /** A double as far from a number as the noise lets it, one way or the other. */
    private static double wrong(double value, double noise, Random random) {
        double off = random.nextBoolean() ? value + noise : value - noise;
        return Math.abs(off - value) > noise ? value : off;
    }
}
