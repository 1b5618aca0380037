package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.SyntaxCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type into a session who have come from the shell: options, names of files and hook points, whole command lines. */
final class ShellHabits {
    /** A name alone the parser refuses in one message. */
    private static final Pattern BARE_LOAD = Pattern.compile("\\s*load\\s+([^\\s\"';./]*[./][^\\s\"';]*)\\s*;?\\s*");

    private static final Pattern SHELL_LINE = Pattern.compile("\\s*[$>]?\\s*rasp\\s+([a-z]+)(?:\\s+(.*))?");
    private static final Pattern PROGRAM = Pattern.compile("\\S+\\.rasp\\b");
    private static final Pattern OPTION = Pattern.compile("--[a-z].*|-[a-zA-Z][0-9]?( .*)?");
    private static final Pattern FILE =
            Pattern.compile("\\S+\\.(svg|html|png|pdf|dot|json|rasp|safetensors)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOOK = Pattern.compile("blocks\\.[0-9*]\\S*|(\\S+\\.)?hook_\\S+");

    /** Verbs of the shell beside those that are commands here too. */
    private static final ImmutableSet<String> VERBS =
            ImmutableSet.of("eval", "test", "repl", "interchange", "circuit", "ablate", "explain", "fmt", "help");

    private ShellHabits() {}

    /** Of a line that begins a statement: what is wrong with it, if it is one of these. */
    static Optional<Diagnostic> ofLine(String line) {
        Matcher load = BARE_LOAD.matcher(line);
        if (load.matches()) {
            return Optional.of(Diagnostic.error(
                            SyntaxCode.BUILT_IN_FORM, "load takes a path in double quotes, got " + load.group(1))
                    .help("write " + load(load.group(1))));
        }
        Matcher shell = SHELL_LINE.matcher(line);
        return shell.matches() && isVerb(shell.group(1)) ? Optional.of(shellLine(shell)) : Optional.empty();
    }

    private static boolean isVerb(String word) {
        return VERBS.contains(word) || Command.spellings().contains(":" + word);
    }

    private static Diagnostic shellLine(Matcher shell) {
        String verb = shell.group(1);
        Matcher program = PROGRAM.matcher(Optional.ofNullable(shell.group(2)).orElse(""));
        String first = program.find() ? load(program.group()) + " and then " : "";
        Optional<String> here = Arrays.stream(Command.CommandVerb.values())
                .filter(known -> known.spelling().equals(":" + verb))
                .map(Command.CommandVerb::usage)
                .findFirst();
        return Diagnostic.error(ReplCode.UNKNOWN_COMMAND, "this is a line for the shell, and here is a session of RASP")
                .help(
                        here.isPresent()
                                ? "write here " + first + here.get() + "; exit leaves the session"
                                : "exit leaves the session");
    }

    private static String load(String path) {
        return "load \"" + path.replaceFirst("\\.rasp$", "") + "\";";
    }

    /** Of what stands behind a command's name: why it is hardly meant as an input. In quotes everything is one. */
    static Optional<Diagnostic> ofInput(Command command) {
        String text = command.input().orElse("").replaceFirst(";\\s*$", "").strip();
        String verb = command.verb().spelling();
        String alone = verb + " " + command.name().orElse("");
        String quoted = "; as an input it stands in quotes: " + alone + " \"" + text + "\"";
        if (OPTION.matcher(text).matches()) {
            String meant = text.startsWith("--input")
                    ? "write the input alone, " + alone + " "
                            + text.substring("--input".length())
                                    .replaceFirst("^=", "")
                                    .strip()
                    : "options are for the shell, 'rasp " + verb.substring(1) + " --help' shows them";
            return refused("'" + verb + "' takes no options, got " + text, meant + quoted);
        }
        if (HOOK.matcher(text).matches()) {
            return refused(
                    "'" + verb + "' takes an input, got the hook point " + text,
                    "in the shell 'rasp cache FILE --names " + text + "' shows it" + quoted);
        }
        return FILE.matcher(text).matches()
                ? refused(
                        "'" + verb + "' takes an input, got the file " + text,
                        "write " + alone + " alone, what it writes it names itself" + quoted)
                : Optional.empty();
    }

    private static Optional<Diagnostic> refused(String message, String help) {
        return Optional.of(Diagnostic.error(ReplCode.NOT_AN_INPUT, message).help(help));
    }
}
