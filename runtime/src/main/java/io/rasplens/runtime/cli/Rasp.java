package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Faults;
import io.rasplens.runtime.cli.print.OutputFailed;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.verb.VerbCommand;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The whole command line: finds the verb, reads its options, runs it, and turns whatever happens into an exit code. */
final class Rasp {
    private Rasp() {}

    /** Runs one command; never throws. */
    static int run(Console console, String... arguments) {
        try {
            int exit = attempt(console, arguments);
            console.flush();
            return exit;
        } catch (OutputFailed e) {
            return e.isClosedPipe()
                    ? ExitCode.CLOSED_PIPE
                    : Report.failure(console, false, ImmutableList.of(e.diagnostic()));
        }
    }

    private static int attempt(Console console, String... arguments) {
        ImmutableList<String> words = SeparateValues.of(arguments);
        boolean json = words.contains("--json");
        try {
            return dispatch(console, words);
        } catch (DiagnosticException e) {
            return Report.failure(console, json, e.diagnostics());
        } catch (EngineException e) {
            return Report.failure(console, json, ImmutableList.of(e.diagnostic()));
        } catch (OutputFailed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return Report.failure(console, json, ImmutableList.of(Faults.diagnostic(e)));
        }
    }

    private static int dispatch(Console console, ImmutableList<String> words) {
        words.stream().filter(Rasp::isLost).findFirst().ifPresent(word -> {
            throw failure(Diagnostic.error(
                            CliCode.BAD_VALUE,
                            "'" + word + "' holds letters that got lost: the locale has no place for them")
                    .help("set the environment variable LC_ALL to a locale of UTF-8, for example C.UTF-8"));
        });
        Optional<String> first = words.stream().filter(w -> !w.startsWith("-")).findFirst();
        if (first.isEmpty()) {
            return withoutVerb(console, words);
        }
        if (first.get().equals("help")) {
            return help(console, words);
        }
        Verb verb = Verb.of(first.get()).orElseThrow(() -> unknownVerb(first.get()));
        var rest = ImmutableList.<String>builder();
        int at = words.indexOf(first.get());
        rest.addAll(words.subList(0, at)).addAll(words.subList(at + 1, words.size()));
        VerbCommand command = verb.command();
        ImmutableList<String> arguments = rest.build();
        boolean plain = OptionTable.load()
                .map(table -> PlainArguments.read(table, verb.word(), arguments, command))
                .orElse(false);
        if (!plain) {
            CommandLine line = commandLine(command, verb);
            try {
                line.parseArgs(arguments.toArray(String[]::new));
            } catch (ParameterException e) {
                throw new DiagnosticException(ImmutableList.of(UsageErrors.diagnostic(e, verb)));
            }
            if (command.helpWanted()) {
                console.out().print(line.getUsageMessage(ansi(console)));
                return ExitCode.OK;
            }
        }
        return command.run(console);
    }

    /** Whether Java put signs of its own where it could not read a word: it reads words as the locale writes them. */
    private static boolean isLost(String word) {
        return word.indexOf('\uFFFD') >= 0
                && !System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");
    }

    static CommandLine commandLine(VerbCommand command, Verb verb) {
        CommandLine line = new CommandLine(command);
        line.setCommandName("rasp " + verb.word());
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(false);
        return line;
    }

    /** All verbs, for a shell to complete. */
    static ImmutableList<CommandLine> commandLines() {
        return Arrays.stream(Verb.values())
                .map(verb -> commandLine(verb.command(), verb))
                .collect(ImmutableList.toImmutableList());
    }

    private static Ansi ansi(Console console) {
        return console.colour() ? Ansi.ON : Ansi.OFF;
    }

    private static int withoutVerb(Console console, ImmutableList<String> words) {
        if (words.contains("--version") || words.contains("-V")) {
            console.out().println("rasp " + Version.NUMBER);
            return ExitCode.OK;
        }
        Optional<String> unknown = words.stream()
                .filter(w -> !w.equals("--help") && !w.equals("-h") && !w.equals("--json"))
                .findFirst();
        if (unknown.isPresent()) {
            throw failure(Diagnostic.error(CliCode.UNKNOWN_OPTION, "unknown option '" + unknown.get() + "'")
                    .help("a verb comes first: rasp VERB …; 'rasp --help' lists the verbs"));
        }
        boolean asked = words.contains("--help") || words.contains("-h");
        if (!asked) {
            throw failure(Diagnostic.error(CliCode.MISSING_ARGUMENT, "nothing to do: give a verb")
                    .help("for example 'rasp run examples/reverse.rasp'; 'rasp --help' lists the verbs"));
        }
        console.out().print(Overview.text());
        return ExitCode.OK;
    }

    private static int help(Console console, ImmutableList<String> words) {
        Optional<String> topic = words.stream()
                .filter(w -> !w.startsWith("-") && !w.equals("help"))
                .findFirst();
        if (topic.isEmpty()) {
            console.out().print(Overview.text());
            return ExitCode.OK;
        }
        Verb verb = Verb.of(topic.get()).orElseThrow(() -> unknownVerb(topic.get()));
        console.out().print(commandLine(verb.command(), verb).getUsageMessage(ansi(console)));
        return ExitCode.OK;
    }

    private static DiagnosticException unknownVerb(String word) {
        Diagnostic error = Diagnostic.error(CliCode.UNKNOWN_VERB, "unknown verb '" + word + "'");
        if (word.equals("version")) {
            return failure(error.help("did you mean 'rasp --version'?"));
        }
        boolean file = word.endsWith(".rasp") || word.endsWith(".safetensors");
        Optional<String> near =
                file ? Optional.of("did you mean 'rasp run " + word + "'?") : NearNames.question(word, Verb.words());
        return failure(error.help(near.orElse("the verbs are " + String.join(", ", Verb.words()))));
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
