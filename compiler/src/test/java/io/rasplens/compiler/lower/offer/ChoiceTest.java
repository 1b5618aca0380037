package io.rasplens.compiler.lower.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final SOp LATE = new Graph().indices();

    private final List<String> asked = new ArrayList<>();

    private Rule<String, String> rule(Technique technique, int units, SOp... needs) {
        return subject -> {
            asked.add(technique.name());
            ImmutableList<Need> all =
                    ImmutableList.copyOf(needs).stream().map(Need::number).collect(ImmutableList.toImmutableList());
            return Optional.of(Offer.of(technique, Cost.ofUnits(units), all, () -> technique.name()));
        };
    }

    private static Rule<String, String> silent() {
        return subject -> Optional.empty();
    }

    private static Choice<String, String> choice(Policy policy, ImmutableList<Rule<String, String>> rules) {
        return new Choice<>(policy, need -> need.sop() != LATE, rules);
    }

    private static Choice<String, String> smallest(ImmutableList<Rule<String, String>> rules) {
        return choice(new SmallestPolicy(), rules);
    }

    @Test
    void theFewestUnitsAreTaken() {
        assertThat(smallest(ImmutableList.of(
                                rule(Technique.CASES, 5), rule(Technique.GATES, 2), rule(Technique.STEPS, 3)))
                        .make("x"))
                .isEqualTo("GATES");
    }

    @Test
    void ofEqualOffersThatOfTheEarlierRuleIs() {
        assertThat(smallest(ImmutableList.of(silent(), rule(Technique.CASES, 2), rule(Technique.GATES, 2)))
                        .make("x"))
                .isEqualTo("CASES");
    }

    @Test
    void whatNeedsWhatIsNotThereIsLeftForWhatDoesNot() {
        assertThat(smallest(ImmutableList.of(rule(Technique.BENDS, 1, LATE), rule(Technique.CASES, 9)))
                        .make("x"))
                .isEqualTo("CASES");
    }

    @Test
    void whereAllNeedWhatIsNotThereTheFirstIsTaken() {
        assertThat(smallest(ImmutableList.of(rule(Technique.BENDS, 4, LATE), rule(Technique.HINGE, 1, LATE)))
                        .make("x"))
                .isEqualTo("BENDS");
    }

    @Test
    void afterOneThatCostsNothingNoOtherIsAsked() {
        smallest(ImmutableList.of(rule(Technique.READ, 0), rule(Technique.CASES, 1)))
                .make("x");

        assertThat(asked).containsExactly("READ");
    }

    @Test
    void theCostOfALateOfferIsNotLookedFor() {
        Rule<String, String> costly = subject -> Optional.of(new Offer<>(
                Technique.CASES,
                () -> {
                    throw new AssertionError("asked for its cost");
                },
                ImmutableList.of(Need.oneHot(LATE)),
                () -> "CASES"));

        assertThat(smallest(ImmutableList.of(costly)).make("x")).isEqualTo("CASES");
    }

    @Test
    void whatThePolicyForbidsIsNotOnOffer() {
        Policy noGates = new Policy() {
            @Override
            public boolean allows(Technique technique) {
                return technique != Technique.GATES;
            }

            @Override
            public double price(Technique technique, Cost cost) {
                return cost.units();
            }

            @Override
            public double bargain() {
                return 0;
            }
        };

        assertThat(choice(noGates, ImmutableList.of(rule(Technique.GATES, 0), rule(Technique.CASES, 7)))
                        .make("x"))
                .isEqualTo("CASES");
    }

    @Test
    void aPolicyMayPriceWhatItCountsFor() {
        Policy headsOnly = new Policy() {
            @Override
            public double price(Technique technique, Cost cost) {
                return technique == Technique.TOTAL ? 1000 : cost.units();
            }

            @Override
            public double bargain() {
                return 0;
            }
        };

        assertThat(choice(headsOnly, ImmutableList.of(rule(Technique.TOTAL, 0), rule(Technique.CASES, 7)))
                        .make("x"))
                .isEqualTo("CASES");
    }

    @Test
    void nothingIsTakenWhereNothingIsOffered() {
        assertThat(smallest(ImmutableList.of(silent())).of("x")).isEmpty();
        assertThatThrownBy(() -> smallest(ImmutableList.of(silent())).make("x"))
                .hasMessageContaining("nothing is offered for x");
    }
}
