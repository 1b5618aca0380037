package io.rasplens.runtime.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that want more than a machine has, and what a verb makes of each: run as a process of its own, with a small heap. */
final class HostilePrograms {
    private static final String TWO = "#@ vocab [\"1\", \"2\"]\n#@ max_length 3\n#@ example \"121\"\n";

    private static final OperatingSystemMXBean WORK = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private HostilePrograms() {}

    /** One command line, in the folder of the programs, and the code of its diagnostic; empty where it succeeds. */
    record HostileCase(String verb, String program, String text, Optional<String> code) {
        private static HostileCase fails(String verb, String program, String text, String code) {
            return new HostileCase(verb, program, text, Optional.of(code));
        }

        private static HostileCase succeeds(String verb, String program, String text) {
            return new HostileCase(verb, program, text, Optional.empty());
        }
    }

    static List<HostileCase> small() {
        return List.of(
                HostileCase.fails("eval", "range", "x = range(10^12);", "E0310"),
                HostileCase.fails("eval", "power", "x = 2 ^ (10 ^ 10);", "E0403"),
                HostileCase.fails("eval", "strings", "s = \"ab\"; for i in range(64) { s = s + s; }", "E0403"),
                HostileCase.fails("eval", "repeated", "s = \"ab\" * 10^9;", "E0403"),
                HostileCase.fails("run", "lists", "s = [1, 2]; for i in range(64) { s = s + s; }", "E0310"),
                HostileCase.fails("run", "nested", "s = [1, 2]; for i in range(64) { s = [s, s]; }", "E0310"),
                HostileCase.fails(
                        "verify", "dicts", "d = {i: {j: j for j in range(100000)} for i in range(100)};", "E0310"),
                HostileCase.fails("inspect", "recursion", "def f(x) { return f(x); } y = f(tokens);", "E0308"),
                HostileCase.fails("draw", "growing", "def f(x) { return f(x + x) + 1; } y = f(tokens_int);", "E0308"),
                HostileCase.succeeds("fmt", "brackets", "x = " + "(".repeat(400) + "1" + ")".repeat(400) + ";"),
                HostileCase.fails(
                        "fmt",
                        "more_brackets",
                        "x = " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + ";",
                        "E0121"),
                HostileCase.fails(
                        "compile",
                        "max_length",
                        "#@ vocab [1]\n#@ max_length 1000000000\ny = tokens_int + 1;",
                        "E0614"),
                HostileCase.fails(
                        "compile",
                        "comparison",
                        vocabulary(20_000, 10) + "y = selector_width(select(tokens, tokens, <));",
                        "E0701"),
                HostileCase.fails(
                        "compile",
                        "product",
                        vocabulary(2_000, 100)
                                + "y = tokens_int * aggregate(select(indices, indices - 1, ==), tokens_int);",
                        "E0701"),
                HostileCase.fails(
                        "run",
                        "layers",
                        TWO + "x = tokens_int; for i in range(6000)"
                                + " { x = aggregate(select(indices, indices - 1, ==), x, 1); }",
                        "E0709"),
                HostileCase.fails(
                        "compile",
                        "categories",
                        "#@ vocab [1, 2]\n#@ max_length 10\nx = tokens_int; for i in range(1000)"
                                + " { x = aggregate(select(indices, indices - 1, ==), x, 1) + 1; }",
                        "E0709"),
                HostileCase.succeeds(
                        "run",
                        "vocabulary",
                        vocabulary(5_000, 10) + "y = aggregate(select(indices, length - 1 - indices, ==), tokens);"),
                HostileCase.succeeds(
                        "run",
                        "chain",
                        TWO + "x = indices; for i in range(20000) { x = (x + 1) if x < 2 else (x - 2); }"));
    }

    static List<HostileCase> large() {
        var cases = new ArrayList<>(small());
        cases.addAll(List.of(
                HostileCase.fails(
                        "run", "text", TWO + "s = tokens; for i in range(100000) { s = s + \"a\"; }", "E0701"),
                HostileCase.fails(
                        "run",
                        "widths",
                        TWO + "x = tokens_int; for i in range(100000) { x = selector_width(select(x, x, ==)); }",
                        "E0709"),
                HostileCase.succeeds(
                        "run",
                        "never_and_always",
                        TWO + "s = select(tokens_int, indices, ==); for i in range(100000)"
                                + " { s = s and select(tokens_int, i, !=); } y = aggregate(s, indices);"),
                HostileCase.fails(
                        "eval",
                        "loops",
                        "x = 0; for i in range(10^5) { for j in range(10^5) { x = x + 1; } }",
                        "E0309"),
                HostileCase.fails(
                        "eval",
                        "fibonacci",
                        "def f(x) { return f(x - 1) + f(x - 2) if x > 1 else 1; } y = f(60);",
                        "E0309"),
                HostileCase.fails(
                        "eval",
                        "comprehension",
                        "s = [[[i * j * k for i in range(1000)] for j in range(1000)] for k in range(1000)];",
                        "E0309"),
                HostileCase.succeeds(
                        "run",
                        "conditionals",
                        TWO + "x = tokens_int; for i in range(100000) { x = (x + indices) if x < 5 else (x - 3); }"),
                HostileCase.succeeds(
                        "run", "sums", TWO + "x = tokens_int; for i in range(100000) { x = x + indices; }"),
                HostileCase.succeeds(
                        "draw", "truths", TWO + "b = tokens == \"1\"; for i in range(100000) { b = not b; }"),
                HostileCase.fails(
                        "run",
                        "heads",
                        TWO + "x = 0; for i in range(20000) {"
                                + " x = x + aggregate(select(indices, tokens_int, <), tokens_int, i) * (i % 3); }",
                        "E0709"),
                HostileCase.succeeds(
                        "compile",
                        "order",
                        vocabulary(2_000, 100) + "y = selector_width(select(tokens_int, tokens_int, <));"),
                HostileCase.succeeds("run", "tokens", vocabulary(20_000, 10) + "y = tokens_int + 1;"),
                HostileCase.succeeds(
                        "inspect",
                        "many_aggregates",
                        vocabulary(3, 20) + "x = 0; for i in range(400)"
                                + " { x = x + aggregate(select(indices, (indices * i) % 7, ==), tokens_int) * i; }")));
        return cases;
    }

    private static String vocabulary(int size, int length) {
        var text = new StringBuilder("#@ vocab [0");
        for (int i = 1; i < size; i++) {
            text.append(", ").append(i);
        }
        return text + "]\n#@ max_length " + length + "\n#@ example [0, 1, 2]\n";
    }

    /**
     * Runs the cases of one set and prints a line for each: name, exit code, seconds of processor time of all threads, first line of the
     * diagnostics. How long one waits for it is another matter: that is up to what else the machine does.
     */
    public static void main(String[] arguments) throws IOException {
        List<HostileCase> cases = arguments[0].equals("large") ? large() : small();
        Path folder = Path.of(arguments[1]);
        for (HostileCase one : cases) {
            Path file = Files.writeString(folder.resolve(one.program() + ".rasp"), one.text() + "\n");
            var words = new ArrayList<>(List.of(one.verb(), file.toString()));
            if (one.verb().equals("compile") || one.verb().equals("draw")) {
                String written = one.verb().equals("draw") ? "flow.svg" : "model.safetensors";
                words.addAll(List.of("-o", folder.resolve(written).toString()));
            }
            long start = WORK.getProcessCpuTime();
            CommandRun run = CommandRun.of(words.toArray(String[]::new));
            long seconds = (WORK.getProcessCpuTime() - start) / 1_000_000_000;
            String first = run.err().lines().findFirst().orElse("");
            System.out.println(one.program() + "\t" + run.exit() + "\t" + seconds + "\t" + first);
        }
    }

    /** What {@link #main} printed, by program. */
    static Map<String, List<String>> parse(String printed) {
        Map<String, List<String>> byProgram = new LinkedHashMap<>();
        printed.lines().map(line -> List.of(line.split("\t", 4))).forEach(parts -> byProgram.put(parts.get(0), parts));
        return byProgram;
    }
}
