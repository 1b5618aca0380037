package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser.Partial;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * One parse of one text. A first pass uses ANTLR's fast prediction and gives up at the first error; only a text that has one
 * is gone through again, with full prediction and with recovery.
 */
final class Parsing {
    private final Offsets offsets;
    private final ContextTokens.Scan scan;

    Parsing(SourceFile source) {
        this.offsets = new Offsets(source);
        this.scan = ContextTokens.scan(offsets);
    }

    /** @param mayGoOn whether all that is wrong is that the text ends too early */
    record Outcome(Partial partial, boolean mayGoOn) {}

    Outcome script() {
        if (scan.hopeless()) {
            return outcome(List.of(), scan.diagnostics(), false);
        }
        if (scan.diagnostics().isEmpty()) {
            Optional<Outcome> fast = fastScript();
            if (fast.isPresent()) {
                return fast.get();
            }
        }
        return carefulScript();
    }

    private Optional<Outcome> fastScript() {
        var builder = new ScriptBuilder(offsets);
        var items = new ArrayList<Item>();
        GuardedParser parser = fastParser();
        try {
            while (parser.getCurrentToken().getType() != Token.EOF) {
                builder.topLevel(parser.item()).ifPresent(items::add);
                if (isHopeless(builder)) {
                    break;
                }
            }
        } catch (ParseCancellationException | GuardedParser.LimitException e) {
            return Optional.empty();
        }
        var all = new ArrayList<Diagnostic>(builder.diagnostics());
        all.addAll(RepeatedDirectives.warnings(items));
        return Optional.of(outcome(items, all, false));
    }

    private Outcome carefulScript() {
        var builder = new ScriptBuilder(offsets);
        var items = new ArrayList<Item>();
        var parser = new GuardedParser(offsets, scan.tokens());
        var recovery = new SyntaxRecovery(offsets, scan);
        parser.setErrorHandler(recovery);
        var limits = new ArrayList<Diagnostic>();
        try {
            while (parser.getCurrentToken().getType() != Token.EOF) {
                builder.topLevel(parser.item()).ifPresent(items::add);
                if (recovery.diagnostics().size() > ParseLimits.ERRORS || isHopeless(builder)) {
                    break;
                }
            }
        } catch (GuardedParser.LimitException e) {
            limits.add(e.diagnostic());
        }
        var all = new ArrayList<Diagnostic>(scan.diagnostics());
        all.addAll(recovery.diagnostics());
        all.addAll(builder.diagnostics());
        all.addAll(RepeatedDirectives.warnings(items));
        all.addAll(limits);
        boolean otherErrors =
                !limits.isEmpty() || builder.diagnostics().stream().anyMatch(Diagnostic::isError);
        boolean openBlock = limits.isEmpty() && recovery.endsInBlock();
        return outcome(sound(items, all), all, openBlock || (!otherErrors && recovery.onlyEndedEarly()));
    }

    /** Only errors count: a text full of warnings can be run. */
    private static boolean isHopeless(ScriptBuilder builder) {
        return builder.diagnostics().size() > ParseLimits.ERRORS
                && builder.diagnostics().stream().filter(Diagnostic::isError).count() > ParseLimits.ERRORS;
    }

    /**
     * The items that hold no error: the parser still understands what is left of a statement without a stray character in it, or
     * right before it.
     */
    private List<Item> sound(List<Item> items, List<Diagnostic> diagnostics) {
        var starts = new TreeSet<Integer>();
        diagnostics.stream()
                .filter(Diagnostic::isError)
                .flatMap(each -> each.span().stream())
                .forEach(error -> starts.add(error.start()));
        scan.diagnostics().stream()
                .flatMap(each -> each.span().stream())
                .forEach(stray -> starts.add(nextOnLine(stray)));
        return items.stream()
                .filter(item ->
                        starts.subSet(item.span().start(), item.span().end()).isEmpty())
                .toList();
    }

    /** Where the text goes on behind what is no token. */
    private int nextOnLine(Span stray) {
        String text = offsets.source().text();
        int next = stray.end();
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return next;
    }

    Result<Expr> expression() {
        return lone(
                parser -> parser.loneExpression(),
                (tree, diagnostics) -> Optional.of(new ExpressionBuilder(offsets, diagnostics).build(tree.expr())));
    }

    Result<ImmutableList<Value>> atoms() {
        return lone(parser -> parser.loneAtoms(), (tree, diagnostics) -> {
            var expressions = new ExpressionBuilder(offsets, diagnostics);
            return new LineItemBuilder(offsets, expressions, diagnostics)
                    .atoms(tree.atomList(), SyntaxCode.INPUT_VALUE);
        });
    }

    private interface Build<C, T> {
        Optional<T> from(C tree, List<Diagnostic> diagnostics);
    }

    private <C, T> Result<T> lone(Function<GuardedParser, C> rule, Build<C, T> build) {
        if (scan.hopeless()) {
            return Result.failure(sorted(scan.diagnostics()));
        }
        var parser = new GuardedParser(offsets, scan.tokens());
        var recovery = new SyntaxRecovery(offsets, scan);
        parser.setErrorHandler(recovery);
        var diagnostics = new ArrayList<Diagnostic>(scan.diagnostics());
        Optional<T> value = Optional.empty();
        try {
            value = build.from(rule.apply(parser), diagnostics);
        } catch (RecognitionException e) {
            diagnostics.addAll(recovery.diagnostics());
        } catch (GuardedParser.LimitException e) {
            diagnostics.add(e.diagnostic());
        }
        boolean failed = diagnostics.stream().anyMatch(Diagnostic::isError);
        return failed || value.isEmpty()
                ? Result.failure(sorted(diagnostics))
                : Result.success(value.get(), sorted(diagnostics));
    }

    private GuardedParser fastParser() {
        var parser = new GuardedParser(offsets, scan.tokens());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        return parser;
    }

    private Outcome outcome(List<Item> items, List<Diagnostic> diagnostics, boolean mayGoOn) {
        var script = new Script(offsets.source(), ImmutableList.copyOf(items));
        return new Outcome(new Partial(script, sorted(diagnostics)), mayGoOn);
    }

    /** In the order of the text, and no more errors and warnings than anybody reads. */
    private static ImmutableList<Diagnostic> sorted(List<Diagnostic> diagnostics) {
        var order = Comparator.<Diagnostic>comparingInt(each ->
                each.labels().isEmpty() ? 0 : each.labels().get(0).span().start());
        return FirstDiagnostics.of(ImmutableList.sortedCopyOf(order, diagnostics));
    }
}
