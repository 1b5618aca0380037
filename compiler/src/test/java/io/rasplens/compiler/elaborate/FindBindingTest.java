package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FindBindingTest {
    private final Elaboration elaboration = SmallPrograms.elaborate("""
            found = True;
            for letter in ["a", "b", "c"] {
                here = tokens == letter;
                found = found and here;
            }
            x = indices * 2;
            x = x + 1;
            both = select(tokens, tokens, ==);
            def far(n) {
                inside = indices + n;
                once = tokens == "z";
                return inside * 3 if once else 0;
            }
            y = far(1) + far(2);
            copy = y;
            """).orThrow();

    private SOp found(String name) {
        return FindBinding.find(elaboration, name).orThrow();
    }

    private Diagnostic refused(String name) {
        Result<SOp> result = FindBinding.find(elaboration, name);
        assertThat(result).isInstanceOf(Result.Failure.class);
        return result.diagnostics().get(0);
    }

    private NameBinding binding(SOp node) {
        return Objects.requireNonNull(elaboration.origins().get(node)).binding().orElseThrow();
    }

    @Test
    void aNameMeansItsLastBinding() {
        assertThat(found("here")).isSameAs(found("here@3#3"));
        assertThat(found("x")).isSameAs(found("x@7")).isNotSameAs(found("x@6"));
        assertThat(SmallPrograms.run(new Meaning.Sequence(found("x")), SmallPrograms.chars("abc")))
                .isEqualTo("[1, 3, 5]");
        assertThat(SmallPrograms.run(new Meaning.Sequence(found("here@3#2")), SmallPrograms.chars("abc")))
                .isEqualTo("[False, True, False]");
    }

    @Test
    void theLibrarysAndTheBaseNamesCount() {
        assertThat(found("indices")).isInstanceOf(SOp.Indices.class);
        assertThat(found("length")).isInstanceOf(SOp.class);
        assertThat(found("once")).as("the only one of its name").isInstanceOf(SOp.class);
    }

    @Test
    void aNodeHasAllItsNames() {
        assertThat(found("copy")).isSameAs(found("y")).isSameAs(found("y@14")).isSameAs(found("copy@15"));
    }

    @Test
    void everyBindingsTextFindsItAgain() {
        elaboration
                .origins()
                .forEach((node, origin) -> origin.binding().ifPresent(binding -> {
                    if (node instanceof SOp sop) {
                        assertThat(found(binding.text())).as(binding.text()).isSameAs(sop);
                    }
                }));
        assertThat(binding(found("here@3#1")).text()).isEqualTo("here@3#1");
        assertThat(binding(found("here")).text()).isEqualTo("here");
        assertThat(binding(found("x@6")).text()).isEqualTo("x@6");
        assertThat(binding(found("x@6")).line()).isEqualTo(6);
    }

    @Test
    void whatIsNotUniqueListsTheChoices() {
        assertThat(refused("here@3").help()).contains("say which one: here@3#1, here@3#2, here@3#3");
        assertThat(refused("inside").help()).contains("say which one: inside@10#1, inside@10#2");
        assertThat(refused("inside").code()).isEqualTo(ElaborationCode.AMBIGUOUS_SOP);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(refused("heer").help()).contains("did you mean 'here'?");
        assertThat(refused("here@4").help()).contains("there are here@3#1, here@3#2, here@3#3");
        assertThat(refused("here@3#4").message()).contains("3 s-ops");
        assertThat(refused("both").code()).isEqualTo(ElaborationCode.NOT_AN_SOP);
        assertThat(refused("both@8").code()).isEqualTo(ElaborationCode.NOT_AN_SOP);
        for (String hostile : List.of("", "@3", "x@", "x@y", "x@99999999999", "x@6#0", "#1", "x@6#1#1")) {
            assertThat(refused(hostile).code()).as(hostile).isEqualTo(ElaborationCode.NO_SUCH_SOP);
        }
    }
}
