package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each expected text is what the original interpreter prints, byte for byte. */
@SuppressWarnings("StringConcatToTextBlock") // text blocks would hide the tabs and the trailing blanks
class PrintedFormsTest {
    private static final ExampleInput HELLO = ExampleInput.ofText("hello");

    @Test
    void atoms() {
        assertThat(named("a", atom(Value.of(3)))).isEqualTo("    value: a =  3\n");
        assertThat(named("a", atom(Value.of(0.1 + 0.2)))).isEqualTo("    value: a =  0.30000000000000004\n");
        assertThat(named("a", atom(Value.of(true)))).isEqualTo("    value: a =  True\n");
        assertThat(named("sep", atom(Value.of(",")))).isEqualTo("    value: sep =  \",\"\n");
    }

    @Test
    void sOps() {
        assertThat(named("c", sop(Value.of(4), Value.of(5), Value.of(6), Value.of(7), Value.of(8))))
                .isEqualTo("     s-op: c\n \t Example: c(\"hello\") = [4, 5, 6, 7, 8] (ints)\n");
        assertThat(named("length", sop(Value.of(5), Value.of(5), Value.of(5), Value.of(5), Value.of(5))))
                .isEqualTo("     s-op: length\n \t Example: length(\"hello\") = [5]*5 (ints)\n");
        assertThat(named("x", new Printed.SequenceOperator("x", Optional.empty())))
                .isEqualTo("     s-op: x\n");
    }

    @Test
    void anExampleThatIsAListPrintsInPythonsWay() {
        var input = ExampleInput.ofList(ImmutableList.of(Value.of(4), Value.of("a"), Value.of(1.0)));
        var output = new Printed.PrintedOutput(input, ImmutableList.of(Value.of(0), Value.of(1), Value.of(2)));
        assertThat(named("indices", new Printed.SequenceOperator("", Optional.of(output))))
                .isEqualTo("     s-op: indices\n \t Example: indices([4, 'a', 1.0]) = [0, 1, 2] (ints)\n");
    }

    @Test
    void selectors() {
        assertThat(named("s", new Printed.SelectorOperator("", Optional.of(previous()))))
                .isEqualTo("     selector: s\n"
                        + " \t Example:\n"
                        + " \t\t\t     h e l l o\n"
                        + " \t\t\t h |          \n"
                        + " \t\t\t e | 1        \n"
                        + " \t\t\t l |   1      \n"
                        + " \t\t\t l |     1    \n"
                        + " \t\t\t o |       1  \n");
        assertThat(named("s", new Printed.SelectorOperator("", Optional.empty())))
                .isEqualTo("     selector: s\n");
    }

    @Test
    void applications() {
        assertThat(PrintedForms.applied(output(Value.of(0), Value.of(1), Value.of(2)), false))
                .isEqualTo("\t =  [0, 1, 2] (ints)\n");
        assertThat(PrintedForms.applied(output(Value.of("T"), Value.of("T")), true))
                .isEqualTo("\t =   [T]*2 (strings) [skipped full display: identical values]\n");
        assertThat(PrintedForms.applied(previous())).startsWith("\t = \n \t\t\t     h e l l o\n \t\t\t h |");
    }

    @Test
    void functions() {
        assertThat(named("g", new Printed.PrintedFunction("console", "foo", ImmutableList.of("a", "b"))))
                .isEqualTo("     console function: foo(a, b)\n");
        assertThat(named("getall", new Printed.PrintedFunction("tests/rover", "getall", ImmutableList.of())))
                .isEqualTo("     tests/rover function: getall()\n");
    }

    @Test
    void listsAndDictsOfAtoms() {
        assertThat(named("b", list(atom(Value.of("a")), atom(Value.of(1.5)), atom(Value.of(true)))))
                .isEqualTo("     list: b = ['a', 1.5, True]\n");
        assertThat(named("b", list())).isEqualTo("     list: b = []\n");
        assertThat(named("d", dict(entry("a", atom(Value.of(3))), entry("b", atom(Value.of("x"))))))
                .isEqualTo("     dict: d = {'a': 3, 'b': 'x'}\n");
    }

    @Test
    void listsThatHoldMorePrintAnElementALine() {
        var sop = new Printed.SequenceOperator("tokens", Optional.of(output(Value.of("h"), Value.of("e"))));
        assertThat(named("x", list(sop, atom(Value.of(2)), list(atom(Value.of(1))))))
                .isEqualTo("     list: x =  [\n"
                        + "\t\t     s-op: tokens\n"
                        + "\t\t \t Example: tokens(\"hello\") = [h, e] (strings)\n"
                        + "\t\t    value:  2\n"
                        + "\t\t     list: [1]\n"
                        + "               ]\n");
        assertThat(named("y", list(list(list(atom(Value.of(1)))))))
                .isEqualTo("     list: y =  [\n"
                        + "\t\t     list: \t\t [\n"
                        + "\t\t\t\t     list: [1]\n"
                        + "\t\t           ]\n"
                        + "               ]\n");
    }

    @Test
    void dictsThatHoldMorePrintTheirKeys() {
        var selector = new Printed.SelectorOperator("plain", Optional.empty());
        assertThat(named("needstobe", dict(entry("a", selector), entry("b", selector))))
                .isEqualTo("     dict: needstobe =  {\n"
                        + "\t\t\t \"a\" :     selector: plain\n"
                        + "\t\t\t \"b\" :     selector: plain\n"
                        + "                       }\n");
        assertThat(named("d", dict(entry("a", selector), entry("b", atom(Value.of(2))))))
                .contains("\t\t\t \"b\" :     value:  2\n");
    }

    @Test
    void fullDisplayAlignsInputAndOutput() {
        assertThat(PrintedForms.named("indices", sopOf(0, 1, 2, 3, 10), true))
                .isEqualTo("     s-op: indices\n"
                        + " \t Example:\n"
                        + " \t\tinput:    h  e  l  l  o \t (strings)\n"
                        + " \t\toutput:   0  1  2  3 10 \t (ints)\n");
        assertThat(PrintedForms.named("length", sopOf(5, 5, 5, 5, 5), true))
                .isEqualTo("     s-op: length\n"
                        + " \t Example: length(\"hello\") = [5]*5 (ints) [skipped full display: identical values]\n");
    }

    @Test
    void fullDisplayWritesOnlyTheRarerBool() {
        var output = new Printed.PrintedOutput(
                HELLO,
                Stream.of(false, true, false, false, false).map(Value::of).collect(ImmutableList.toImmutableList()));
        assertThat(PrintedForms.applied(output, true))
                .isEqualTo(
                        "\t = \n" + " \t\tinput:   h e l l o \t (strings)\n" + " \t\toutput:    T       \t (bools)\n");
    }

    @Test
    void examples() {
        assertThat(PrintedForms.example("s-op", HELLO)).isEqualTo("\ts-op example: \"hello\"\n");
        assertThat(PrintedForms.example("selector", ExampleInput.ofList(ImmutableList.of(Value.of(1)))))
                .isEqualTo("\tselector example: [1]\n");
    }

    private static String named(String name, Printed value) {
        return PrintedForms.named(name, value, false);
    }

    private static Printed atom(Value value) {
        return new Printed.PrintedAtom(value);
    }

    private static Printed list(Printed... elements) {
        return new Printed.PrintedList(ImmutableList.copyOf(elements));
    }

    private static Printed dict(Printed.PrintedEntry... entries) {
        return new Printed.PrintedDict(ImmutableList.copyOf(entries));
    }

    private static Printed.PrintedEntry entry(String key, Printed value) {
        return new Printed.PrintedEntry(Value.of(key), value);
    }

    private static Printed sopOf(int... values) {
        return sop(IntStream.of(values).mapToObj(Value::of).toArray(Value[]::new));
    }

    private static Printed sop(Value... values) {
        return new Printed.SequenceOperator("", Optional.of(output(values)));
    }

    private static Printed.PrintedOutput output(Value... values) {
        return new Printed.PrintedOutput(HELLO, ImmutableList.copyOf(values));
    }

    private static Printed.Matrix previous() {
        var rows = ImmutableList.<ImmutableList<Boolean>>builder();
        for (int query = 0; query < 5; query++) {
            int row = query;
            rows.add(IntStream.range(0, 5).mapToObj(key -> key == row - 1).collect(ImmutableList.toImmutableList()));
        }
        return new Printed.Matrix(HELLO, rows.build());
    }
}
