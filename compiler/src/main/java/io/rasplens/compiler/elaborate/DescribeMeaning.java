package io.rasplens.compiler.elaborate;

import io.rasplens.compiler.interpret.Shown;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;

/** Meanings as messages name them: short, whatever the program built. */
final class DescribeMeaning {
    private static final int MAX_ELEMENTS = 5;

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

    /** Bytes, roughly, that an atom takes beyond what small ones share. */
    static long size(Value value) {
        if (value instanceof StringValue s) {
            return 40 + 2L * s.value().length();
        }
        return value instanceof IntValue i ? 8 + i.value().bitLength() / 8 : 24;
    }
}
