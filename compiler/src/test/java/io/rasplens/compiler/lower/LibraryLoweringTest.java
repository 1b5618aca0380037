package io.rasplens.compiler.lower;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function of the standard library, on all inputs up to a length. */
class LibraryLoweringTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "length",
                "selector_width(full_s)",
                "selector_width(select(tokens, tokens, ==))",
                "has_focus(select(tokens, \"2\", ==))",
                "has_focus(select(indices, indices + 1, ==))",
                "count(tokens, \"1\")",
                "count(tokens, tokens)",
                "count(indices, tokens_int)",
                "contains(tokens, \"1\")",
                "contains(tokens_int, indices)",
                "max(tokens_int, indices)",
                "min(tokens_int, indices)",
                "max(tokens, \"1\")",
                "min(tokens_int, 1)",
                "average(tokens_int)",
                "average(indices)",
                "average(tokens_int * tokens_int)",
                "load_from_location(tokens, 0)",
                "load_from_location(tokens_int, tokens_int)",
                "load_from_location(tokens_int, indices + 1)",
                "load_from_location(tokens_int, length - 1 - indices)",
                "load_from_location(tokens_int, -1)",
                "shift(tokens, 1, \"-\")",
                "shift(tokens, -1, \"1\")",
                "shift(tokens, 0, \"-\")",
                "shift(tokens, 5, \"-\")",
                "shift(tokens_int, 2, 0)",
                "shift(tokens_int, tokens_int, -1)",
                "mark_first_instance(tokens, \"1\")",
                "mark_last_instance(tokens, \"1\")",
                "mark_first_instance(tokens, tokens)",
                "aggregate(select_from_first(tokens, \"1\"), indices, -1)",
                "aggregate(select_from_last(tokens, \"1\"), tokens, \"none\")",
                "aggregate(select_from_last(tokens, \"1\"), indices)",
                "sort(tokens, tokens)",
                "sort(tokens, tokens_int)",
                "sort(tokens_int, -indices)",
                "sort(indices, tokens_int)",
                "sort(tokens_int * 2, tokens)",
                "aggregate(select_next_identical(tokens), indices, -1)",
                "aggregate(select_next_identical(tokens_int % 2), tokens_int)",
                "selector_width(select_next_identical(tokens))",
                "tokens[0]",
                "tokens_int[-1]",
                "tokens_int[2]",
                "\"2\" in tokens",
                "tokens in [\"0\", \"2\"]",
            })
    void function(String expression) {
        for (String directives : new String[] {"4", "4\n#@ causal", "1"}) {
            Optimized.agrees(
                    "#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length " + directives + "\nx = " + expression + ";");
        }
    }
}
