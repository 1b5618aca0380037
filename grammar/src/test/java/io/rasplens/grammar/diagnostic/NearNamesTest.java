package io.rasplens.grammar.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
    private static final List<String> KNOWN = List.of("tokens", "indices", "length", "tokens_str");

    @Test
    void aSlipFindsTheName() {
        assertThat(NearNames.question("tokns", KNOWN)).contains("did you mean 'tokens'?");
        assertThat(NearNames.question("tokesn", KNOWN)).contains("did you mean 'tokens'?");
        assertThat(NearNames.question("Tokens", KNOWN)).contains("did you mean 'tokens'?");
        assertThat(NearNames.question("indexes", KNOWN)).contains("did you mean 'indices'?");
    }

    @Test
    void whatIsFarAwayIsNotOffered() {
        assertThat(NearNames.of("reverse", KNOWN, 3)).isEmpty();
        assertThat(NearNames.of("x", KNOWN, 3)).isEmpty();
        assertThat(NearNames.of("", KNOWN, 3)).isEmpty();
    }

    @Test
    void nearestComesFirstAndTiesKeepTheirOrder() {
        assertThat(NearNames.of("tokens_st", KNOWN, 3)).startsWith("tokens_str");
        assertThat(NearNames.of("ab", List.of("ac", "bb", "abb"), 3)).containsExactly("ac", "bb", "abb");
    }

    @Test
    void anEndlessNameIsNotCompared() {
        assertThat(NearNames.of("t".repeat(1_000_000), KNOWN, 3)).isEmpty();
    }
}
