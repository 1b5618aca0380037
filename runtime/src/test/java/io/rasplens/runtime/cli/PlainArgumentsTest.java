package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.cli.OptionTable.OptionRow;
import io.rasplens.runtime.cli.verb.VerbCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** What is read without picocli, picocli reads the same way. */
class PlainArgumentsTest {
    private static final OptionTable TABLE = OptionTable.parse(WriteOptionTable.text());
    private static final Splitter WORDS = Splitter.on(' ');
    private static final ImmutableList<String> ODD = ImmutableList.of(
            "x.rasp",
            "abc",
            "[1, 2]",
            "0",
            "1",
            "7",
            "007",
            "12345678901",
            "-1",
            "--",
            "-",
            "",
            "a=b",
            "--nonsense",
            "-O2",
            "-O=1",
            "-Ox",
            "-h",
            "@file",
            "\"quoted\"",
            "'a'",
            "${sys:user.name}",
            "a,b",
            "--json=true",
            "--no-json");

    @Test
    void theTableInTheClassesIsThatOfTheAnnotations() {
        OptionTable built = OptionTable.load().orElseThrow();
        assertThat(built.verbs()).isEqualTo(TABLE.verbs()).hasSizeGreaterThan(8);
        assertThat(built.verbs())
                .allSatisfy(verb -> assertThat(built.rows(verb)).isEqualTo(TABLE.rows(verb)));
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void whatIsReadPlainlyIsWhatPicocliReads(Verb verb) {
        var random = new Random(7);
        var options = new ArrayList<>(TABLE.rows(verb.word()).keySet());
        int plain = 0;
        for (int i = 0; i < 2000; i++) {
            var words = new ArrayList<String>();
            for (OptionRow row : TABLE.rows(verb.word()).values()) {
                if (row.needed() && random.nextInt(5) > 0) {
                    words.addAll(row.option().startsWith("-") ? List.of(row.option(), "ab") : List.of("x.rasp"));
                }
            }
            for (int count = random.nextInt(6); count > 0; count--) {
                boolean option = !options.isEmpty() && random.nextInt(3) > 0;
                String name = option ? options.get(random.nextInt(options.size())) : "";
                if (name.startsWith("-")) {
                    words.add(random.nextInt(8) == 0 ? name + "=" + odd(random) : name);
                    if (random.nextInt(3) > 0) {
                        words.add(random.nextBoolean() ? "7" : odd(random));
                    }
                } else {
                    words.add(odd(random));
                }
            }
            VerbCommand command = verb.command();
            if (PlainArguments.read(TABLE, verb.word(), words, command)) {
                plain++;
                assertThat(values(Rasp.commandLine(command, verb)))
                        .as("%s", words)
                        .isEqualTo(parsed(verb, words));
            }
        }
        if (TABLE.verbs().contains(verb.word())) {
            assertThat(plain).isGreaterThan(20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run x.rasp",
                "run x.rasp --input [1,2] -O0 --json",
                "eval --sop=a x.rasp",
                "compile x.rasp -o m.safetensors --max-length 5 --vocab abc --causal",
                "verify x.rasp --budget 100 --seed 3",
                "patch x.rasp --corrupted ab --position 1",
                "cache x.rasp --names a.* --values",
                "explain E0203",
                "repl"
            })
    void theUsualCommandLinesArePlain(String line) {
        List<String> words = WORDS.splitToList(line);

        assertThat(PlainArguments.read(
                        TABLE,
                        words.get(0),
                        words.subList(1, words.size()),
                        Verb.of(words.get(0)).orElseThrow().command()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --help",
                "run x.rasp --input a --input b",
                "compile x.rasp -o a --output b",
                "run x.rasp --input",
                "run x.rasp y.rasp",
                "run x.rasp --max-length many",
                "run x.rasp --inptu a"
            })
    void whatIsWrongIsLeftToPicocli(String line) {
        List<String> words = WORDS.splitToList(line);
        VerbCommand command = Verb.of(words.get(0)).orElseThrow().command();

        assertThat(PlainArguments.read(TABLE, words.get(0), words.subList(1, words.size()), command))
                .isFalse();
    }

    private static String odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static List<Object> parsed(Verb verb, List<String> words) {
        CommandLine line = Rasp.commandLine(verb.command(), verb);
        try {
            line.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new AssertionError("picocli refuses " + words, e);
        }
        return values(line);
    }

    private static List<Object> values(CommandLine line) {
        var values = new ArrayList<Object>();
        for (ArgSpec each : line.getCommandSpec().args()) {
            Object value = each.getValue();
            values.add(value instanceof Object[] array ? List.of(array) : String.valueOf(value));
        }
        return values;
    }
}
