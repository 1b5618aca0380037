package io.rasplens.runtime.sizes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.ModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code examples/SIZES.md} is what the compiler makes today; {@code -Drecord=true} writes it anew. */
class ExampleSizesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path TABLE = EXAMPLES.resolve("SIZES.md");

    /** Larger than this, the direct layout's d_mlp = N² makes a table row a matter of minutes. */
    private static final int LONGEST_DIRECT = 40;

    /** Programs at the sizes that other compilers are measured at: tokens, length. */
    private static final ImmutableList<SizesRow> MEASURED = ImmutableList.of(
            new SizesRow("reverse", 4, 5),
            new SizesRow("reverse", 4, 10),
            new SizesRow("reverse", 4, 20),
            new SizesRow("reverse", 4, 40),
            new SizesRow("reverse", 4, 80),
            new SizesRow("reverse", 4, 160),
            new SizesRow("hist", 4, 5),
            new SizesRow("sort_unique", 4, 5),
            new SizesRow("sort", 4, 5),
            new SizesRow("sort", 32, 32),
            new SizesRow("most_freq", 4, 5),
            new SizesRow("pair_balance", 0, 10),
            new SizesRow("shuffle_dyck2", 0, 5),
            new SizesRow("shuffle_dyck3", 0, 6),
            new SizesRow("dyck2_ptf", 0, 8),
            new SizesRow("dyck2_ptf", 0, 64),
            new SizesRow("dyck3_ptf", 0, 8),
            new SizesRow("dyck3_ptf", 0, 64));

    /**
     * A line of the table.
     *
     * @param tokens how many tokens, the ints from 1 on; 0 for the file's own vocabulary
     * @param length 0 for the file's own
     */
    private record SizesRow(String example, int tokens, int length) {}

    @Test
    void sizesAreThoseOfTheTable() throws IOException {
        String table = table();
        if (Boolean.getBoolean("record")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private static String table() throws IOException {
        var out = new StringBuilder("""
                # Sizes

                How large the examples become: V tokens, inputs of up to N. `-O0` is Tracr's layout, `-O1` the legible default, `-O2` the smallest.
                Parameters are those of the rectangular file, padding included. Recorded by

                    mvn -pl runtime -am test -Dtest=ExampleSizesTest -Dsurefire.failIfNoSpecifiedTests=false -Drecord=true

                and compared by the same test.

                ## The examples as they are

                """);
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            rows(
                    out,
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".rasp"))
                            .sorted()
                            .map(name -> new SizesRow(name.substring(0, name.length() - 5), 0, 0))
                            .toList());
        }
        out.append("\n## At measured sizes\n\n");
        rows(out, MEASURED);
        return out.toString();
    }

    private static void rows(StringBuilder out, List<SizesRow> rows) throws IOException {
        out.append("| program | V, N | | layers | heads | d_model | d_head | d_mlp | parameters | non-zeros |\n");
        out.append("|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (SizesRow row : rows) {
            for (Level level : Level.values()) {
                out.append(line(row, level)).append('\n');
            }
        }
    }

    private static String line(SizesRow row, Level level) throws IOException {
        CompileOptions options = options(row).level(level);
        CompileTarget target = RaspCompiler.elaborate(
                        SourceFile.of(EXAMPLES.resolve(row.example + ".rasp")), new FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .orThrow();
        String start = "| " + row.example + " | " + target.vocabulary().size() + ", " + target.maxLength() + " | "
                + level.flag() + " | ";
        if (level == Level.DIRECT && target.maxLength() > LONGEST_DIRECT) {
            return start + "| | | | | not measured | |";
        }
        Result<CompiledModel> result = RaspCompiler.stages(target, options).then(Stages::model);
        if (result instanceof Result.Failure<CompiledModel> refused) {
            String code = refused.diagnostics().get(0).code().id();
            return start + "| | | | | refused: " + code + " | |";
        }
        CompiledModel model = result.orThrow();
        TransformerConfig c = model.config();
        ModelSize size = ModelSize.of(model);
        var cells = new ArrayList<String>();
        IntStream.of(c.nLayers(), c.nHeads(), c.dModel(), c.dHead(), c.dMlp())
                .forEach(n -> cells.add(Integer.toString(n)));
        cells.add(String.format(Locale.ROOT, "%,d", size.parameters()));
        cells.add(String.format(Locale.ROOT, "%,d", size.nonZeros()));
        return start + String.join(" | ", cells) + " |";
    }

    private static CompileOptions options(SizesRow row) {
        CompileOptions options =
                row.length == 0 ? CompileOptions.DEFAULT : CompileOptions.DEFAULT.maxLength(row.length);
        return row.tokens == 0
                ? options
                : options.vocabulary(IntStream.rangeClosed(1, row.tokens)
                        .mapToObj(Value::of)
                        .collect(ImmutableList.toImmutableList()));
    }
}
