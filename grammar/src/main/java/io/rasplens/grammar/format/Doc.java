package io.rasplens.grammar.format;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Text with places where it may be broken into lines (Wadler's pretty printing, 2003): a group goes on one line if it fits,
 * else all its breaks become line breaks. Laid out without recursion.
 */
public sealed interface Doc {
    /** Characters without a line break. */
    record Text(String text) implements Doc {}

    /** A line break in a broken group; otherwise a space, or nothing. */
    record Break(boolean space) implements Doc {}

    /** Further indentation, by four columns, of the breaks inside. */
    record Indent(Doc inner) implements Doc {}

    /** One line or broken. */
    record Group(Doc inner) implements Doc {}

    /** One after another. */
    record Concat(ImmutableList<Doc> parts) implements Doc {}

    static Doc text(String text) {
        return new Text(text);
    }

    static Doc concat(Doc... parts) {
        return new Concat(ImmutableList.copyOf(parts));
    }

    static Doc concat(List<Doc> parts) {
        return new Concat(ImmutableList.copyOf(parts));
    }

    /** {@code open a, b, c close}, with breaks behind the opener, the commas, and before the closer. */
    static Doc enclosed(String open, List<Doc> elements, String close) {
        if (elements.isEmpty()) {
            return text(open + close);
        }
        var inner = ImmutableList.<Doc>builder().add(new Break(false));
        for (int i = 0; i < elements.size(); i++) {
            inner.add(elements.get(i));
            if (i + 1 < elements.size()) {
                inner.add(text(","), new Break(true));
            }
        }
        return new Group(concat(text(open), new Indent(concat(inner.build())), new Break(false), text(close)));
    }

    /**
     * The text, begun at column {@code indent}, at most {@code width} columns wide where the breaks allow it. Further lines are
     * indented by {@code indent} too; the first is not.
     */
    static String layOut(Doc doc, int indent, int width) {
        return new DocLayout(width).run(doc, indent);
    }

    /** One run over a document. */
    final class DocLayout {
        private static final int STEP = 4;

        private final int width;
        private final StringBuilder out = new StringBuilder();
        private final Deque<PendingDoc> stack = new ArrayDeque<>();

        private DocLayout(int width) {
            this.width = width;
        }

        private record PendingDoc(Doc doc, int indent, boolean broken) {}

        private String run(Doc doc, int indent) {
            int column = indent;
            stack.push(new PendingDoc(doc, indent, true));
            while (!stack.isEmpty()) {
                PendingDoc entry = stack.pop();
                if (entry.doc instanceof Text text) {
                    out.append(text.text);
                    column += text.text.length();
                } else if (entry.doc instanceof Break place) {
                    if (entry.broken) {
                        out.append('\n').append(" ".repeat(entry.indent));
                        column = entry.indent;
                    } else if (place.space) {
                        out.append(' ');
                        column++;
                    }
                } else if (entry.doc instanceof Indent inner) {
                    stack.push(new PendingDoc(inner.inner, entry.indent + STEP, entry.broken));
                } else if (entry.doc instanceof Group group) {
                    boolean broken = entry.broken && !fits(group.inner, width - column);
                    stack.push(new PendingDoc(group.inner, entry.indent, broken));
                } else if (entry.doc instanceof Concat concat) {
                    pushAll(stack, concat, entry);
                }
            }
            return out.toString();
        }

        /** Whether a document on one line, and what follows it up to the next possible line break, stays within {@code room}. */
        private boolean fits(Doc doc, int room) {
            int left = room;
            Deque<PendingDoc> flat = new ArrayDeque<>();
            flat.push(new PendingDoc(doc, 0, false));
            var rest = stack.iterator();
            while (left >= 0) {
                if (flat.isEmpty()) {
                    if (!rest.hasNext()) {
                        return true;
                    }
                    flat.push(rest.next());
                }
                PendingDoc entry = flat.pop();
                if (entry.doc instanceof Text text) {
                    left -= text.text.length();
                } else if (entry.doc instanceof Break place) {
                    if (entry.broken) {
                        return true;
                    }
                    left -= place.space ? 1 : 0;
                } else if (entry.doc instanceof Indent inner) {
                    flat.push(new PendingDoc(inner.inner, 0, entry.broken));
                } else if (entry.doc instanceof Group group) {
                    flat.push(new PendingDoc(group.inner, 0, entry.broken));
                } else if (entry.doc instanceof Concat concat) {
                    pushAll(flat, concat, entry);
                }
            }
            return false;
        }

        private static void pushAll(Deque<PendingDoc> stack, Concat concat, PendingDoc entry) {
            for (int i = concat.parts.size() - 1; i >= 0; i--) {
                stack.push(new PendingDoc(concat.parts.get(i), entry.indent, entry.broken));
            }
        }
    }
}
