package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Warns where a directive that counts once is given again: the last one wins, and what the others say is lost. */
final class RepeatedDirectives {
    /** Those that say one thing about the whole file. Of the rest every one counts, and to be causal twice is to be causal. */
    private static final ImmutableMap<Class<? extends Directive>, String> SINGLE = ImmutableMap.of(
            Directive.OutputDirective.class, "output",
            Directive.VocabDirective.class, "vocab",
            Directive.MaxLengthDirective.class, "max_length",
            Directive.ExampleDirective.class, "example");

    private RepeatedDirectives() {}

    static List<Diagnostic> warnings(List<Item> items) {
        Map<String, Directive> seen = new HashMap<>();
        List<Diagnostic> warnings = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Directive directive) {
                Optional<String> word = Optional.ofNullable(SINGLE.get(directive.getClass()));
                word.map(name -> seen.put(name, directive))
                        .ifPresent(earlier -> warnings.add(warning(word.get(), directive, earlier)));
            }
        }
        return warnings;
    }

    private static Diagnostic warning(String word, Directive directive, Directive earlier) {
        return Diagnostic.warning(
                        SyntaxCode.DIRECTIVE_REPEATED,
                        "'#@ " + word + "' is given again, and takes the place of the one before",
                        directive.span())
                .at(earlier.span(), "this one does nothing")
                .help("keep the one that is meant");
    }
}
