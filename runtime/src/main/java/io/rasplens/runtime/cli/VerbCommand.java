package io.rasplens.runtime.cli;

import picocli.CommandLine.Option;

/** What every verb has. */
abstract class VerbCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Print one JSON object on stdout and nothing else there.")
    private boolean json;

    boolean helpWanted() {
        return help;
    }

    boolean json() {
        return json;
    }

    /**
     * Does the work. User errors are thrown as {@code DiagnosticException} or {@code EngineException}.
     *
     * @return the exit code
     */
    abstract int run(Console console);
}
