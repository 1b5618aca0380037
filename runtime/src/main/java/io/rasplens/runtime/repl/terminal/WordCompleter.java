package io.rasplens.runtime.repl.terminal;

import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.runtime.repl.ReplEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: the engine's words, and the RASP files of the folder behind {@code load "}. */
final class WordCompleter implements Completer {
    private static final Pattern LOAD = Pattern.compile("(?s).*\\bload\\s*\"([^\"\\n]*)");

    private final ReplEngine engine;
    private final Path folder;

    WordCompleter(ReplEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before =
                line.line().substring(0, Math.min(line.cursor(), line.line().length()));
        Matcher load = LOAD.matcher(before);
        if (load.matches()) {
            // The word is what stands behind the last slash.
            files(load.group(1)).forEach(name -> candidates.add(candidate(name, false)));
            return;
        }
        for (String name : engine.completions(line.line(), line.cursor())) {
            // A command is followed by what it works on.
            candidates.add(candidate(name, name.startsWith(":")));
        }
    }

    private static Candidate candidate(String name, boolean spaceBehind) {
        return new Candidate(name, name, null, null, null, null, spaceBehind);
    }

    private List<String> files(String typed) {
        Path where = folder.resolve(typed.substring(0, typed.lastIndexOf('/') + 1));
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[A-Za-z_0-9]+\\.rasp"))
                    .map(name -> name.substring(0, name.length() - FileLoader.EXTENSION.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
