package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes random programs that mostly make sense: the kinds fit, divisors are mostly not zero, lookups mostly in range. The same
 * seed gives the same program.
 */
public final class ProgramGenerator {
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z]+)}");
    private static final ImmutableList<ImmutableList<String>> VOCABULARIES = ImmutableList.of(
            ImmutableList.of("\"a\"", "\"b\""),
            ImmutableList.of("\"a\"", "\"b\"", "\"c\""),
            ImmutableList.of("1", "2", "3"),
            ImmutableList.of("-1", "0", "2"),
            ImmutableList.of("\"0\"", "\"1\"", "\"7\""),
            ImmutableList.of("0.5", "1.5", "-2.0"),
            ImmutableList.of("True", "False"),
            ImmutableList.of("\"(\"", "\")\"", "\"§\""));
    private static final ImmutableList<ImmutableList<String>> MORE_VOCABULARIES = ImmutableList.of(
            ImmutableList.of("0.1", "0.2", "0.3"),
            ImmutableList.of("1", "1.5"),
            ImmutableList.of("True", "0", "3"),
            ImmutableList.of("1", "\"1\"", "True", "1.0"),
            ImmutableList.of("\"§\"", "\"a\"", "\"b\""),
            ImmutableList.of("\"-3\"", "\"10\"", "\"4\""),
            ImmutableList.of("\"é\"", "\"\"", "\"😀\""),
            ImmutableList.of("\"x\""),
            ImmutableList.of("5"));
    private static final ImmutableList<String> COMPARISONS = ImmutableList.of("==", "!=", "<", "<=", ">", ">=");
    private static final ImmutableList<String> ATOM_COMPARISONS = ImmutableList.of("==", "<", "<=", ">", ">=");

    private final Subset subset;
    private final Random random;
    private final ImmutableList<String> vocabulary;
    private final List<RandomProgram.Binding> bindings = new ArrayList<>();

    private ProgramGenerator(Subset subset, long seed) {
        this.subset = subset;
        // Scrambled, because the first numbers of neighbouring seeds are alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean more = subset == Subset.ALL && random.nextInt(3) == 0;
        this.vocabulary = pick(more ? MORE_VOCABULARIES : VOCABULARIES);
    }

    /** The program of a seed. */
    public static RandomProgram generate(Subset subset, long seed) {
        return new ProgramGenerator(subset, seed).generate();
    }

    private RandomProgram generate() {
        int steps = 1 + random.nextInt(4);
        for (int s = 1; s <= steps; s++) {
            Kind kind = s == steps
                    ? pick(List.of(Kind.INT, Kind.NUMBER, Kind.BOOL, Kind.STRING))
                    : pick(List.of(Kind.values()));
            bindings.add(new RandomProgram.Binding("v" + s, term(kind, 2 + random.nextInt(2))));
        }
        int maxLength = 2 + random.nextInt(vocabulary.size() == 2 ? 4 : 3);
        if (subset == Subset.ALL && random.nextInt(3) == 0) {
            maxLength = 1 + random.nextInt(8);
        }
        return new RandomProgram(ImmutableList.copyOf(bindings), vocabulary, maxLength, random.nextInt(5) == 0);
    }

    private Term term(Kind wanted, int depth) {
        boolean all = subset == Subset.ALL;
        // Now and then something of another kind: an error mostly, and where it is none, a case nobody thought of.
        Kind kind = all && !wanted.isSelector() && random.nextInt(60) == 0 ? anyKind() : wanted;
        List<Term> named = bindings.stream()
                .filter(b -> b.term().kind().fits(kind))
                .map(b -> Term.leaf(b.term().kind(), b.name()))
                .toList();
        if (!named.isEmpty() && random.nextInt(3) == 0) {
            return pick(named);
        }
        if (all && depth > 0 && random.nextInt(2) == 0) {
            return form(kind, pick(WholeLanguage.FORMS.get(kind)), depth - 1);
        }
        return switch (kind) {
            case INT -> integer(depth);
            case NUMBER -> number(depth);
            case BOOL -> bool(depth);
            case STRING -> string(depth);
            case SELECTOR -> selector(depth);
            case ONE_SELECTOR -> oneSelector(depth);
        };
    }

    private Kind anyKind() {
        return pick(List.of(Kind.INT, Kind.NUMBER, Kind.BOOL, Kind.STRING));
    }

    /** Fills the holes of a form of {@link WholeLanguage}. */
    private Term form(Kind kind, String form, int depth) {
        var children = new ArrayList<Term>();
        var shape = new StringBuilder();
        Matcher hole = HOLE.matcher(form);
        while (hole.find()) {
            Optional<Term> child = child(hole.group(1), depth);
            child.ifPresent(children::add);
            hole.appendReplacement(shape, Matcher.quoteReplacement(child.isPresent() ? "@" : text(hole.group(1))));
        }
        hole.appendTail(shape);
        return new Term(kind, shape.toString(), ImmutableList.copyOf(children));
    }

    private Optional<Term> child(String hole, int depth) {
        return Optional.ofNullable(
                switch (hole) {
                    case "i" -> term(Kind.INT, depth);
                    case "n" -> term(Kind.NUMBER, depth);
                    case "b" -> term(Kind.BOOL, depth);
                    case "s" -> term(Kind.STRING, depth);
                    case "x" -> term(anyKind(), depth);
                    case "I" -> sequence(Kind.INT, depth);
                    case "N" -> sequence(Kind.NUMBER, depth);
                    case "B" -> sequence(Kind.BOOL, depth);
                    case "S" -> sequence(Kind.STRING, depth);
                    case "X" ->
                        random.nextInt(3) == 0 ? Term.leaf(Kind.STRING, "tokens_asis") : sequence(anyKind(), depth);
                    case "sel" -> term(Kind.SELECTOR, depth);
                    case "one" -> term(Kind.ONE_SELECTOR, depth);
                    default -> null;
                });
    }

    private String text(String hole) {
        return switch (hole) {
            case "v" -> pick(vocabulary);
            case "a" -> random.nextInt(4) == 0 ? pick(vocabulary) : pick(WholeLanguage.ATOMS);
            case "cmp" -> pick(COMPARISONS);
            case "ord" -> pick(ATOM_COMPARISONS);
            case "map" -> map(List.of("0", "1", "2", "-3"));
            case "smap" -> map(List.of("\"p\"", "\"q\"", "\"\"", "\"rr\""));
            default -> throw new IllegalArgumentException("no hole " + hole);
        };
    }

    private String map(List<String> values) {
        return vocabulary.stream().map(v -> v + ": " + pick(values)).collect(Collectors.joining(", ", "{", "}"));
    }

    private Term integer(int depth) {
        if (depth <= 0) {
            List<String> leaves = new ArrayList<>(List.of("indices", "indices", "length", "1", "0", "2", "-1"));
            if (vocabulary.get(0).matches("\"?-?\\d.*|True")) {
                leaves.addAll(List.of("tokens_int", "tokens_int"));
            }
            return Term.leaf(Kind.INT, pick(leaves));
        }
        int d = depth - 1;
        return choose(List.of(
                () -> Term.of(Kind.INT, "(@ + @)", term(Kind.INT, d), term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(@ - @)", term(Kind.INT, d), term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(@ * " + pick(List.of("2", "3", "-1")) + ")", term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(@ % " + pick(List.of("2", "3")) + ")", term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(-@)", term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "round(@)", term(Kind.NUMBER, d)),
                () -> Term.of(Kind.INT, "indicator(@)", sequence(Kind.BOOL, d)),
                () -> Term.of(Kind.INT, "selector_width(@)", term(Kind.SELECTOR, d)),
                () -> Term.of(Kind.INT, "selector_width(@)", term(Kind.SELECTOR, depth)),
                () -> Term.of(Kind.INT, "[3, 1, 4][@ % 3]", sequence(Kind.INT, d)),
                () -> Term.of(Kind.INT, "{0: 5, 1: -2, 2: 0}[@ % 3]", sequence(Kind.INT, d)),
                () -> conditional(Kind.INT, d),
                () -> Term.of(
                        Kind.INT,
                        "aggregate(@, @, " + pick(List.of("0", "-1", "7", "True")) + ")",
                        term(Kind.ONE_SELECTOR, d),
                        term(Kind.INT, d)),
                () -> Term.of(
                        Kind.INT, pick(List.of("max", "min")) + "(@, @)", sequence(Kind.INT, d), term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "count(@, @)", sequence(Kind.STRING, d), term(Kind.STRING, 0)),
                () -> Term.of(Kind.INT, "(@)[" + pick(List.of("0", "1", "2", "-1")) + "]", sequence(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(@ and @)", sequence(Kind.INT, d), term(Kind.INT, d)),
                () -> Term.of(Kind.INT, "(@ * @)", term(Kind.INT, d), term(Kind.INT, d))));
    }

    private Term number(int depth) {
        if (depth <= 0) {
            List<String> leaves = new ArrayList<>(List.of("indices", "0.5", "1.25", "length"));
            if (vocabulary.get(0).matches("\"?-?\\d.*|True")) {
                leaves.addAll(List.of("tokens_float", "tokens_float"));
            }
            return Term.leaf(Kind.NUMBER, pick(leaves));
        }
        int d = depth - 1;
        return choose(List.of(
                () -> term(Kind.INT, depth),
                () -> mean(d),
                () -> mean(d),
                () -> mean(d),
                () -> Term.of(Kind.NUMBER, "(@ / " + pick(List.of("2", "3", "-4")) + ")", term(Kind.NUMBER, d)),
                () -> Term.of(Kind.NUMBER, "(@ / (1 + indices))", term(Kind.NUMBER, d)),
                () -> Term.of(Kind.NUMBER, "(@ + @)", term(Kind.NUMBER, d), term(Kind.NUMBER, d)),
                () -> Term.of(Kind.NUMBER, "(@ - @)", term(Kind.NUMBER, d), term(Kind.NUMBER, d)),
                () -> Term.of(Kind.NUMBER, "(@ * @)", term(Kind.NUMBER, d), term(Kind.INT, d)),
                () -> Term.of(Kind.NUMBER, "(@ ^ 2)", term(Kind.NUMBER, d)),
                () -> conditional(Kind.NUMBER, d),
                () -> Term.of(Kind.NUMBER, "average(@)", sequence(Kind.INT, d))));
    }

    private Term mean(int d) {
        return random.nextInt(2) == 0
                ? Term.of(Kind.NUMBER, "aggregate(@, @)", term(Kind.SELECTOR, d), term(Kind.NUMBER, d))
                : Term.of(
                        Kind.NUMBER,
                        "aggregate(@, @, " + pick(List.of("0", "1", "-2.5", "100")) + ")",
                        term(Kind.SELECTOR, d),
                        term(Kind.NUMBER, d));
    }

    private Term bool(int depth) {
        if (depth <= 0) {
            return Term.leaf(
                    Kind.BOOL,
                    pick(List.of(
                            "(tokens_asis == " + pick(vocabulary) + ")",
                            "(indices == 1)",
                            "(indices < 2)",
                            "tokens_bool",
                            "(length > 2)",
                            "True")));
        }
        int d = depth - 1;
        var ways = new ArrayList<Supplier<Term>>(List.of(
                () -> Term.of(
                        Kind.BOOL, "(@ " + pick(ATOM_COMPARISONS) + " @)", sequence(Kind.INT, d), term(Kind.NUMBER, d)),
                () -> Term.of(Kind.BOOL, "(@ < @)", sequence(Kind.NUMBER, d), term(Kind.INT, d)),
                () -> Term.of(
                        Kind.BOOL,
                        "(@ " + pick(ATOM_COMPARISONS) + " @)",
                        sequence(Kind.STRING, d),
                        term(Kind.STRING, d)),
                () -> Term.of(Kind.BOOL, "(@ and @)", sequence(Kind.BOOL, d), sequence(Kind.BOOL, d)),
                () -> Term.of(Kind.BOOL, "(@ or @)", sequence(Kind.BOOL, d), sequence(Kind.BOOL, d)),
                () -> Term.of(Kind.BOOL, "(not @)", sequence(Kind.BOOL, d)),
                () -> Term.of(Kind.BOOL, "(@ in [0, 1, \"a\"])", sequence(Kind.INT, d)),
                () -> Term.of(Kind.BOOL, "(@ in [" + pick(vocabulary) + ", \"b\"])", sequence(Kind.STRING, d)),
                () -> Term.of(Kind.BOOL, "(2 in (@))", sequence(Kind.INT, d)),
                () -> Term.of(Kind.BOOL, "(" + pick(vocabulary) + " in tokens_asis)"),
                () -> Term.of(Kind.BOOL, "has_focus(@)", term(Kind.SELECTOR, d)),
                () -> Term.of(Kind.BOOL, "aggregate(@, @, False)", term(Kind.ONE_SELECTOR, d), sequence(Kind.BOOL, d)),
                () -> Term.of(Kind.BOOL, "aggregate(@, @, False)", term(Kind.SELECTOR, d), sequence(Kind.BOOL, d)),
                () -> conditional(Kind.BOOL, d)));
        if (subset == Subset.ALL) {
            ways.add(() -> Term.of(
                    Kind.BOOL,
                    pick(List.of("mark_first_instance", "mark_last_instance")) + "(@, " + pick(vocabulary) + ")",
                    sequence(Kind.STRING, d)));
        }
        return choose(ways);
    }

    private Term string(int depth) {
        if (depth <= 0) {
            return Term.leaf(
                    Kind.STRING, pick(List.of("tokens", "tokens_str", "tokens", "\"a\"", "\"b\"", "\"\"", "\"zz\"")));
        }
        int d = depth - 1;
        var ways = new ArrayList<Supplier<Term>>(List.of(
                () -> Term.of(Kind.STRING, "(@ + @)", term(Kind.STRING, d), term(Kind.STRING, 0)),
                () -> Term.of(
                        Kind.STRING,
                        "aggregate(@, @, " + pick(List.of("\"a\"", "\"?\"", "\"\"")) + ")",
                        term(Kind.ONE_SELECTOR, d),
                        term(Kind.STRING, d)),
                () -> Term.of(Kind.STRING, "aggregate(@, @)", term(Kind.ONE_SELECTOR, d), term(Kind.STRING, d)),
                () -> Term.of(Kind.STRING, "aggregate(@, @, \"-\")", term(Kind.SELECTOR, d), term(Kind.STRING, d)),
                () -> Term.of(Kind.STRING, "\"xyz\"[@ % 3]", sequence(Kind.INT, d)),
                () -> Term.of(Kind.STRING, "(@ * (@ % 3))", term(Kind.STRING, 0), sequence(Kind.INT, d)),
                () -> conditional(Kind.STRING, d),
                () -> Term.of(
                        Kind.STRING,
                        "shift(@, " + pick(List.of("1", "2", "-1")) + ", \"_\")",
                        sequence(Kind.STRING, d)),
                () -> Term.of(Kind.STRING, "load_from_location(@, @)", sequence(Kind.STRING, d), term(Kind.INT, d))));
        if (subset == Subset.ALL) {
            ways.add(() -> Term.of(Kind.STRING, "sort(@, @)", sequence(Kind.STRING, d), sequence(Kind.INT, d)));
            ways.add(() -> Term.of(Kind.STRING, "sort(@, @)", sequence(Kind.STRING, 0), sequence(Kind.STRING, 0)));
        }
        return choose(ways);
    }

    private Term conditional(Kind kind, int d) {
        return Term.of(kind, "(@ if @ else @)", term(kind, d), sequence(Kind.BOOL, d), term(kind, d));
    }

    private Term selector(int depth) {
        if (subset == Subset.DIRECT || depth <= 0) {
            return simpleSelector(depth);
        }
        int d = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> Term.of(Kind.SELECTOR, "(@ and @)", term(Kind.SELECTOR, d), term(Kind.SELECTOR, d));
            case 1 -> Term.of(Kind.SELECTOR, "(@ or @)", term(Kind.SELECTOR, d), term(Kind.SELECTOR, d));
            case 2 -> Term.of(Kind.SELECTOR, "(not @)", term(Kind.SELECTOR, d));
            case 3 -> Term.of(Kind.SELECTOR, "(@ or @)", term(Kind.ONE_SELECTOR, d), term(Kind.SELECTOR, d));
            default -> simpleSelector(depth);
        };
    }

    private Term simpleSelector(int depth) {
        return random.nextInt(6) == 0 ? term(Kind.ONE_SELECTOR, depth) : select(depth);
    }

    private Term select(int depth) {
        int d = Math.max(0, depth - 1);
        return choose(List.of(
                () -> Term.leaf(Kind.SELECTOR, "full_s"),
                () -> Term.of(
                        Kind.SELECTOR, "select(@, @, " + pick(COMPARISONS) + ")", term(Kind.INT, d), term(Kind.INT, d)),
                () -> Term.of(
                        Kind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(Kind.STRING, d),
                        term(Kind.STRING, d)),
                () -> Term.of(
                        Kind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(Kind.NUMBER, d),
                        term(Kind.INT, d)),
                () -> Term.of(
                        Kind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(Kind.INT, d),
                        term(Kind.NUMBER, d)),
                () -> Term.of(Kind.SELECTOR, "select(@, @, ==)", term(Kind.BOOL, d), term(Kind.BOOL, d)),
                () -> Term.leaf(Kind.SELECTOR, "select(indices, indices, " + pick(COMPARISONS) + ")"),
                () -> Term.leaf(Kind.SELECTOR, "select(tokens, tokens, " + pick(COMPARISONS) + ")"),
                () -> Term.leaf(Kind.SELECTOR, "select(tokens_asis, " + pick(vocabulary) + ", ==)"),
                () -> Term.of(Kind.SELECTOR, "select(" + pick(List.of("1", "True")) + ", @, ==)", term(Kind.BOOL, d))));
    }

    private Term oneSelector(int depth) {
        int d = Math.max(0, depth - 1);
        var ways = new ArrayList<Supplier<Term>>(List.of(
                () -> Term.of(Kind.ONE_SELECTOR, "select(indices, @, ==)", term(Kind.INT, d)),
                () -> Term.leaf(
                        Kind.ONE_SELECTOR, "select(indices, " + pick(List.of("0", "1", "length - 1")) + ", ==)"),
                () -> Term.leaf(Kind.ONE_SELECTOR, "select(indices, indices - 1, ==)"),
                () -> Term.leaf(Kind.ONE_SELECTOR, "select(indices, length - indices - 1, ==)"),
                () -> Term.leaf(Kind.ONE_SELECTOR, "select(indices + 2, indices, ==)")));
        if (subset == Subset.ALL) {
            ways.add(() -> Term.of(Kind.ONE_SELECTOR, "(@ and @)", term(Kind.ONE_SELECTOR, d), term(Kind.SELECTOR, d)));
            ways.add(() -> Term.leaf(
                    Kind.ONE_SELECTOR,
                    pick(List.of("select_from_first", "select_from_last")) + "(tokens_asis, " + pick(vocabulary)
                            + ")"));
            ways.add(() -> Term.leaf(Kind.ONE_SELECTOR, "select_next_identical(tokens)"));
        }
        return choose(ways);
    }

    /** A term that is sure to be an s-op and not an atom, for the forms that take only those. */
    private Term sequence(Kind kind, int depth) {
        return switch (kind) {
            case INT -> Term.of(kind, "(@ + 0 * indices)", term(kind, depth));
            case NUMBER -> Term.of(kind, "(@ + 0 * indices)", term(kind, depth));
            case BOOL -> Term.of(kind, "(@ or indices < 0)", term(kind, depth));
            case STRING ->
                depth <= 0 ? Term.leaf(kind, "tokens") : Term.of(kind, "(@ + 0 * tokens)", term(kind, depth));
            case SELECTOR, ONE_SELECTOR -> term(kind, depth);
        };
    }

    private Term choose(List<Supplier<Term>> ways) {
        return pick(ways).get();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
