package io.rasplens.compiler.elaborate.mistake;

import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where a text binds a name only after using it: most often two statements stand in the wrong order. */
public final class LateBinding {
    /** Characters of a text that is worth reading once more for a hint. */
    private static final int LONGEST = 200_000;

    private final String name;
    private final Span use;

    private LateBinding(String name, Span use) {
        this.name = name;
        this.use = use;
    }

    /** The first place in the statement that uses the name, or behind it, that binds it; in the innermost function that does. */
    public static Optional<Span> of(String name, Span use) {
        if (use.source().text().length() > LONGEST) {
            return Optional.empty();
        }
        return new LateBinding(name, use)
                .among(RaspParser.parseLeniently(use.source()).script().items());
    }

    private Optional<Span> among(List<? extends Item> items) {
        return inFunction(items).or(() -> bindings(items).findFirst());
    }

    private Optional<Span> inFunction(List<? extends Item> items) {
        for (Item item : items) {
            if (holdsUse(item) && item instanceof Statement.FunctionDefinition definition) {
                return among(definition.body());
            }
            if (holdsUse(item) && item instanceof Statement.ForLoop loop) {
                return inFunction(loop.body());
            }
        }
        return Optional.empty();
    }

    private Stream<Span> bindings(List<? extends Item> items) {
        return items.stream().filter(item -> item.span().end() > use.start()).flatMap(this::boundBy);
    }

    private Stream<Span> boundBy(Item item) {
        if (item instanceof Statement.Assignment assignment) {
            return named(assignment.targets());
        }
        if (item instanceof Statement.ForLoop loop) {
            return Stream.concat(named(loop.variables()), bindings(loop.body()));
        }
        return item instanceof Statement.FunctionDefinition definition
                        && definition.name().equals(name)
                        && !holdsUse(item)
                ? Stream.of(definition.nameSpan())
                : Stream.empty();
    }

    private Stream<Span> named(List<Binding> bindings) {
        return bindings.stream().filter(binding -> binding.name().equals(name)).map(Binding::span);
    }

    private boolean holdsUse(Item item) {
        return item.span().start() <= use.start() && use.end() <= item.span().end();
    }
}
