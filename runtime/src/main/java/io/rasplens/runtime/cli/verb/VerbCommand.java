package io.rasplens.runtime.cli.verb;

import io.rasplens.runtime.cli.print.Console;
import picocli.CommandLine.Option;

/** What every verb has. */
public abstract class VerbCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Print one JSON object on stdout and nothing else there.")
    private boolean json;

    public boolean helpWanted() {
        return help;
    }

    public boolean json() {
        return json;
    }

    /**
     * Does the work. User errors are thrown as {@code DiagnosticException} or {@code EngineException}.
     *
     * @return the exit code
     */
    public abstract int run(Console console);
}
