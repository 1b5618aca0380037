package io.rasplens.compiler.elaborate;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.frozen.ThawScript;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** The standard library: RASP source in the jar, on top of the base s-ops and one primitive. */
final class Library {
    private static final String PRIMITIVE = "selector_width";
    private static final SourceFile SOURCE =
            SourceFile.of("library.rasp", read("library.rasp").orElseThrow());
    private static final Supplier<Script> SCRIPT = Suppliers.memoize(Library::load);

    /** A span for questions that have no place in any text. */
    static final Span NOWHERE = new Span(SOURCE, 0, 0);

    private static final Supplier<ImmutableSet<String>> PROTECTED = Suppliers.memoize(Library::findProtected);

    private Library() {}

    /** Where to read what a function of the library takes. */
    static String explains(String function) {
        return "'rasp explain " + function + "' tells what it takes";
    }

    static boolean isSource(SourceFile source) {
        return source == SOURCE;
    }

    static Script script() {
        return SCRIPT.get();
    }

    /** The names that can't be bound at top level: all of the library's but {@code tokens}. */
    static ImmutableSet<String> protectedNames() {
        return PROTECTED.get();
    }

    /** Base s-ops, {@code True}, {@code False}, and the function that the program graph has a node for. */
    static Environment base(Graph graph) {
        Environment base = Environment.root();
        for (TokenConversion conversion : TokenConversion.values()) {
            base.bind(conversion.sopName(), new Meaning.Sequence(graph.tokens(conversion)));
        }
        base.bind("indices", new Meaning.Sequence(graph.indices()));
        base.bind("True", new Meaning.Atom(Value.of(true)));
        base.bind("False", new Meaning.Atom(Value.of(false)));
        base.bind(
                PRIMITIVE,
                new Meaning.Function(
                        PRIMITIVE, ImmutableList.of("s"), base.name(), Optional.empty(), Optional.empty()));
        return base;
    }

    static Meaning primitive(Meaning.Function function, ImmutableList<Meaning> arguments, Graph graph, Span span) {
        if (arguments.get(0) instanceof Meaning.Selection selection) {
            return new Meaning.Sequence(graph.selectorWidth(selection.node()));
        }
        throw Operations.wrongKind(
                function.name() + " takes a selector, got " + DescribeMeaning.meaning(arguments.get(0)),
                "a selector",
                "make one with select(key, query, ==); how many positions there are is length",
                span);
    }

    private static ImmutableSet<String> findProtected() {
        ImmutableSet.Builder<String> names = ImmutableSet.<String>builder().add(PRIMITIVE);
        for (Item item : script().items()) {
            if (item instanceof Statement.FunctionDefinition definition) {
                names.add(definition.name());
            } else if (item instanceof Statement.Assignment assignment) {
                assignment.targets().stream()
                        .map(target -> target.name())
                        .filter(name -> !name.equals("tokens"))
                        .forEach(names::add);
            }
        }
        return names.build();
    }

    /** The frozen tree spares most runs the parsing; a test keeps it in step with the text, and without it the text is parsed. */
    private static Script load() {
        return read("library.ast")
                .flatMap(frozen -> ThawScript.thaw(frozen, SOURCE))
                .orElseGet(() -> RaspParser.parse(SOURCE).orThrow());
    }

    private static Optional<String> read(String resource) {
        try (InputStream in = Library.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
