package io.rasplens.examples;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A program of {@code SIZES.md} at one of the sizes there.
 *
 * @param tokens how many tokens, the ints from 1 on; 0 for the file's own vocabulary
 * @param length the longest input; 0 for the file's own
 */
record SizedProgram(String name, int tokens, int length) {
    private static final String OTHER_SIZES = "## At measured sizes";
    private static final Splitter CELLS = Splitter.on('|').trimResults();
    private static final Splitter SIZE = Splitter.on(", ");

    /** What a model of the program takes, by the table. */
    record TableCells(int layers, long parameters) {}

    /** The programs of the table, with what they take at each level at which they have been measured. */
    static Map<SizedProgram, Map<Level, TableCells>> table() {
        var table = new LinkedHashMap<SizedProgram, Map<Level, TableCells>>();
        boolean asTheyAre = true;
        for (String line : lines()) {
            asTheyAre &= !line.equals(OTHER_SIZES);
            List<String> cells = CELLS.splitToList(line);
            if (cells.size() < 10 || !cells.get(3).startsWith("-O")) {
                continue;
            }
            List<String> size = SIZE.splitToList(cells.get(2));
            var program = new SizedProgram(
                    cells.get(1),
                    asTheyAre ? 0 : Integer.parseInt(size.get(0)),
                    asTheyAre ? 0 : Integer.parseInt(size.get(1)));
            Map<Level, TableCells> levels = table.computeIfAbsent(program, p -> new EnumMap<>(Level.class));
            if (!cells.get(4).isEmpty()) {
                levels.put(
                        Level.of(Integer.parseInt(cells.get(3).substring(2))).orElseThrow(),
                        new TableCells(
                                Integer.parseInt(cells.get(4)),
                                Long.parseLong(cells.get(9).replace(",", ""))));
            }
        }
        return table;
    }

    /** All programs of the table, each once. */
    static List<SizedProgram> all() {
        return new ArrayList<>(table().keySet());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("SIZES.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompiledModel model() {
        Path file = Path.of(name + ".rasp");
        CompileOptions options = length == 0 ? CompileOptions.DEFAULT : CompileOptions.DEFAULT.maxLength(length);
        try {
            SourceFile source = SourceFile.of(file);
            return RaspCompiler.compile(source, hasOwnTokens() ? options : options.vocabulary(ints()))
                    .orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brackets are what they are. */
    private boolean hasOwnTokens() {
        return tokens == 0 || name.contains("dyck") || name.contains("balance");
    }

    private ImmutableList<Value> ints() {
        return IntStream.rangeClosed(1, tokens).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String toString() {
        return length == 0 ? name : name + " " + tokens + ", " + length;
    }
}
