package io.rasplens.runtime.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.runtime.repl.ReplEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCompleterTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aCommandIsFollowedByASpaceAndANameIsNot() throws IOException {
        assertThat(offered(":ru")).contains(":run ").contains(":cost ");
        assertThat(offered("so")).contains("sort");
        assertThat(offered(":run le")).contains("length").doesNotContain("sort");
    }

    @Test
    void aLoadIsOfferedTheFilesOfItsFolder() throws IOException {
        Files.writeString(folder.resolve("one.rasp"), "");
        Files.writeString(folder.resolve("other.txt"), "");
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/two.rasp"), "");
        assertThat(offered("load \"o")).containsExactly("one");
        assertThat(offered("load \"sub/")).containsExactly("two");
        assertThat(offered("load \"none/")).isEmpty();
        assertThat(offered("x = \"o")).isEmpty();
        assertThat(offered("load \"one\"; so")).contains("sort");
    }

    private List<String> offered(String line) throws IOException {
        var engine = new ReplEngine(new MemoryLoader(ImmutableMap.of()), (verb, program, input) -> ImmutableList.of());
        List<Candidate> candidates = new ArrayList<>();
        try (var terminal = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
            new WordCompleter(engine, folder)
                    .complete(
                            LineReaderBuilder.builder().terminal(terminal).build(),
                            new RaspLineParser().parse(line, line.length(), Parser.ParseContext.COMPLETE),
                            candidates);
        }
        return candidates.stream()
                .map(candidate -> candidate.value() + (candidate.complete() ? " " : ""))
                .toList();
    }
}
