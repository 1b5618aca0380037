package io.rasplens.runtime.cli.verb;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell needs to complete a command: the verb first, then its options where a {@code -} was begun, and files or the words of a few
 * verbs elsewhere.
 */
final class CompletionScript {
    private static final Pattern CHOICE = Pattern.compile("[a-z0-9]+(\\|[a-z0-9]+)+");
    private static final ImmutableList<String> SHELLS = ImmutableList.of("bash", "zsh", "fish");

    private final ImmutableList<CommandLine> verbs;

    CompletionScript(ImmutableList<CommandLine> verbs) {
        this.verbs = verbs;
    }

    String bash() {
        var cases = new StringBuilder();
        var values = new StringBuilder();
        for (CommandLine verb : verbs) {
            cases.append("    ")
                    .append(word(verb))
                    .append(") options='")
                    .append(options(verb).stream()
                            .flatMap(option -> List.of(option.names()).stream())
                            .collect(Collectors.joining(" ")))
                    .append("' words='")
                    .append(String.join(" ", words(verb)))
                    .append("' ;;\n");
            for (OptionSpec option : options(verb)) {
                if (!choices(option).isEmpty() && option.longestName().startsWith("--")) {
                    values.append("    \"")
                            .append(word(verb))
                            .append(' ')
                            .append(option.longestName())
                            .append("\") words='")
                            .append(String.join(" ", choices(option)))
                            .append("' ;;\n");
                }
            }
        }
        return """
                # rasp completion for bash: eval "$(rasp completion bash)"
                _rasp() {
                  local current=${COMP_WORDS[COMP_CWORD]} verb= options= words= i
                  for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in -*) ;; *) verb=${COMP_WORDS[i]}; break ;; esac
                  done
                  case $verb in
                    '') options='--help --version' words='%VERBS% help' ;;
                    help) words='%VERBS%' ;;
                %CASES%  esac
                  case "$verb ${COMP_WORDS[COMP_CWORD - 1]}" in
                %VALUES%  esac
                  [[ $current == -* ]] && words=$options
                  COMPREPLY=()
                  [[ -n $words ]] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                }
                complete -o bashdefault -o default -F _rasp rasp
                """.replace("%VERBS%", verbs.stream().map(CompletionScript::word).collect(Collectors.joining(" ")))
                .replace("%CASES%", cases)
                .replace("%VALUES%", values);
    }

    String zsh() {
        var summaries = new StringBuilder();
        var cases = new StringBuilder();
        for (CommandLine verb : verbs) {
            summaries
                    .append("    ")
                    .append(quoted(word(verb) + ":" + summary(verb)))
                    .append('\n');
            cases.append("    ").append(word(verb)).append(") _arguments -S");
            for (OptionSpec option : options(verb)) {
                String values = choices(option).isEmpty() ? "_files" : "(" + String.join(" ", choices(option)) + ")";
                String takes = option.arity().max() == 0 ? "" : ":" + plain(option.paramLabel()) + ":" + values;
                for (String name : option.names()) {
                    cases.append(" \\\n        ").append(quoted(name + "[" + plain(description(option)) + "]" + takes));
                }
            }
            String others = words(verb).isEmpty() ? "_files" : "(" + String.join(" ", words(verb)) + ")";
            cases.append(" \\\n        ").append(quoted("*:argument:" + others)).append(" ;;\n");
        }
        return """
                #compdef rasp
                # rasp completion for zsh: eval "$(rasp completion zsh)", loads compinit where nobody has
                _rasp() {
                  local -a verbs
                  verbs=(
                %SUMMARIES%    'help:show what a verb takes'
                  )
                  if (( CURRENT == 2 )); then
                    _describe -t verbs verb verbs
                    return
                  fi
                  shift words
                  (( CURRENT-- ))
                  case $words[1] in
                    help) _describe -t verbs verb verbs ;;
                %CASES%  esac
                }
                if [[ $funcstack[1] == _rasp ]]; then
                  _rasp "$@"
                else
                  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
                  compdef _rasp rasp
                fi
                """.replace("%SUMMARIES%", summaries).replace("%CASES%", cases);
    }

    String fish() {
        var out = new StringBuilder("# rasp completion for fish: rasp completion fish | source\n");
        for (CommandLine verb : verbs) {
            out.append("complete -c rasp -n __fish_use_subcommand -f -a ")
                    .append(word(verb))
                    .append(" -d ")
                    .append(fishQuoted(summary(verb)))
                    .append('\n');
        }
        out.append("complete -c rasp -n __fish_use_subcommand -f -a help -d 'show what a verb takes'\n");
        for (CommandLine verb : verbs) {
            String start = "complete -c rasp -n '__fish_seen_subcommand_from " + word(verb) + "'";
            for (OptionSpec option : options(verb)) {
                out.append(start);
                for (String name : option.names()) {
                    out.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
                }
                out.append(option.arity().max() == 0 ? "" : " -r")
                        .append(choices(option).isEmpty() ? "" : " -f -a '" + String.join(" ", choices(option)) + "'")
                        .append(" -d ")
                        .append(fishQuoted(description(option)))
                        .append('\n');
            }
            if (!words(verb).isEmpty()) {
                out.append(start)
                        .append(" -f -a '")
                        .append(String.join(" ", words(verb)))
                        .append("'\n");
            }
        }
        return out.append("complete -c rasp -n '__fish_seen_subcommand_from help' -f -a '")
                .append(verbs.stream().map(CompletionScript::word).collect(Collectors.joining(" ")))
                .append("'\n")
                .toString();
    }

    private static List<OptionSpec> options(CommandLine verb) {
        return verb.getCommandSpec().options();
    }

    /** {@code run} of {@code rasp run} */
    private static String word(CommandLine verb) {
        return verb.getCommandName().substring(verb.getCommandName().indexOf(' ') + 1);
    }

    /** What may stand behind the verb, if those are not files. */
    private static ImmutableList<String> words(CommandLine verb) {
        return switch (word(verb)) {
            case "explain" -> EveryTopic.ALL;
            case "completion" -> SHELLS;
            default -> ImmutableList.of();
        };
    }

    /** What may stand behind an option, if that can be listed: {@code zero|mean|resample}. */
    private static ImmutableList<String> choices(OptionSpec option) {
        return CHOICE.matcher(option.paramLabel()).matches()
                ? ImmutableList.copyOf(Splitter.on('|').split(option.paramLabel()))
                : ImmutableList.of();
    }

    private static String summary(CommandLine verb) {
        return String.join(" ", verb.getCommandSpec().usageMessage().header());
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description()).replace("%%", "%");
    }

    /** Without the signs that mean something in a specification of zsh's {@code _arguments}. */
    private static String plain(String text) {
        return text.replace("[", "").replace("]", "").replace(":", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String fishQuoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
