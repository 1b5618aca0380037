package io.rasplens.bench;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what is shipped, and writes the table into a file. */
public final class Benchmarks {
    private static final String CLASS_PATH = "java.class.path";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Benchmarks() {}

    /** @param arguments the file, and the jar that is shipped */
    public static void main(String[] arguments) throws IOException, RunnerException {
        // JMH gives its JVMs the class path of this one: the jar first, whose classes start sooner than those they are
        // made from.
        System.setProperty(CLASS_PATH, Path.of(arguments[1]) + File.pathSeparator + System.getProperty(CLASS_PATH));
        Files.writeString(Path.of(arguments[0]), page(Measure.all()));
    }

    private static String page(ImmutableMap<String, Timing> timings) throws IOException {
        var out = new StringBuilder(
                String.format(Locale.ROOT, """
                # Benchmarks

                How long things take, in milliseconds. Measured with JMH by

                    mvn -Pbench -DskipTests -pl runtime -am verify

                which takes about seven minutes and writes this file anew, on the classes of the jar that is shipped. *First* is the best of the first runs in five new
                JVMs, which is what a command costs beside the JVM's own start; *warm* the best second of many runs in one
                JVM. Goals are for the first run, but for the interpreter: what it does is done again and again, for each input of
                a check and each statement of a session.

                `reverse 4 80` is `examples/reverse.rasp` for a vocabulary of 4 and inputs of up to 80 tokens; `inference`
                the example as it is, of more than 1,000 s-ops; `generated` a program of %,d s-ops and %d selects, one behind
                the other, for inputs of up to 20 tokens; `chain` a loop of 1,000 steps over one width. *filter* looks for hook points by
                a pattern of thirty wildcards of a kind that none of them matches. *compile* goes from source text to model; *whole* also works out which
                edits the model bears and what its parts mean, which is left until somebody asks; *interpret* and *forward* answer the
                longest input.

                Here on %s.

                """, GeneratedProgram.SOPS, GeneratedProgram.SELECTS, machine()));
        out.append("| benchmark | V, N | first | warm | goal | met |\n");
        out.append("|---|---|--:|--:|--:|---|\n");
        timings.forEach((name, timing) -> out.append(line(name, timing)).append('\n'));
        return out.toString();
    }

    private static String line(String name, Timing timing) {
        List<String> words = Splitter.on(' ').splitToList(name);
        String size = words.size() == 4 ? words.get(2) + ", " + words.get(3) : "";
        Optional<Goal> goal = Goal.of(name);
        return Stream.of(
                        words.get(0) + " " + words.get(1),
                        size,
                        milliseconds(timing.first()),
                        milliseconds(timing.warm()),
                        goal.map(g -> String.format(Locale.ROOT, "%,.0f", g.milliseconds()))
                                .orElse(""),
                        goal.map(g -> g.met(timing) ? "yes" : "no").orElse(""))
                .map(cell -> cell.isEmpty() ? "|" : "| " + cell + " ")
                .reduce("", String::concat)
                .concat("|");
    }

    private static String milliseconds(double time) {
        return String.format(Locale.ROOT, time < 10 ? "%.2f" : "%,.0f", time);
    }

    /** What it was measured on. */
    public static String machine() throws IOException {
        String cpu = Files.isReadable(CPU_INFO)
                ? Files.readAllLines(CPU_INFO).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("a CPU")
                : "a CPU";
        return String.format(
                Locale.ROOT,
                "%s (%s), %d cores, %s %s",
                cpu,
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"));
    }
}
