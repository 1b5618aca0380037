package io.rasplens.compiler.elaborate;

import io.rasplens.compiler.interpret.Shown;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.stream.Collectors;

/** Meanings as messages name them: short, whatever the program built. */
final class DescribeMeaning {
    private static final int MAX_ELEMENTS = 5;

    /** Characters of an input that is worth repeating. */
    private static final int LONGEST_INPUT = 30;

    private static final String AN_INPUT = "\"abc\"";

    private DescribeMeaning() {}

    /** {@code the int 3}, {@code an s-op}, {@code a list}. */
    static String meaning(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom) {
            return "the " + Shown.kind(atom.value()) + " " + Shown.value(atom.value());
        }
        if (meaning instanceof Meaning.Function function) {
            return "the function " + function.signature();
        }
        if (meaning instanceof Meaning.ListOf list) {
            return "the list " + elements(list);
        }
        return meaning.oneOfItsKind();
    }

    private static String elements(Meaning.ListOf list) {
        var out = new StringBuilder("[");
        for (int i = 0; i < list.elements().size(); i++) {
            if (i == MAX_ELEMENTS) {
                out.append(", …");
                break;
            }
            Meaning element = list.elements().get(i);
            out.append(i == 0 ? "" : ", ")
                    .append(element instanceof Meaning.Atom atom ? Shown.value(atom.value()) : element.kind());
        }
        return out.append(']').toString();
    }

    /** An input of these atoms as a program writes it; an example where they are none, or many. */
    static String asInput(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom && atom.value() instanceof StringValue) {
            return written(atom);
        }
        if (!(meaning instanceof Meaning.ListOf list)
                || list.elements().isEmpty()
                || list.elements().size() > MAX_ELEMENTS
                || !list.elements().stream().allMatch(Meaning.Atom.class::isInstance)) {
            return AN_INPUT;
        }
        return "["
                + list.elements().stream()
                        .map(element -> written((Meaning.Atom) element))
                        .collect(Collectors.joining(", "))
                + "]";
    }

    private static String written(Meaning.Atom atom) {
        if (!(atom.value() instanceof StringValue string)) {
            return Shown.value(atom.value());
        }
        String text = string.value();
        return text.isEmpty() || text.length() > LONGEST_INPUT ? AN_INPUT : "\"" + text + "\"";
    }

    /** Bytes, roughly, that an atom takes beyond what small ones share. */
    static long size(Value value) {
        if (value instanceof StringValue s) {
            return 40 + 2L * s.value().length();
        }
        return value instanceof IntValue i ? 8 + i.value().bitLength() / 8 : 24;
    }
}
