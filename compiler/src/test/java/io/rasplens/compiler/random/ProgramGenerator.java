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
    private final List<RandomProgram.NamedTerm> bindings = new ArrayList<>();

    private ProgramGenerator(Subset subset, long seed) {
        this.subset = subset;
        // Scrambled, because the first numbers of neighbouring seeds are alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean more = subset.isWhole() && random.nextInt(3) == 0;
        boolean wide = subset == Subset.WIDE && random.nextInt(3) > 0;
        this.vocabulary = pick(wide ? WideForms.VOCABULARIES : more ? MORE_VOCABULARIES : VOCABULARIES);
    }

    /** The program of a seed. */
    public static RandomProgram generate(Subset subset, long seed) {
        return new ProgramGenerator(subset, seed).generate();
    }

    private RandomProgram generate() {
        int steps = 1 + random.nextInt(4);
        for (int s = 1; s <= steps; s++) {
            TermKind kind = s == steps
                    ? pick(List.of(TermKind.INT, TermKind.NUMBER, TermKind.BOOL, TermKind.STRING))
                    : pick(List.of(TermKind.values()));
            int depth = subset == Subset.WIDE ? 1 + random.nextInt(2) : 2 + random.nextInt(2);
            bindings.add(new RandomProgram.NamedTerm("v" + s, term(kind, depth)));
            if (subset == Subset.WIDE && !kind.isSelector() && random.nextInt(4) == 0) {
                override("v" + s, kind);
            }
        }
        int maxLength = 2 + random.nextInt(vocabulary.size() == 2 ? 4 : 3);
        if (subset.isWhole() && random.nextInt(3) == 0) {
            maxLength = 1 + random.nextInt(8);
        }
        if (subset == Subset.WIDE && random.nextInt(6) == 0) {
            maxLength = pick(List.of(12, 20, 40, 80, 160, 400));
        }
        return new RandomProgram(ImmutableList.copyOf(bindings), vocabulary, maxLength, random.nextInt(5) == 0);
    }

    /** Binds a name again: each time to a value for one case, and to what it was for all others. */
    private void override(String name, TermKind kind) {
        int cases = 1 + random.nextInt(5);
        for (int c = 0; c < cases; c++) {
            Term cascade =
                    Term.of(kind, "(@ if @ else @)", term(kind, 0), sequence(TermKind.BOOL, 1), Term.leaf(kind, name));
            bindings.add(new RandomProgram.NamedTerm(name, cascade));
        }
    }

    private Term term(TermKind wanted, int depth) {
        boolean all = subset.isWhole();
        // Now and then something of another kind: an error mostly, and where it is none, a case nobody thought of.
        TermKind kind = all && !wanted.isSelector() && random.nextInt(60) == 0 ? anyKind() : wanted;
        List<Term> named = bindings.stream()
                .filter(b -> b.term().kind().fits(kind))
                .map(b -> Term.leaf(b.term().kind(), b.name()))
                .toList();
        if (!named.isEmpty() && random.nextInt(3) == 0) {
            return pick(named);
        }
        if (all && depth > 0 && random.nextInt(2) == 0) {
            boolean wide = subset == Subset.WIDE && random.nextBoolean() && WideForms.FORMS.containsKey(kind);
            return form(kind, pick((wide ? WideForms.FORMS : WholeLanguage.FORMS).get(kind)), depth - 1);
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

    private TermKind anyKind() {
        return pick(List.of(TermKind.INT, TermKind.NUMBER, TermKind.BOOL, TermKind.STRING));
    }

    /** Fills the holes of a form of {@link WholeLanguage}. */
    private Term form(TermKind kind, String form, int depth) {
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
                    case "i" -> term(TermKind.INT, depth);
                    case "n" -> term(TermKind.NUMBER, depth);
                    case "b" -> term(TermKind.BOOL, depth);
                    case "s" -> term(TermKind.STRING, depth);
                    case "x" -> term(anyKind(), depth);
                    case "I" -> sequence(TermKind.INT, depth);
                    case "N" -> sequence(TermKind.NUMBER, depth);
                    case "B" -> sequence(TermKind.BOOL, depth);
                    case "S" -> sequence(TermKind.STRING, depth);
                    case "X" ->
                        random.nextInt(3) == 0 ? Term.leaf(TermKind.STRING, "tokens_asis") : sequence(anyKind(), depth);
                    case "sel" -> term(TermKind.SELECTOR, depth);
                    case "one" -> term(TermKind.ONE_SELECTOR, depth);
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
            return Term.leaf(TermKind.INT, pick(leaves));
        }
        int d = depth - 1;
        return choose(List.of(
                () -> Term.of(TermKind.INT, "(@ + @)", term(TermKind.INT, d), term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(@ - @)", term(TermKind.INT, d), term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(@ * " + pick(List.of("2", "3", "-1")) + ")", term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(@ % " + pick(List.of("2", "3")) + ")", term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(-@)", term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "round(@)", term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.INT, "indicator(@)", sequence(TermKind.BOOL, d)),
                () -> Term.of(TermKind.INT, "selector_width(@)", term(TermKind.SELECTOR, d)),
                () -> Term.of(TermKind.INT, "selector_width(@)", term(TermKind.SELECTOR, depth)),
                () -> Term.of(TermKind.INT, "[3, 1, 4][@ % 3]", sequence(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "{0: 5, 1: -2, 2: 0}[@ % 3]", sequence(TermKind.INT, d)),
                () -> conditional(TermKind.INT, d),
                () -> Term.of(
                        TermKind.INT,
                        "aggregate(@, @, " + pick(List.of("0", "-1", "7", "True")) + ")",
                        term(TermKind.ONE_SELECTOR, d),
                        term(TermKind.INT, d)),
                () -> Term.of(
                        TermKind.INT,
                        pick(List.of("max", "min")) + "(@, @)",
                        sequence(TermKind.INT, d),
                        term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "count(@, @)", sequence(TermKind.STRING, d), term(TermKind.STRING, 0)),
                () -> Term.of(
                        TermKind.INT, "(@)[" + pick(List.of("0", "1", "2", "-1")) + "]", sequence(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(@ and @)", sequence(TermKind.INT, d), term(TermKind.INT, d)),
                () -> Term.of(TermKind.INT, "(@ * @)", term(TermKind.INT, d), term(TermKind.INT, d))));
    }

    private Term number(int depth) {
        if (depth <= 0) {
            List<String> leaves = new ArrayList<>(List.of("indices", "0.5", "1.25", "length"));
            if (vocabulary.get(0).matches("\"?-?\\d.*|True")) {
                leaves.addAll(List.of("tokens_float", "tokens_float"));
            }
            return Term.leaf(TermKind.NUMBER, pick(leaves));
        }
        int d = depth - 1;
        return choose(List.of(
                () -> term(TermKind.INT, depth),
                () -> mean(d),
                () -> mean(d),
                () -> mean(d),
                () -> Term.of(TermKind.NUMBER, "(@ / " + pick(List.of("2", "3", "-4")) + ")", term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.NUMBER, "(@ / (1 + indices))", term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.NUMBER, "(@ + @)", term(TermKind.NUMBER, d), term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.NUMBER, "(@ - @)", term(TermKind.NUMBER, d), term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.NUMBER, "(@ * @)", term(TermKind.NUMBER, d), term(TermKind.INT, d)),
                () -> Term.of(TermKind.NUMBER, "(@ ^ 2)", term(TermKind.NUMBER, d)),
                () -> conditional(TermKind.NUMBER, d),
                () -> Term.of(TermKind.NUMBER, "average(@)", sequence(TermKind.INT, d))));
    }

    private Term mean(int d) {
        return random.nextInt(2) == 0
                ? Term.of(TermKind.NUMBER, "aggregate(@, @)", term(TermKind.SELECTOR, d), term(TermKind.NUMBER, d))
                : Term.of(
                        TermKind.NUMBER,
                        "aggregate(@, @, " + pick(List.of("0", "1", "-2.5", "100")) + ")",
                        term(TermKind.SELECTOR, d),
                        term(TermKind.NUMBER, d));
    }

    private Term bool(int depth) {
        if (depth <= 0) {
            return Term.leaf(
                    TermKind.BOOL,
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
                        TermKind.BOOL,
                        "(@ " + pick(ATOM_COMPARISONS) + " @)",
                        sequence(TermKind.INT, d),
                        term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.BOOL, "(@ < @)", sequence(TermKind.NUMBER, d), term(TermKind.INT, d)),
                () -> Term.of(
                        TermKind.BOOL,
                        "(@ " + pick(ATOM_COMPARISONS) + " @)",
                        sequence(TermKind.STRING, d),
                        term(TermKind.STRING, d)),
                () -> Term.of(TermKind.BOOL, "(@ and @)", sequence(TermKind.BOOL, d), sequence(TermKind.BOOL, d)),
                () -> Term.of(TermKind.BOOL, "(@ or @)", sequence(TermKind.BOOL, d), sequence(TermKind.BOOL, d)),
                () -> Term.of(TermKind.BOOL, "(not @)", sequence(TermKind.BOOL, d)),
                () -> Term.of(TermKind.BOOL, "(@ in [0, 1, \"a\"])", sequence(TermKind.INT, d)),
                () -> Term.of(TermKind.BOOL, "(@ in [" + pick(vocabulary) + ", \"b\"])", sequence(TermKind.STRING, d)),
                () -> Term.of(TermKind.BOOL, "(2 in (@))", sequence(TermKind.INT, d)),
                () -> Term.of(TermKind.BOOL, "(" + pick(vocabulary) + " in tokens_asis)"),
                () -> Term.of(TermKind.BOOL, "has_focus(@)", term(TermKind.SELECTOR, d)),
                () -> Term.of(
                        TermKind.BOOL,
                        "aggregate(@, @, False)",
                        term(TermKind.ONE_SELECTOR, d),
                        sequence(TermKind.BOOL, d)),
                () -> Term.of(
                        TermKind.BOOL,
                        "aggregate(@, @, False)",
                        term(TermKind.SELECTOR, d),
                        sequence(TermKind.BOOL, d)),
                () -> conditional(TermKind.BOOL, d)));
        if (subset.isWhole()) {
            ways.add(() -> Term.of(
                    TermKind.BOOL,
                    pick(List.of("mark_first_instance", "mark_last_instance")) + "(@, " + pick(vocabulary) + ")",
                    sequence(TermKind.STRING, d)));
        }
        return choose(ways);
    }

    private Term string(int depth) {
        if (depth <= 0) {
            return Term.leaf(
                    TermKind.STRING,
                    pick(List.of("tokens", "tokens_str", "tokens", "\"a\"", "\"b\"", "\"\"", "\"zz\"")));
        }
        int d = depth - 1;
        var ways = new ArrayList<Supplier<Term>>(List.of(
                () -> Term.of(TermKind.STRING, "(@ + @)", term(TermKind.STRING, d), term(TermKind.STRING, 0)),
                () -> Term.of(
                        TermKind.STRING,
                        "aggregate(@, @, " + pick(List.of("\"a\"", "\"?\"", "\"\"")) + ")",
                        term(TermKind.ONE_SELECTOR, d),
                        term(TermKind.STRING, d)),
                () -> Term.of(
                        TermKind.STRING, "aggregate(@, @)", term(TermKind.ONE_SELECTOR, d), term(TermKind.STRING, d)),
                () -> Term.of(
                        TermKind.STRING,
                        "aggregate(@, @, \"-\")",
                        term(TermKind.SELECTOR, d),
                        term(TermKind.STRING, d)),
                () -> Term.of(TermKind.STRING, "\"xyz\"[@ % 3]", sequence(TermKind.INT, d)),
                () -> Term.of(TermKind.STRING, "(@ * (@ % 3))", term(TermKind.STRING, 0), sequence(TermKind.INT, d)),
                () -> conditional(TermKind.STRING, d),
                () -> Term.of(
                        TermKind.STRING,
                        "shift(@, " + pick(List.of("1", "2", "-1")) + ", \"_\")",
                        sequence(TermKind.STRING, d)),
                () -> Term.of(
                        TermKind.STRING,
                        "load_from_location(@, @)",
                        sequence(TermKind.STRING, d),
                        term(TermKind.INT, d))));
        if (subset.isWhole()) {
            ways.add(() ->
                    Term.of(TermKind.STRING, "sort(@, @)", sequence(TermKind.STRING, d), sequence(TermKind.INT, d)));
            ways.add(() ->
                    Term.of(TermKind.STRING, "sort(@, @)", sequence(TermKind.STRING, 0), sequence(TermKind.STRING, 0)));
        }
        return choose(ways);
    }

    private Term conditional(TermKind kind, int d) {
        return Term.of(kind, "(@ if @ else @)", term(kind, d), sequence(TermKind.BOOL, d), term(kind, d));
    }

    private Term selector(int depth) {
        if (subset == Subset.DIRECT || depth <= 0) {
            return simpleSelector(depth);
        }
        int d = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> Term.of(TermKind.SELECTOR, "(@ and @)", term(TermKind.SELECTOR, d), term(TermKind.SELECTOR, d));
            case 1 -> Term.of(TermKind.SELECTOR, "(@ or @)", term(TermKind.SELECTOR, d), term(TermKind.SELECTOR, d));
            case 2 -> Term.of(TermKind.SELECTOR, "(not @)", term(TermKind.SELECTOR, d));
            case 3 ->
                Term.of(TermKind.SELECTOR, "(@ or @)", term(TermKind.ONE_SELECTOR, d), term(TermKind.SELECTOR, d));
            default -> simpleSelector(depth);
        };
    }

    private Term simpleSelector(int depth) {
        return random.nextInt(6) == 0 ? term(TermKind.ONE_SELECTOR, depth) : select(depth);
    }

    private Term select(int depth) {
        int d = Math.max(0, depth - 1);
        return choose(List.of(
                () -> Term.leaf(TermKind.SELECTOR, "full_s"),
                () -> Term.of(
                        TermKind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(TermKind.INT, d),
                        term(TermKind.INT, d)),
                () -> Term.of(
                        TermKind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(TermKind.STRING, d),
                        term(TermKind.STRING, d)),
                () -> Term.of(
                        TermKind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(TermKind.NUMBER, d),
                        term(TermKind.INT, d)),
                () -> Term.of(
                        TermKind.SELECTOR,
                        "select(@, @, " + pick(COMPARISONS) + ")",
                        term(TermKind.INT, d),
                        term(TermKind.NUMBER, d)),
                () -> Term.of(TermKind.SELECTOR, "select(@, @, ==)", term(TermKind.BOOL, d), term(TermKind.BOOL, d)),
                () -> Term.leaf(TermKind.SELECTOR, "select(indices, indices, " + pick(COMPARISONS) + ")"),
                () -> Term.leaf(TermKind.SELECTOR, "select(tokens, tokens, " + pick(COMPARISONS) + ")"),
                () -> Term.leaf(TermKind.SELECTOR, "select(tokens_asis, " + pick(vocabulary) + ", ==)"),
                () -> Term.of(
                        TermKind.SELECTOR,
                        "select(" + pick(List.of("1", "True")) + ", @, ==)",
                        term(TermKind.BOOL, d))));
    }

    private Term oneSelector(int depth) {
        int d = Math.max(0, depth - 1);
        var ways = new ArrayList<Supplier<Term>>(List.of(
                () -> Term.of(TermKind.ONE_SELECTOR, "select(indices, @, ==)", term(TermKind.INT, d)),
                () -> Term.leaf(
                        TermKind.ONE_SELECTOR, "select(indices, " + pick(List.of("0", "1", "length - 1")) + ", ==)"),
                () -> Term.leaf(TermKind.ONE_SELECTOR, "select(indices, indices - 1, ==)"),
                () -> Term.leaf(TermKind.ONE_SELECTOR, "select(indices, length - indices - 1, ==)"),
                () -> Term.leaf(TermKind.ONE_SELECTOR, "select(indices + 2, indices, ==)")));
        if (subset.isWhole()) {
            ways.add(() -> Term.of(
                    TermKind.ONE_SELECTOR, "(@ and @)", term(TermKind.ONE_SELECTOR, d), term(TermKind.SELECTOR, d)));
            ways.add(() -> Term.leaf(
                    TermKind.ONE_SELECTOR,
                    pick(List.of("select_from_first", "select_from_last")) + "(tokens_asis, " + pick(vocabulary)
                            + ")"));
            ways.add(() -> Term.leaf(TermKind.ONE_SELECTOR, "select_next_identical(tokens)"));
        }
        return choose(ways);
    }

    /** A term that is sure to be an s-op and not an atom, for the forms that take only those. */
    private Term sequence(TermKind kind, int depth) {
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
