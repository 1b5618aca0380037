package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.cli.print.CliCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Picocli's complaints in our words. */
final class UsageErrors {
    private UsageErrors() {}

    static Diagnostic diagnostic(ParameterException e, Verb verb) {
        String more = "'rasp " + verb.word() + " --help' shows what it takes";
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return Diagnostic.error(CliCode.SURPLUS_ARGUMENT, "surplus argument '" + word + "'")
                        .help(more);
            }
            String name = word.replaceFirst("=.*", "");
            var known = e.getCommandLine().getCommandSpec().options().stream()
                    .flatMap(option -> ImmutableList.copyOf(option.names()).stream())
                    .toList();
            return Diagnostic.error(CliCode.UNKNOWN_OPTION, "unknown option '" + name + "'")
                    .help(NearNames.question(name, known).orElse(more));
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

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
