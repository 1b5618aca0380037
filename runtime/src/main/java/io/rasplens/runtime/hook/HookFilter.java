package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hook points are meant: one name, a pattern, or a condition.
 *
 * @param description how the user wrote it, for messages
 * @param condition the points meant
 * @param parts the filters of which this is the union, each of which must mean something; none for a simple filter
 */
public record HookFilter(String description, Predicate<HookName> condition, List<HookFilter> parts) {
    public HookFilter {
        parts = ImmutableList.copyOf(parts);
    }

    /** Points that a text means, whoever asks and whenever: the same text is the same condition. */
    private static final class WrittenPoints implements Predicate<HookName> {
        private final String text;
        private final Predicate<HookName> meant;

        WrittenPoints(String text, Predicate<HookName> meant) {
            this.text = text;
            this.meant = meant;
        }

        @Override
        public boolean test(HookName name) {
            return meant.test(name);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WrittenPoints that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Any of several. */
    private record AnyOfPoints(List<HookFilter> filters) implements Predicate<HookName> {
        @Override
        public boolean test(HookName name) {
            for (HookFilter filter : filters) {
                if (filter.matches(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final int SHOWN = 4;
    private static final int LONGEST = 80;

    /** Every point but the readers' own inputs, which repeat the residual stream. */
    public static HookFilter standard() {
        return where("all", name -> !name.kind().isReaderInput());
    }

    public static HookFilter of(HookName name) {
        return where(name.text(), name::equals);
    }

    /**
     * A full name; a short one, which means that point of every layer ({@code pattern}, {@code resid_post}); or a pattern over
     * full names: {@code *} is any run of characters, {@code ?} any one, {@code {a,b}} either.
     * {@code blocks.*.attn.hook_pattern}, {@code blocks.0.*}, {@code *hook_resid_{mid,post}}.
     */
    public static HookFilter parse(String text) {
        if (NamePattern.isPattern(text)) {
            NamePattern pattern = NamePattern.parse(text);
            return where(text, new WrittenPoints(text, name -> pattern.matches(name.text())));
        }
        ImmutableList<HookKind> kinds = KeyNames.kinds(text);
        return where(
                text,
                new WrittenPoints(
                        text,
                        kinds.isEmpty() ? name -> name.text().equals(text) : name -> kinds.contains(name.kind())));
    }

    public static HookFilter where(String description, Predicate<HookName> condition) {
        return new HookFilter(description, condition, ImmutableList.of());
    }

    /** Any of several; one that means nothing is an error even if others do. */
    public static HookFilter anyOf(List<HookFilter> filters) {
        return new HookFilter(
                String.join(", ", filters.stream().map(HookFilter::description).toList()),
                new AnyOfPoints(ImmutableList.copyOf(filters)),
                ImmutableList.copyOf(filters));
    }

    public boolean matches(HookName name) {
        return condition.test(name);
    }

    /** Whether its text alone says what it means, now and later; a condition of the caller's may change its mind. */
    public boolean isWritten() {
        return condition instanceof WrittenPoints
                || (condition instanceof AnyOfPoints && parts.stream().allMatch(HookFilter::isWritten));
    }

    /**
     * The points meant, in firing order.
     *
     * @throws EngineException if there is none, with the nearest names
     */
    public ImmutableSet<HookName> resolve(List<HookName> existing) {
        parts.forEach(part -> part.resolve(existing));
        var found = ImmutableSet.<HookName>builder();
        boolean any = false;
        for (HookName name : existing) {
            if (condition.test(name)) {
                found.add(name);
                any = true;
            }
        }
        if (!any) {
            throw unknown(description, existing);
        }
        return found.build();
    }

    /** The error for a name or pattern that means no hook point, with the nearest names. */
    public static EngineException unknown(String name, List<HookName> existing) {
        return new EngineException(
                EngineCode.UNKNOWN_HOOK,
                "no hook point matches '" + shown(name) + "'",
                NearNames.question(shown(name), HookName.texts(existing))
                        .or(() -> NearNames.question(shown(name), shortNames(existing)))
                        .orElse("the points are named like "
                                + String.join(
                                        ", ",
                                        existing.stream()
                                                .map(HookName::text)
                                                .limit(SHOWN)
                                                .toList())));
    }

    private static List<String> shortNames(List<HookName> existing) {
        Set<HookKind> kinds = existing.stream().map(HookName::kind).collect(Collectors.toSet());
        return KeyNames.known(kinds::contains);
    }

    /** What the user wrote, cut to what a message can bear. */
    static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
