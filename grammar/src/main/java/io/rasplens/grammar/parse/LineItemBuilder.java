package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.ast.Statement.ExampleKind;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser.AtomContext;
import io.rasplens.grammar.parse.antlr.RaspParser.AtomListContext;
import io.rasplens.grammar.parse.antlr.RaspParser.CausalDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.CommandContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExampleDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExampleKindContext;
import io.rasplens.grammar.parse.antlr.RaspParser.InputContext;
import io.rasplens.grammar.parse.antlr.RaspParser.KeepDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ListInputContext;
import io.rasplens.grammar.parse.antlr.RaspParser.MaxLengthDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.OutputDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.SetExampleContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ShowExampleContext;
import io.rasplens.grammar.parse.antlr.RaspParser.SwitchExamplesContext;
import io.rasplens.grammar.parse.antlr.RaspParser.SwitchFullDisplayContext;
import io.rasplens.grammar.parse.antlr.RaspParser.TestDirectiveContext;
import io.rasplens.grammar.parse.antlr.RaspParser.TextInputContext;
import io.rasplens.grammar.parse.antlr.RaspParser.VocabDirectiveContext;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Parse trees of what ends with its line, directives and commands, to syntax trees. */
final class LineItemBuilder {
    private final Offsets offsets;
    private final ExpressionBuilder expressions;
    private final List<Diagnostic> diagnostics;

    LineItemBuilder(Offsets offsets, ExpressionBuilder expressions, List<Diagnostic> diagnostics) {
        this.offsets = offsets;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    Optional<Directive> directive(DirectiveContext context, Span span) {
        if (context instanceof OutputDirectiveContext output) {
            var name = output.NAME();
            return Optional.of(new Directive.OutputDirective(name.getText(), offsets.of(name.getSymbol()), span));
        } else if (context instanceof VocabDirectiveContext vocab) {
            return filled(vocab.atomList(), atoms(vocab.atomList(), SyntaxCode.DIRECTIVE_VALUE), "a vocabulary")
                    .filter(tokens -> distinct(vocab.atomList(), tokens))
                    .map(tokens -> new Directive.VocabDirective(tokens, span));
        } else if (context instanceof MaxLengthDirectiveContext maxLength) {
            return maxLength(maxLength, span);
        } else if (context instanceof CausalDirectiveContext) {
            return Optional.of(new Directive.CausalDirective(span));
        } else if (context instanceof KeepDirectiveContext keep) {
            return Optional.of(keep(keep, span));
        } else if (context instanceof ExampleDirectiveContext example) {
            return filled(example.input(), input(example.input()), "an input")
                    .map(input -> new Directive.ExampleDirective(input, span));
        }
        var test = (TestDirectiveContext) context;
        var input = filled(test.input(0), input(test.input(0)), "an input");
        var expected = input(test.input(1));
        return input.flatMap(in -> expected.map(out -> new Directive.TestDirective(in, out, span)));
    }

    Statement command(CommandContext context) {
        Span span = offsets.of(context);
        if (context instanceof SetExampleContext set) {
            return new Statement.SetExample(kind(set.exampleKind()), expressions.build(set.expr()), span);
        } else if (context instanceof ShowExampleContext show) {
            return new Statement.ShowExample(kind(show.exampleKind()), span);
        } else if (context instanceof SwitchExamplesContext examples) {
            return new Statement.SwitchExamples(
                    kind(examples.exampleKind()), examples.onOff().ON() != null, span);
        } else if (context instanceof SwitchFullDisplayContext display) {
            return new Statement.SwitchFullDisplay(display.onOff().ON() != null, span);
        }
        return new Statement.Exit(span);
    }

    /** The values of a list; empty, and reported, where one of them is none. */
    Optional<ImmutableList<Value>> atoms(AtomListContext list, SyntaxCode code) {
        var values = ImmutableList.<Value>builder();
        boolean complete = true;
        for (AtomContext atom : list.atom()) {
            Optional<Value> value = expressions.atom(atom, code);
            value.ifPresent(values::add);
            complete &= value.isPresent();
        }
        return complete ? Optional.of(values.build()) : Optional.empty();
    }

    private Optional<ImmutableList<Value>> input(InputContext input) {
        return input instanceof TextInputContext text
                ? Optional.of(InputParser.characters(ExpressionBuilder.text(text.STRING())))
                : atoms(((ListInputContext) input).atomList(), SyntaxCode.DIRECTIVE_VALUE);
    }

    private Optional<ImmutableList<Value>> filled(
            ParserRuleContext context, Optional<ImmutableList<Value>> values, String what) {
        if (values.isPresent() && values.get().isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    SyntaxCode.DIRECTIVE_VALUE, what + " needs at least one token", offsets.of(context)));
            return Optional.empty();
        }
        return values;
    }

    private boolean distinct(AtomListContext list, ImmutableList<Value> tokens) {
        Set<Value> seen = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!seen.add(tokens.get(i))) {
                diagnostics.add(Diagnostic.error(
                                SyntaxCode.DIRECTIVE_VALUE,
                                "the vocabulary lists " + tokens.get(i).repr() + " twice",
                                offsets.of(list.atom(i)))
                        .help("give each token once"));
                return false;
            }
        }
        return true;
    }

    private Directive keep(KeepDirectiveContext context, Span span) {
        var names = ImmutableList.<Binding>builder();
        for (var name : context.NAME()) {
            if (context.NAME().size() == 1 && name.getText().equals("all")) {
                return new Directive.KeepDirective(ImmutableList.of(), span);
            }
            names.add(new Binding(name.getText(), offsets.of(name.getSymbol())));
        }
        return new Directive.KeepDirective(names.build(), span);
    }

    private Optional<Directive> maxLength(MaxLengthDirectiveContext context, Span span) {
        var literals = new Literals(offsets, diagnostics);
        BigInteger length = ((IntValue) literals.integer(context.INT(), false)).value();
        if (length.signum() > 0 && length.bitLength() < Integer.SIZE) {
            return Optional.of(new Directive.MaxLengthDirective(length.intValueExact(), span));
        }
        diagnostics.add(Diagnostic.error(
                SyntaxCode.DIRECTIVE_VALUE,
                length.signum() == 0 ? "max_length is at least 1" : "max_length is at most " + Integer.MAX_VALUE,
                offsets.of(context.INT().getSymbol())));
        return Optional.empty();
    }

    private static ExampleKind kind(@Nullable ExampleKindContext kind) {
        if (kind == null) {
            return ExampleKind.BOTH;
        }
        return kind.S_OP() != null ? ExampleKind.SOP : ExampleKind.SELECTOR;
    }
}
