package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which hook points are meant: one name, a pattern, or a condition.
 *
 * @param description how the user wrote it, for messages
 * @param condition the points meant
 */
public record HookFilter(String description, Predicate<HookName> condition) {
    private static final int SHOWN = 4;

    /** Every point but the readers' own inputs, which repeat the residual stream. */
    public static HookFilter standard() {
        return new HookFilter("all", name -> !name.kind().isReaderInput());
    }

    public static HookFilter of(HookName name) {
        return new HookFilter(name.text(), name::equals);
    }

    /**
     * A full name, or a pattern over full names: {@code *} is any run of characters, {@code ?} any one, {@code {a,b}} either.
     * {@code blocks.*.attn.hook_pattern}, {@code blocks.0.*}, {@code *hook_resid_{mid,post}}.
     */
    public static HookFilter parse(String text) {
        Pattern pattern = Pattern.compile(regex(text));
        return new HookFilter(text, name -> pattern.matcher(name.text()).matches());
    }

    public static HookFilter where(String description, Predicate<HookName> condition) {
        return new HookFilter(description, condition);
    }

    /** Any of several. */
    public static HookFilter anyOf(List<HookFilter> filters) {
        return new HookFilter(
                String.join(", ", filters.stream().map(HookFilter::description).toList()),
                name -> filters.stream().anyMatch(filter -> filter.condition.test(name)));
    }

    public boolean matches(HookName name) {
        return condition.test(name);
    }

    /**
     * The points meant, in firing order.
     *
     * @throws EngineException if there is none, with the nearest names
     */
    public ImmutableSet<HookName> resolve(List<HookName> existing) {
        ImmutableSet<HookName> found = existing.stream().filter(condition).collect(ImmutableSet.toImmutableSet());
        if (found.isEmpty()) {
            throw unknown(description, existing);
        }
        return found;
    }

    /** The error for a name or pattern that means no hook point, with the nearest names. */
    public static EngineException unknown(String name, List<HookName> existing) {
        return new EngineException(
                EngineCode.UNKNOWN_HOOK,
                "no hook point matches '" + name + "'",
                NearNames.question(name, HookName.texts(existing))
                        .orElse("the points are named like "
                                + String.join(
                                        ", ",
                                        existing.stream()
                                                .map(HookName::text)
                                                .limit(SHOWN)
                                                .toList())));
    }

    private static String regex(String glob) {
        var out = new StringBuilder();
        var literal = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean comma = c == ',' && braces > 0;
            if ("*?{}".indexOf(c) < 0 && !comma) {
                literal.append(c);
                continue;
            }
            out.append(literal.isEmpty() ? "" : Pattern.quote(literal.toString()));
            literal.setLength(0);
            if (c == '{') {
                braces++;
            } else if (c == '}' && --braces < 0) {
                throw unbalanced(glob);
            }
            out.append(c == '*' ? ".*" : c == '?' ? "." : c == '{' ? "(?:" : c == '}' ? ")" : "|");
        }
        if (braces != 0) {
            throw unbalanced(glob);
        }
        return out.append(literal.isEmpty() ? "" : Pattern.quote(literal.toString()))
                .toString();
    }

    private static EngineException unbalanced(String glob) {
        return new EngineException(EngineCode.UNKNOWN_HOOK, "unbalanced braces in the hook pattern '" + glob + "'");
    }
}
