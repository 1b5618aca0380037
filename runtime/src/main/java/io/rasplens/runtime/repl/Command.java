package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A line that is no RASP: {@code :run reverse abc}, {@code help sort}.
 *
 * @param name the s-op, or what help is wanted about
 * @param input what stands after the name, as typed
 */
public record Command(CommandVerb verb, Optional<String> name, Optional<String> input) {

    /** What a command does. */
    public enum CommandVerb {
        COMPILE("NAME", "compile the s-op for the example's tokens and length; print the model's sizes"),
        RUN("NAME [INPUT]", "compile the s-op, run the transformer on the input, compare with the interpreter"),
        INSPECT("NAME", "what each head and neuron of the compiled s-op computes"),
        COST("NAME", "layers, heads and parameters of the compiled s-op"),
        PATTERN("NAME [INPUT]", "what each head of the compiled s-op looks at: rows are queries, columns keys"),
        CACHE("NAME [INPUT]", "the activations of a run: their names, axes and sizes"),
        PATCH("NAME INPUT", "which activations of the example's run bring its answer back into a run on INPUT"),
        VERIFY("NAME", "compare the transformer with the interpreter on the example's tokens, up to its length"),
        DRAW("NAME [INPUT]", "write a drawing of the s-op's computation flow"),
        VIEW("NAME [INPUT]", "write a page that shows the compiled s-op, to step through, touch and change"),
        HELP("[NAME]", "an overview, or what a name or a topic is: commands, language, library");

        private final String arguments;
        private final String meaning;

        CommandVerb(String arguments, String meaning) {
            this.arguments = arguments;
            this.meaning = meaning;
        }

        /** As it is typed: {@code :compile}. */
        String spelling() {
            return ":" + name().toLowerCase(Locale.ROOT);
        }

        String usage() {
            return spelling() + " " + arguments;
        }

        String meaning() {
            return meaning;
        }

        private boolean needsName() {
            return this != HELP;
        }
    }

    /** All commands as they are typed. */
    static ImmutableList<String> spellings() {
        return Arrays.stream(CommandVerb.values()).map(CommandVerb::spelling).collect(ImmutableList.toImmutableList());
    }

    /** Whether the line is meant as a command, rightly or wrongly written. */
    static boolean isCommand(String line) {
        String text = line.strip();
        return text.startsWith(":") || text.matches("help(\\s+[A-Za-z_][A-Za-z_0-9]*)?");
    }

    /** Reads a line that {@link #isCommand}. */
    static Result<Command> parse(String line) {
        String[] words = line.strip().split("\\s+", 3);
        String spelled = words[0].startsWith(":") ? words[0] : ":" + words[0];
        Optional<CommandVerb> verb = Arrays.stream(CommandVerb.values())
                .filter(known -> known.spelling().equals(spelled))
                .findFirst();
        if (verb.isEmpty()) {
            return Result.failure(Diagnostic.error(ReplCode.UNKNOWN_COMMAND, "unknown command '" + words[0] + "'")
                    .help("there are " + String.join(", ", spellings())));
        }
        Optional<String> name = words.length > 1 ? Optional.of(withoutSemicolon(words[1])) : Optional.empty();
        Optional<String> input = words.length > 2 ? Optional.of(words[2]) : Optional.empty();
        boolean tooShort =
                (verb.get().needsName() && name.isEmpty()) || (verb.get() == CommandVerb.PATCH && input.isEmpty());
        if (tooShort) {
            return Result.failure(
                    Diagnostic.error(ReplCode.MISSING_ARGUMENT, "'" + verb.get().spelling() + "' needs more to work on")
                            .help("write " + verb.get().usage()));
        }
        return Result.success(new Command(verb.get(), name, input));
    }

    /** Habit puts one there. */
    private static String withoutSemicolon(String word) {
        return word.endsWith(";") ? word.substring(0, word.length() - 1) : word;
    }
}
