package io.rasplens.grammar.ast;

import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a syntax tree for people to read: a line for each node, its parts indented below it. Links of a long chain are
 * printed in a loop, so no tree is too deep.
 *
 * <pre>
 * assign x
 *   binary +
 *     name a
 *     literal 1
 * </pre>
 */
public final class AstPrinter {
    /** Nodes deeper than this are not indented further but numbered, or a long chain would fill the memory with spaces. */
    private static final int DEEPEST_INDENT = 60;

    private final boolean spans;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Task> tasks = new ArrayDeque<>();

    private AstPrinter(boolean spans) {
        this.spans = spans;
    }

    /** A node still to be printed, with a few words that tell its part in the node above. */
    private record Task(int depth, String prefix, AstNode node) {}

    /** The tree of a file. */
    public static String print(Script script) {
        return print(script, false);
    }

    /** The tree of a file, on demand with the line and columns of each node. */
    public static String print(Script script, boolean spans) {
        var printer = new AstPrinter(spans);
        for (Item item : script.items()) {
            printer.run(item);
        }
        return printer.out.toString();
    }

    /** The tree of one node. */
    public static String print(AstNode node) {
        var printer = new AstPrinter(false);
        printer.run(node);
        return printer.out.toString();
    }

    private void run(AstNode root) {
        tasks.push(new Task(0, "", root));
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            AstNode node = task.node;
            var lines = new AstLines(node);
            String place = spans ? "  @" + place(node.span()) : "";
            out.append(indent(task.depth))
                    .append(task.prefix)
                    .append(lines.head())
                    .append(place)
                    .append('\n');
            List<AstLines.AstChild> parts = lines.parts();
            for (int i = parts.size() - 1; i >= 0; i--) {
                AstLines.AstChild part = parts.get(i);
                tasks.push(new Task(task.depth + 1, part.prefix(), part.node()));
            }
        }
    }

    private static String indent(int depth) {
        return "  ".repeat(Math.min(depth, DEEPEST_INDENT)) + (depth > DEEPEST_INDENT ? "[" + depth + "] " : "");
    }

    private static String place(Span span) {
        var source = span.source();
        int endLine = source.line(span.end());
        String end = endLine == span.line() ? "" : endLine + ":";
        return span.line() + ":" + span.column() + "-" + end + source.column(span.end());
    }

    static String values(List<Value> values) {
        return values.stream().map(Value::repr).collect(Collectors.joining(", ", "[", "]"));
    }
}
