package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Statement;
import java.util.Optional;

/**
 * What the library's documentation says of one name.
 *
 * @param signature {@code shift(seq, n, filler)}, or a bare name
 * @param description what it means
 * @param layers attention layers that it adds behind its arguments, as the optimising compiler builds it
 * @param heads heads in them
 * @param remark what else there is to say of the cost
 */
public record LibraryDoc(String signature, String description, int layers, int heads, String remark) {
    private static final String ELEMENTWISE = ": elementwise";
    private static final String BEFORE = ", before the layer that uses the selector";

    /** Every name of the library but {@code tokens}, in the order in which a learner meets them. */
    public static final ImmutableList<LibraryDoc> ALL = ImmutableList.of(
            new LibraryDoc("full_s", "The selector that selects every position everywhere.", 0, 0, " by itself"),
            new LibraryDoc("length", "How many tokens the input has, at every position.", 1, 1, ""),
            new LibraryDoc(
                    "selector_width(s)", "How many positions the selector s selects, at each position.", 1, 1, ""),
            new LibraryDoc("has_focus(s)", "Whether s selects anything at all, at each position.", 1, 1, ""),
            new LibraryDoc(
                    "count(seq, v)",
                    "At how many positions seq equals v; a v that is an s-op too is compared position by position.",
                    1,
                    1,
                    ""),
            new LibraryDoc(
                    "contains(seq, v)",
                    "Whether seq equals v anywhere; a v that is an s-op too is compared position by position.",
                    1,
                    1,
                    ""),
            new LibraryDoc(
                    "max(a, b)", "The larger of a and b at each position; b where they are equal.", 0, 0, ELEMENTWISE),
            new LibraryDoc(
                    "min(a, b)", "The smaller of a and b at each position; b where they are equal.", 0, 0, ELEMENTWISE),
            new LibraryDoc(
                    "average(a)",
                    "The mean of a over all positions. On one position it is the value itself.",
                    1,
                    1,
                    ""),
            new LibraryDoc(
                    "load_from_location(seq, loc)",
                    "The value of seq at position loc, which may differ from position to position; 0 where there is no"
                            + " such position.",
                    1,
                    1,
                    ""),
            new LibraryDoc(
                    "shift(seq, n, filler)",
                    "The value of seq n positions to the left (to the right for a negative n), and filler where there"
                            + " is none.",
                    1,
                    1,
                    ""),
            new LibraryDoc("mark_last_instance(seq, val)", "True at the last position where seq equals val.", 1, 1, ""),
            new LibraryDoc(
                    "mark_first_instance(seq, val)", "True at the first position where seq equals val.", 1, 1, ""),
            new LibraryDoc(
                    "select_from_last(seq, val)",
                    "The selector of the last position where seq equals val.",
                    1,
                    1,
                    BEFORE),
            new LibraryDoc(
                    "select_from_first(seq, val)",
                    "The selector of the first position where seq equals val.",
                    1,
                    1,
                    BEFORE),
            new LibraryDoc(
                    "sort(seq, key)",
                    "The values of seq in ascending order of key; equal keys keep the order of their positions.",
                    2,
                    3,
                    ": two count each position's rank (smaller keys, and equal keys on its left), one then moves the"
                            + " values"),
            new LibraryDoc(
                    "select_next_identical(seq)",
                    "The selector of the next position that holds the same value.",
                    1,
                    1,
                    BEFORE));

    /** The bare name. */
    public String name() {
        int bracket = signature.indexOf('(');
        return bracket < 0 ? signature : signature.substring(0, bracket);
    }

    /** {@code 2 attention layers, 3 heads: ...}. */
    public String cost() {
        return layers == 0
                ? "no attention layer" + remark
                : layers
                        + (layers == 1 ? " attention layer, " : " attention layers, ")
                        + heads
                        + (heads == 1 ? " head" : " heads")
                        + remark;
    }

    /** All of it in lines for a reader, as {@code rasp explain sort} prints it: with the definition, where RASP has one. */
    public String text() {
        String text = signature + "\n\n" + description + "\n\nCost: " + cost() + ".\n";
        return definition()
                .map(source -> text + "\nDefinition:\n\n" + source + "\n")
                .orElse(text);
    }

    private Optional<String> definition() {
        return Library.script().items().stream()
                .filter(item -> item instanceof Statement.FunctionDefinition function
                        ? function.name().equals(name())
                        : item instanceof Statement.Assignment assignment
                                && assignment.targets().get(0).name().equals(name()))
                .map(item -> "    " + item.span().text().replace("\n", "\n    "))
                .findFirst();
    }

    /** The documentation of a library name. */
    public static Optional<LibraryDoc> find(String name) {
        return ALL.stream().filter(doc -> doc.name().equals(name)).findFirst();
    }
}
