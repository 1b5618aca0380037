package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression as a tree.
 *
 * @param shape RASP text with {@code @} for each child
 */
record Term(TermKind kind, String shape, ImmutableList<Term> children) {
    static Term leaf(TermKind kind, String text) {
        return new Term(kind, text, ImmutableList.of());
    }

    static Term of(TermKind kind, String shape, Term... children) {
        return new Term(kind, shape, ImmutableList.copyOf(children));
    }

    String text() {
        var out = new StringBuilder();
        int child = 0;
        for (int i = 0; i < shape.length(); i++) {
            if (shape.charAt(i) == '@') {
                out.append(children.get(child++).text());
            } else {
                out.append(shape.charAt(i));
            }
        }
        return out.toString();
    }

    int size() {
        return 1 + children.stream().mapToInt(Term::size).sum();
    }

    /** Smaller terms of the same kind to try in its place, the smallest first. */
    List<Term> smaller() {
        var tries = new ArrayList<Term>();
        for (Term leaf : leaves()) {
            if (!leaf.equals(this) && size() > 1) {
                tries.add(leaf);
            }
        }
        for (Term child : children) {
            if (child.kind.fits(kind)) {
                tries.add(child);
            }
        }
        for (int c = 0; c < children.size(); c++) {
            for (Term smaller : children.get(c).smaller()) {
                var changed = new ArrayList<>(children);
                changed.set(c, smaller);
                tries.add(new Term(kind, shape, ImmutableList.copyOf(changed)));
            }
        }
        return tries;
    }

    private List<Term> leaves() {
        return switch (kind) {
            case INT, NUMBER -> List.of(leaf(TermKind.INT, "1"), leaf(TermKind.INT, "indices"));
            case BOOL -> List.of(leaf(kind, "True"), leaf(kind, "(indices == 0)"));
            case STRING -> List.of(leaf(kind, "\"a\""), leaf(kind, "tokens"));
            case SELECTOR -> List.of(leaf(kind, "full_s"), leaf(kind, "select(indices, indices, ==)"));
            case ONE_SELECTOR -> List.of(leaf(kind, "select(indices, indices, ==)"));
        };
    }
}
