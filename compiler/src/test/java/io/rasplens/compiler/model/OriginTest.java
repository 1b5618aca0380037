package io.rasplens.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final Origin WIDTH =
            new Origin("width", "counts", Optional.of(line(1)), Optional.of(Technique.READ));

    private static final Origin TWIN = new Origin("twin", "counts", Optional.of(line(2)));

    @Test
    void whatDoesTheWorkOfSeveralNamesEachOnce() {
        Origin joined = Origin.joined(List.of(WIDTH, TWIN, Origin.joined(List.of(WIDTH, TWIN))));

        assertThat(joined.sops()).containsExactly("width", "twin");
        assertThat(joined.sop()).isEqualTo("width, twin");
        assertThat(joined.description()).isEqualTo("counts");
    }

    @Test
    void itsExpressionAndConstructionAreTheFirstOnes() {
        assertThat(Origin.joined(List.of(WIDTH, TWIN)).source()).contains(line(1));
        assertThat(Origin.joined(List.of(WIDTH, TWIN)).technique()).contains(Technique.READ);
        assertThat(Origin.joined(List.of(TWIN, WIDTH)).source()).contains(line(2));
        assertThat(Origin.joined(List.of(TWIN, WIDTH)).technique()).isEmpty();
    }

    @Test
    void somethingIsServed() {
        assertThatThrownBy(() -> new Origin(ImmutableList.of(), "counts", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SourceRange line(int line) {
        return new SourceRange("count.rasp", line, 1, "selector_width(same)");
    }
}
