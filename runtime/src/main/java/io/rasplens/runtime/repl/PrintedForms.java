package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The printed forms of LANGUAGE section 6, to the space and the tab. Every method gives whole lines, each with its line break
 * ({@code \n} on every system, so that transcripts compare).
 */
public final class PrintedForms {
    /** Depth of indentation, in tabs, of what stands inside a list and inside a dict. */
    private static final int LIST_TABS = 2;

    private static final int DICT_TABS = 3;

    private final boolean fullDisplay;
    private final StringBuilder out = new StringBuilder();

    private PrintedForms(boolean fullDisplay) {
        this.fullDisplay = fullDisplay;
    }

    /**
     * A value that has a name: {@code s-op: name} with its example, {@code value: name =  3}, …
     *
     * @param fullDisplay whether sequences are shown as aligned input and output rows
     */
    public static String named(String name, Printed value, boolean fullDisplay) {
        var forms = new PrintedForms(fullDisplay);
        forms.print(Optional.of(name), value, 0, "");
        return forms.out.toString();
    }

    /** The result of applying an s-op to an input: {@code = [0, 1, 2] (ints)} after a tab. */
    public static String applied(Printed.PrintedOutput output, boolean fullDisplay) {
        var forms = new PrintedForms(fullDisplay);
        forms.out.append("\t = ");
        if (fullDisplay) {
            forms.rows(output, "", "");
        } else {
            forms.out.append(' ').append(SequenceForm.of(output.values())).append('\n');
        }
        return forms.out.toString();
    }

    /** The result of applying a selector to an input: its matrix. */
    public static String applied(Printed.Matrix matrix) {
        var forms = new PrintedForms(false);
        forms.out.append("\t = \n");
        forms.matrix(matrix, "");
        return forms.out.toString();
    }

    /** {@code s-op example: "hello"}, after a tab. */
    public static String example(String kind, ExampleInput example) {
        return "\t" + kind + " example: " + example.text() + "\n";
    }

    /** An atom by itself: a string in double quotes, anything else in Python's way. */
    static String atom(Value value) {
        return value instanceof StringValue string ? '"' + string.value() + '"' : value.repr();
    }

    private void print(Optional<String> name, Printed value, int tabs, String key) {
        String indent = "\t".repeat(tabs);
        String start = indent + " " + key + " ";
        String assigned = name.map(given -> given + " = ").orElse("");
        String valueStart = (key.isEmpty() ? indent + " " : start) + "   value: " + assigned;
        if (value instanceof Printed.PrintedAtom atom) {
            out.append(valueStart).append(' ').append(atom(atom.value())).append('\n');
        } else if (value instanceof Printed.SequenceOperator sop) {
            out.append(start)
                    .append("   s-op: ")
                    .append(name.orElse(sop.name()))
                    .append('\n');
            sop.example().ifPresent(output -> sequenceExample(name.orElse(sop.name()), output, indent));
        } else if (value instanceof Printed.SelectorOperator selector) {
            out.append(start)
                    .append("   selector: ")
                    .append(name.orElse(selector.name()))
                    .append('\n');
            selector.example().ifPresent(matrix -> {
                out.append(indent).append(" \t Example:\n");
                matrix(matrix, indent);
            });
        } else if (value instanceof Printed.PrintedFunction function) {
            out.append(start)
                    .append("   ")
                    .append(function.home())
                    .append(" function: ")
                    .append(function.name())
                    .append('(')
                    .append(String.join(", ", function.parameters()))
                    .append(")\n");
        } else if (value instanceof Printed.PrintedOutput output) {
            out.append(valueStart)
                    .append(' ')
                    .append(SequenceForm.of(output.values()))
                    .append('\n');
        } else if (value instanceof Printed.Matrix matrix) {
            out.append(valueStart).append('\n');
            matrix(matrix, indent);
        } else if (value instanceof Printed.PrintedList list) {
            list(list, start, "   list: " + assigned, indent, tabs);
        } else if (value instanceof Printed.PrintedDict dict) {
            dict(dict, start, "   dict: " + assigned, indent, tabs);
        }
    }

    private void list(Printed.PrintedList list, String start, String label, String indent, int tabs) {
        out.append(start).append(label);
        if (list.elements().stream().allMatch(Printed::isAtom)) {
            out.append(list.elements().stream()
                            .map(element ->
                                    ((Printed.PrintedAtom) element).value().repr())
                            .collect(Collectors.joining(", ", "[", "]")))
                    .append('\n');
            return;
        }
        out.append(indent).append(" [\n");
        list.elements().forEach(element -> print(Optional.empty(), element, tabs + LIST_TABS, ""));
        close(indent, label, "]");
    }

    private void dict(Printed.PrintedDict dict, String start, String label, String indent, int tabs) {
        out.append(start).append(label);
        if (dict.entries().stream().allMatch(entry -> entry.value().isAtom())) {
            out.append(dict.entries().stream()
                            .map(entry -> entry.key().repr() + ": "
                                    + ((Printed.PrintedAtom) entry.value())
                                            .value()
                                            .repr())
                            .collect(Collectors.joining(", ", "{", "}")))
                    .append('\n');
            return;
        }
        out.append(indent).append(" {\n");
        for (Printed.PrintedEntry entry : dict.entries()) {
            print(Optional.empty(), entry.value(), tabs + DICT_TABS, atom(entry.key()) + " : ");
        }
        close(indent, label, "}");
    }

    private void close(String indent, String label, String bracket) {
        out.append(indent)
                .append(' ')
                .append(" ".repeat(label.codePointCount(0, label.length())))
                .append(' ')
                .append(bracket)
                .append('\n');
    }

    private void sequenceExample(String name, Printed.PrintedOutput output, String indent) {
        String function = name.matches("[A-Za-z_][A-Za-z_0-9]*") ? name : "(" + name + ")";
        String call = function + "(" + output.input().text() + ") =";
        if (fullDisplay) {
            out.append(indent).append(" \t Example:");
            rows(output, indent, call);
        } else {
            out.append(indent)
                    .append(" \t Example: ")
                    .append(call)
                    .append(' ')
                    .append(SequenceForm.of(output.values()))
                    .append('\n');
        }
    }

    /** The full display: input above output, columns aligned to the right; nothing to align when all values are equal. */
    private void rows(Printed.PrintedOutput output, String indent, String call) {
        if (SequenceForm.allEqual(output.values())) {
            out.append(' ')
                    .append(call)
                    .append(' ')
                    .append(SequenceForm.of(output.values()))
                    .append(" [skipped full display: identical values]\n");
            return;
        }
        List<String> input = cells(output.input().values());
        List<String> result = cells(output.values());
        int width = Stream.concat(input.stream(), result.stream())
                .mapToInt(cell -> cell.codePointCount(0, cell.length()))
                .max()
                .orElse(0);
        out.append('\n');
        row("input:  ", input, output.input().values(), width, indent);
        row("output: ", result, output.values(), width, indent);
    }

    private void row(String label, List<String> cells, List<Value> values, int width, String indent) {
        out.append(indent)
                .append(" \t\t")
                .append(label)
                .append(' ')
                .append(cells.stream()
                        .map(cell -> " ".repeat(width - cell.codePointCount(0, cell.length())) + cell)
                        .collect(Collectors.joining(" ")))
                .append(" \t (")
                .append(SequenceForm.kind(values))
                .append(")\n");
    }

    /** Floats in full here; of a row of bools only the rarer kind is written, both when there are as many. */
    private static ImmutableList<String> cells(List<Value> values) {
        if (!values.stream().allMatch(BoolValue.class::isInstance)) {
            return values.stream().map(Values::plain).collect(ImmutableList.toImmutableList());
        }
        long trues = values.stream().filter(Value::isTrue).count();
        String whenTrue = trues * 2 <= values.size() ? "T" : "";
        String whenFalse = trues * 2 >= values.size() ? "F" : "";
        return values.stream()
                .map(value -> value.isTrue() ? whenTrue : whenFalse)
                .collect(ImmutableList.toImmutableList());
    }

    private void matrix(Printed.Matrix matrix, String indent) {
        List<String> labels =
                matrix.input().values().stream().map(Values::plain).toList();
        out.append(indent)
                .append(" \t\t\t     ")
                .append(String.join(" ", labels))
                .append('\n');
        for (int query = 0; query < labels.size(); query++) {
            out.append(indent)
                    .append(" \t\t\t ")
                    .append(labels.get(query))
                    .append(" | ")
                    .append(matrix.rows().get(query).stream()
                            .map(selected -> selected ? "1" : " ")
                            .collect(Collectors.joining(" ")))
                    .append('\n');
        }
    }
}
