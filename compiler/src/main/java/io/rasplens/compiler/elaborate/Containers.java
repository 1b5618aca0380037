package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Lookups;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Indexing, membership, {@code range}, {@code zip}, {@code len}, and taking lists apart. */
final class Containers {
    private final Graph graph;
    private final Budget budget;

    Containers(Graph graph, Budget budget) {
        this.graph = graph;
        this.budget = budget;
    }

    /** {@code target[index]} in all its meanings. */
    Meaning index(Meaning target, Meaning index, Span span) {
        if (target instanceof Meaning.Sequence sequence) {
            return new Meaning.Sequence(atPosition(sequence.node(), index, span));
        }
        boolean indexable = target instanceof Meaning.ListOf
                || target instanceof Meaning.DictOf
                || (target instanceof Meaning.Atom atom && atom.value() instanceof StringValue);
        if (!indexable) {
            throw Operations.wrongKind(
                    DescribeMeaning.meaning(target) + " can't be indexed", "a list, dict, string or s-op", span);
        }
        if (index instanceof Meaning.Sequence sequence) {
            return new Meaning.Sequence(graph.elementwise(lookup(target, span), sequence.node()));
        }
        if (!(index instanceof Meaning.Atom atom)) {
            throw Operations.wrongKind(
                    "an index can't be " + DescribeMeaning.meaning(index), "an atom or an s-op", span);
        }
        return atIndex(target, atom.value(), span);
    }

    /** {@code element in container} in all its meanings. */
    Meaning contains(Meaning element, Meaning container, Span span) {
        if (element instanceof Meaning.Sequence sequence) {
            if (!(container instanceof Meaning.ListOf list)) {
                throw Operations.wrongKind(
                        "an s-op can only be 'in' a list of atoms, got " + DescribeMeaning.meaning(container),
                        "a list of atoms",
                        "list what it may be, each on its own: tokens in [\"a\", \"b\"]",
                        span);
            }
            return new Meaning.Sequence(graph.elementwise(
                    new Operator.MemberOf(atoms(list.elements(), "the list after 'in'", span)), sequence.node()));
        }
        if (!(element instanceof Meaning.Atom atom)) {
            throw Operations.wrongKind(
                    DescribeMeaning.meaning(element) + " can't stand before 'in'", "an atom or an s-op", span);
        }
        if (container instanceof Meaning.ListOf list) {
            return new Meaning.Atom(Value.of(list.elements().stream().anyMatch(e -> ListOperations.equal(e, element))));
        }
        if (container instanceof Meaning.Sequence sequence) {
            SOp width =
                    graph.selectorWidth(graph.select(sequence.node(), graph.constant(atom.value()), Comparison.EQUAL));
            return new Meaning.Sequence(
                    graph.elementwise(new Operator.Binary(BinaryKind.GREATER), width, graph.constant(Value.of(0))));
        }
        throw Operations.wrongKind(
                "an atom can only be 'in' a list or an s-op, got " + DescribeMeaning.meaning(container),
                "a list or an s-op",
                span);
    }

    Meaning range(List<Meaning> arguments, Span span) {
        if (arguments.isEmpty() || arguments.size() > 3) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.BAD_RANGE, "range takes 1 to 3 ints, got " + arguments.size(), span));
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (Meaning argument : arguments) {
            if (!(argument instanceof Meaning.Atom atom)
                    || !(atom.value() instanceof IntValue || atom.value() instanceof BoolValue)) {
                throw Operations.wrongKind(
                        "range takes ints, got " + DescribeMeaning.meaning(argument),
                        "ints",
                        "a range is of ints that stand in the program; the positions of an input are the s-op indices",
                        span);
            }
            numbers.add(Values.toBigInteger(atom.value()));
        }
        BigInteger start = numbers.size() > 1 ? numbers.get(0) : BigInteger.ZERO;
        BigInteger end = numbers.get(numbers.size() > 1 ? 1 : 0);
        BigInteger step = numbers.size() > 2 ? numbers.get(2) : BigInteger.ONE;
        if (step.signum() == 0) {
            throw Rejection.of(Diagnostic.error(ElaborationCode.BAD_RANGE, "the step of a range can't be 0", span));
        }
        BigInteger way = end.subtract(start).multiply(BigInteger.valueOf(step.signum()));
        BigInteger size = step.abs();
        BigInteger count = way.signum() <= 0
                ? BigInteger.ZERO
                : way.add(size).subtract(BigInteger.ONE).divide(size);
        budget.checkList(count.bitLength() > 60 ? Long.MAX_VALUE / 8 : count.longValue(), span);
        budget.allocate(40L * count.intValue(), span);
        ImmutableList.Builder<Meaning> elements = ImmutableList.builder();
        for (int i = 0; i < count.intValue(); i++) {
            elements.add(new Meaning.Atom(IntValue.of(start.add(step.multiply(BigInteger.valueOf(i))))));
        }
        return Meaning.ListOf.of(elements.build());
    }

    Meaning zip(List<Meaning> arguments, Span span) {
        List<Meaning.ListOf> lists = new ArrayList<>();
        for (Meaning argument : arguments) {
            if (!(argument instanceof Meaning.ListOf list)) {
                throw Operations.wrongKind(
                        "zip takes lists, got " + DescribeMeaning.meaning(argument),
                        "lists",
                        "s-ops go side by side as they are: an expression of both is worked out at every position",
                        span);
            }
            lists.add(list);
        }
        if (lists.isEmpty()) {
            throw Rejection.of(
                    Diagnostic.error(ElaborationCode.WRONG_NUMBER_OF_VALUES, "zip needs at least one list", span));
        }
        int length = lists.get(0).elements().size();
        for (Meaning.ListOf list : lists) {
            if (list.elements().size() != length) {
                throw Rejection.of(Diagnostic.error(
                        ElaborationCode.WRONG_NUMBER_OF_VALUES,
                        "zip takes lists of one length, got " + length + " and "
                                + list.elements().size() + " elements",
                        span));
            }
        }
        budget.checkList((long) length * (lists.size() + 16), span);
        ImmutableList.Builder<Meaning> rows = ImmutableList.builder();
        for (int i = 0; i < length; i++) {
            int row = i;
            rows.add(Meaning.ListOf.of(
                    lists.stream().map(list -> list.elements().get(row)).collect(ImmutableList.toImmutableList())));
        }
        return checked(Meaning.ListOf.of(rows.build()), span);
    }

    Meaning length(Meaning argument, Span span) {
        if (argument instanceof Meaning.ListOf list) {
            return new Meaning.Atom(Value.of(list.elements().size()));
        }
        Rejection wrong =
                Operations.wrongKind("len takes a list, got " + DescribeMeaning.meaning(argument), "a list", span);
        throw argument instanceof Meaning.Sequence
                ? Rejection.of(wrong.diagnostics().get(0).help("the length of the input is the s-op 'length'"))
                : wrong;
    }

    /** What a loop goes through: a list's elements or a dict's keys. */
    static ImmutableList<Meaning> iterate(Meaning iterable, Span span) {
        if (iterable instanceof Meaning.ListOf list) {
            return list.elements();
        }
        if (iterable instanceof Meaning.DictOf dict) {
            return dict.keys();
        }
        String message = "'for' can't go through " + DescribeMeaning.meaning(iterable);
        throw iterable instanceof Meaning.Sequence
                ? Operations.wrongKind(
                        message,
                        "a list or a dict",
                        "what is written with an s-op is done at every position at once: tokens + 1 needs no loop",
                        span)
                : Operations.wrongKind(message, "a list or a dict", span);
    }

    /** The parts of a value that several names take: of a list, a string or a dict (its keys). */
    static ImmutableList<Meaning> unpack(Meaning value, int names, Span span) {
        Optional<ImmutableList<Meaning>> parts = value instanceof Meaning.ListOf list
                ? Optional.of(list.elements())
                : value instanceof Meaning.DictOf dict
                        ? Optional.of(dict.keys())
                        : value instanceof Meaning.Atom atom && atom.value() instanceof StringValue text
                                ? Optional.of(characters(text.value()))
                                : Optional.empty();
        if (parts.isEmpty()) {
            throw Operations.wrongKind(
                    names + " names can't share " + DescribeMeaning.meaning(value),
                    "a list of " + names + " values",
                    "give each name a value of its own, as in a, b = x, y;",
                    span);
        }
        if (parts.get().size() != names) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.WRONG_NUMBER_OF_VALUES,
                    names + " names but " + parts.get().size() + (parts.get().size() == 1 ? " value" : " values"),
                    span));
        }
        return parts.get();
    }

    /** What to do about brackets behind an s-op, where no input stands in them. */
    static final String NO_BRACKETS =
            "an s-op stands without brackets; with an input in them, as in x(\"abc\"), it is tried";

    private static final String NO_PLACE =
            "an input is written \"abc\" or [1, 2, 3]; a position stands in square brackets: x[0]";

    static ImmutableList<Meaning> characters(String text) {
        return text.codePoints()
                .mapToObj(point -> new Meaning.Atom(StringValue.of(point)))
                .collect(ImmutableList.toImmutableList());
    }

    /** The input that an s-op is run on: a non-empty string's characters, or a non-empty list of atoms. */
    static ImmutableList<Value> input(Meaning meaning, Span span) {
        ImmutableList<Meaning> tokens = ImmutableList.of();
        if (meaning instanceof Meaning.Atom atom && atom.value() instanceof StringValue text) {
            tokens = characters(text.value());
        } else if (meaning instanceof Meaning.ListOf list) {
            tokens = list.elements();
        } else {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.BAD_INPUT,
                            "an input is a string or a list of atoms, got " + DescribeMeaning.meaning(meaning),
                            span)
                    .help(meaning instanceof Meaning.Atom ? NO_PLACE : NO_BRACKETS));
        }
        if (tokens.isEmpty()) {
            throw Rejection.of(Diagnostic.error(ElaborationCode.BAD_INPUT, "an input needs at least one token", span));
        }
        return atoms(tokens, "an input", span);
    }

    Meaning checked(Meaning container, Span span) {
        budget.checkContainer(container, span);
        return container;
    }

    private Meaning atIndex(Meaning target, Value index, Span span) {
        try {
            if (target instanceof Meaning.ListOf list) {
                return list.elements()
                        .get(Lookups.position("list", list.elements().size(), index));
            }
            if (target instanceof Meaning.DictOf dict) {
                Meaning.MeaningEntry entry = dict.entries().get(Lookups.normalKey(index));
                if (entry == null) {
                    throw Lookups.missingKey(index);
                }
                return entry.value();
            }
            return new Meaning.Atom(Operators.apply(lookup(target, span), ImmutableList.of(index)));
        } catch (EvaluationException e) {
            throw Rejection.of(Diagnostic.error(e.code(), e.message(), span));
        }
    }

    private static Operator lookup(Meaning target, Span span) {
        if (target instanceof Meaning.ListOf list) {
            return new Operator.ListLookup(list.elements().stream()
                    .map(element -> lookedUp(element, "list", span))
                    .collect(ImmutableList.toImmutableList()));
        }
        if (target instanceof Meaning.DictOf dict) {
            ImmutableMap.Builder<Value, Value> entries = ImmutableMap.builder();
            for (Meaning.MeaningEntry entry : dict.entries().values()) {
                entries.put(entry.key(), lookedUp(entry.value(), "dict", span));
            }
            return new Operator.DictLookup(entries.buildOrThrow());
        }
        return new Operator.StringLookup(((StringValue) ((Meaning.Atom) target).value()).value());
    }

    private static Value lookedUp(Meaning element, String container, Span span) {
        if (element instanceof Meaning.Atom atom) {
            return atom.value();
        }
        Diagnostic wrong = Diagnostic.error(
                        ElaborationCode.WRONG_KIND,
                        "a " + container + " indexed by an s-op holds atoms only, got "
                                + DescribeMeaning.meaning(element),
                        span)
                .note("expected atoms");
        throw Rejection.of(
                element instanceof Meaning.Sequence
                        ? wrong.help("'a if c else b' chooses between s-ops, position by position")
                        : wrong);
    }

    /** {@code s[2]}: an aggregate over the one position that it names, which counts from the end if negative. */
    private SOp atPosition(SOp sequence, Meaning index, Span span) {
        if (!(index instanceof Meaning.Atom atom)
                || !(atom.value() instanceof IntValue || atom.value() instanceof BoolValue)) {
            throw Operations.wrongKind(
                    "the index into an s-op can't be " + DescribeMeaning.meaning(index),
                    "an int",
                    "to read at a computed place write aggregate(select(indices, place, ==), s-op); the last is"
                            + " s-op[-1]",
                    span);
        }
        SOp position = graph.constant(atom.value());
        if (Values.toBigInteger(atom.value()).signum() < 0) {
            SOp one = graph.constant(Value.of(1));
            SOp length = graph.selectorWidth(graph.select(one, one, Comparison.EQUAL));
            position = graph.elementwise(new Operator.Binary(BinaryKind.PLUS), length, position);
        }
        return graph.aggregate(graph.select(graph.indices(), position, Comparison.EQUAL), sequence, Value.of(0));
    }

    private static ImmutableList<Value> atoms(List<Meaning> elements, String what, Span span) {
        ImmutableList.Builder<Value> atoms = ImmutableList.builderWithExpectedSize(elements.size());
        for (Meaning element : elements) {
            if (!(element instanceof Meaning.Atom atom)) {
                throw Operations.wrongKind(
                        what + " holds atoms only, got " + DescribeMeaning.meaning(element), "atoms", span);
            }
            atoms.add(atom.value());
        }
        return atoms.build();
    }
}
