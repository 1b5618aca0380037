package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rasp completion bash|zsh|fish}: a script that lets the shell complete verbs and options. */
@Command(
        header = "Print a script that lets your shell complete verbs, options and topics.",
        description = {
            "bash: eval \"$(rasp completion bash)\" in ~/.bashrc",
            "zsh:  eval \"$(rasp completion zsh)\" in ~/.zshrc",
            "fish: rasp completion fish | source, in ~/.config/fish/config.fish"
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  rasp completion bash", "  rasp completion fish"})
public final class CompletionVerb extends VerbCommand {
    private static final ImmutableList<String> SHELLS = ImmutableList.of("bash", "zsh", "fish");

    @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "The shell.")
    private String shell = "";

    private final Supplier<ImmutableList<CommandLine>> verbs;

    /** Takes all verbs, named as they are typed. */
    public CompletionVerb(Supplier<ImmutableList<CommandLine>> verbs) {
        this.verbs = verbs;
    }

    @Override
    public int run(Console console) {
        if (json()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "a script is no JSON")
                    .help("leave out --json"));
        }
        if (!SHELLS.contains(shell)) {
            throw failure(Diagnostic.error(CliCode.BAD_VALUE, "there is no script for the shell '" + shell + "'")
                    .help(NearNames.question(shell, SHELLS).orElse("there are scripts for bash, zsh and fish")));
        }
        var script = new CompletionScript(verbs.get());
        console.out().print(shell.equals("bash") ? script.bash() : shell.equals("zsh") ? script.zsh() : script.fish());
        return ExitCode.OK;
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
