package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;

/**
 * Alphabets and forms where numbers are many, far apart or next to each other: means over {@code or}, standard scores, sums as keys,
 * ratios of counts, comparisons of means. The holes are those of {@link WholeLanguage}.
 */
final class WideForms {
    static final ImmutableList<ImmutableList<String>> VOCABULARIES = ImmutableList.of(
            ImmutableList.of("0", "1", "1000000"),
            ImmutableList.of("1", "2", "50000"),
            ImmutableList.of("-1000000", "1", "3", "10000000"),
            ImmutableList.of("0.1", "0.2", "0.3", "0.30000000000000004"),
            ImmutableList.of("0.7", "0.1", "3.3"),
            ImmutableList.of("\"0\"", "\"1\"", "\"2\""),
            ImmutableList.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            ImmutableList.of("1", "2", "3"),
            ImmutableList.of("\"a\"", "\"b\"", "\"c\""));

    static final ImmutableListMultimap<TermKind, String> FORMS = ImmutableListMultimap.<TermKind, String>builder()
            .putAll(
                    TermKind.INT,
                    "round(length * average({I}))",
                    "round((indices + 1) * aggregate(select(indices, indices, <=), {I}))",
                    "round(2 * average({I}))",
                    "round(average({I} / 3) * length)",
                    "(count({X}, {v}) * count({X}, {v}))",
                    "sort({I}, length * average({I}))",
                    "selector_width({sel} or select({I}, {i}, {cmp}))")
            .putAll(
                    TermKind.NUMBER,
                    "aggregate({sel} or {sel}, {I})",
                    "aggregate({sel} or select(tokens, tokens, ==), {I}, {a})",
                    "aggregate(select(tokens, tokens, ==) or select(indices, indices, <), {N})",
                    "aggregate(({sel} and not {sel}) or ({sel} and not {sel}), {I})",
                    "(({I} - average({I})) / (aggregate(full_s, ({I} - average({I})) ^ 2) ^ 0.5 + 1))",
                    "aggregate(full_s, ({I} - average({I})) ^ 2)",
                    "(selector_width({sel}) / length)",
                    "(count({X}, {v}) / (count({X}, {v}) + 1))",
                    "(average({I}) * average({I}))",
                    "(length * average({I}))",
                    "((indices + 1) * aggregate(select(indices, indices, <=), {I}))",
                    "aggregate(full_s, 3.3)",
                    "aggregate(select(tokens_asis, {v}, !=), 0.1)",
                    "({N} - aggregate(full_s, {I}, 0))")
            .putAll(
                    TermKind.BOOL,
                    "(average({I}) {ord} average({I}))",
                    "(aggregate(select(indices, indices, <=), {I}) {ord} average({I}))",
                    "(({N}) >= ({N})[-1])",
                    "(length * average({I}) {ord} {i})",
                    "(average({I}) == 0.3)",
                    "(2 * selector_width({sel}) > length)")
            .putAll(
                    TermKind.STRING,
                    "sort({S}, length * average({I}))",
                    "sort({S}, (indices + 1) * aggregate(select(indices, indices, <=), {I}))",
                    "sort({S}, {N})")
            .build();

    private WideForms() {}
}
