package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.MistypedLevel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Picocli's complaints in our words. */
final class UsageErrors {
    private UsageErrors() {}

    static Diagnostic diagnostic(ParameterException e, Verb verb) {
        String more = "'rasp " + verb.word() + " --help' shows what it takes";
        Optional<String> level = e.getCommandLine().getParseResult().originalArgs().stream()
                .filter(word -> MistypedLevel.question(word).isPresent())
                .findFirst();
        if (level.isPresent() && e.getCommandLine().getCommandSpec().findOption("-O") != null) {
            return Diagnostic.error(CliCode.UNKNOWN_OPTION, "unknown option '" + level.get() + "'")
                    .help(MistypedLevel.question(level.get()).orElseThrow());
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return Diagnostic.error(CliCode.SURPLUS_ARGUMENT, "surplus argument '" + word + "'")
                        .help(surplus(word, verb, e.getCommandLine().getCommandSpec())
                                .orElse(more));
            }
            String name = word.replaceFirst("=.*", "");
            var known = e.getCommandLine().getCommandSpec().options().stream()
                    .flatMap(option -> ImmutableList.copyOf(option.names()).stream())
                    .toList();
            return Diagnostic.error(CliCode.UNKNOWN_OPTION, "unknown option '" + name + "'")
                    .help(longNames(name, known)
                            .or(() -> NearNames.question(name, known))
                            .orElse(more));
        }
        String message = String.valueOf(e.getMessage());
        if (e instanceof MissingParameterException) {
            return Diagnostic.error(CliCode.MISSING_ARGUMENT, lowerFirst(message))
                    .help(more);
        }
        if (e instanceof OverwrittenOptionException) {
            return Diagnostic.error(CliCode.CONFLICTING_OPTIONS, lowerFirst(message))
                    .help("give it once");
        }
        return Diagnostic.error(CliCode.BAD_VALUE, lowerFirst(message)).help(more);
    }

    /** {@code -i}: the long names that begin so. */
    private static Optional<String> longNames(String name, List<String> known) {
        String names = known.stream()
                .filter(option -> name.length() == 2 && option.startsWith("-" + name))
                .collect(Collectors.joining(" or "));
        return names.isEmpty() ? Optional.empty() : Optional.of("did you mean " + names + "?");
    }

    /** What a word without an option before it was meant to be. */
    private static Optional<String> surplus(String word, Verb verb, CommandSpec spec) {
        if (word.endsWith(".rasp") || word.endsWith(".safetensors")) {
            return verb == Verb.REPL
                    ? Optional.of("in the session write load \"" + word.replaceFirst("\\.rasp$", "") + "\";")
                    : Optional.of("it works on one file at a time");
        }
        OptionSpec input = spec.findOption("--input");
        if (input == null) {
            return Optional.empty();
        }
        return Optional.of(
                input.getValue() == null
                        ? "an input is given as --input " + word
                        : "an input of several words stands in quotes, values in brackets too: --input '[1, 2, 3]'");
    }

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
