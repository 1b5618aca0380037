package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.diagnostic.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The s-op that a name means to somebody who asks after the program has run: {@code hist} is what the name was bound to last,
 * {@code hist@12} what line 12 bound it to, {@code hist@12#2} the second that line 12 made, in a loop.
 */
public final class FindBinding {
    private static final int MOST_NAMES = 20;

    /** Made when it is asked for: most names are without. */
    private static final class Numbered {
        static final Pattern FORM = Pattern.compile("([^@#]+)@(\\d{1,9})(?:#(\\d{1,9}))?");
    }

    private final Elaboration elaboration;

    private FindBinding(Elaboration elaboration) {
        this.elaboration = elaboration;
    }

    private ImmutableSetMultimap<Origins.NamedLine, ProgramNode> lines() {
        return elaboration.session().origins().lines();
    }

    /** The s-op, or what is wrong with the name and which others there are. */
    public static Result<SOp> find(Elaboration elaboration, String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty() && stripped.indexOf('@') < 0 && stripped.indexOf('#') < 0) {
            return new FindBinding(elaboration).last(stripped);
        }
        Matcher form = Numbered.FORM.matcher(stripped);
        if (!form.matches()) {
            return Result.failure(
                    Diagnostic.error(ElaborationCode.NO_SUCH_SOP, "'" + text + "' can't be the name of an s-op")
                            .help("write a name, or name@line for what that line binds it to"));
        }
        var find = new FindBinding(elaboration);
        String name = form.group(1);
        int line = Integer.parseInt(form.group(2));
        List<ProgramNode> found =
                find.lines().get(new Origins.NamedLine(name, line)).asList();
        if (found.isEmpty()) {
            return find.unknown(name, "line " + line + " binds no s-op '" + name + "'");
        }
        if (form.group(3) != null) {
            int wanted = Integer.parseInt(form.group(3));
            if (wanted < 1 || wanted > found.size()) {
                return find.unknown(name, "line " + line + " binds '" + name + "' to " + found.size() + " s-ops");
            }
            return sop(name, found.get(wanted - 1));
        }
        return found.size() == 1 ? sop(name, found.get(0)) : find.ambiguous(name);
    }

    private Result<SOp> last(String name) {
        Optional<Meaning> meaning = elaboration.find(name);
        if (meaning.isPresent()) {
            return meaning.get() instanceof Meaning.Sequence sequence
                    ? Result.success(sequence.node())
                    : Result.failure(notAnSop(name, meaning.get().oneOfItsKind()));
        }
        ImmutableSet<ProgramNode> inner = lines().entries().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(java.util.Map.Entry::getValue)
                .collect(ImmutableSet.toImmutableSet());
        if (inner.isEmpty()) {
            return unknown(name, "the program has no s-op '" + name + "'");
        }
        return inner.size() == 1 ? sop(name, inner.asList().get(0)) : ambiguous(name);
    }

    private static Result<SOp> sop(String name, ProgramNode node) {
        return node instanceof SOp sop ? Result.success(sop) : Result.failure(notAnSop(name, "a selector"));
    }

    private static Diagnostic notAnSop(String name, String what) {
        return Diagnostic.error(ElaborationCode.NOT_AN_SOP, "'" + name + "' is " + what + ", not an s-op");
    }

    private Result<SOp> ambiguous(String name) {
        return Result.failure(
                Diagnostic.error(ElaborationCode.AMBIGUOUS_SOP, "'" + name + "' may be any of several s-ops")
                        .help("say which one: " + String.join(", ", choices(name))));
    }

    private Result<SOp> unknown(String name, String message) {
        Diagnostic unknown = Diagnostic.error(ElaborationCode.NO_SUCH_SOP, message);
        List<String> choices = choices(name);
        if (!choices.isEmpty()) {
            return Result.failure(unknown.help("there are " + String.join(", ", choices)));
        }
        var known = elaboration.session().environment().visibleNames();
        return Result.failure(NearNames.question(name, known)
                .or(this::sops)
                .map(unknown::help)
                .orElse(unknown));
    }

    /** The s-ops that the program itself binds at top level. */
    private Optional<String> sops() {
        String names = elaboration.bindings().entrySet().stream()
                .filter(binding -> binding.getValue() instanceof Meaning.Sequence)
                .map(Map.Entry::getKey)
                .limit(MOST_NAMES)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of("its s-ops are " + names);
    }

    /** All ways to write a binding of the name. */
    private List<String> choices(String name) {
        return lines().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> {
                    String line = name + "@" + entry.getKey().line();
                    int count = entry.getValue().size();
                    return count == 1
                            ? java.util.stream.Stream.of(line)
                            : IntStream.rangeClosed(1, count).mapToObj(i -> line + "#" + i);
                })
                .toList();
    }
}
