package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Parameter;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser.AssignmentContext;
import io.rasplens.grammar.parse.antlr.RaspParser.BlockContext;
import io.rasplens.grammar.parse.antlr.RaspParser.CommandLineContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DirectiveLineContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DrawStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExpressionStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ForLoopContext;
import io.rasplens.grammar.parse.antlr.RaspParser.FunctionDefinitionContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ItemContext;
import io.rasplens.grammar.parse.antlr.RaspParser.LoadStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ReturnStatementContext;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parse trees of statements to syntax trees, with the checks that the grammar leaves out. */
final class ScriptBuilder {
    private static final int BRACES = 2;

    private final Offsets offsets;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final ExpressionBuilder expressions;
    private final LineItemBuilder lineItems;

    ScriptBuilder(Offsets offsets) {
        this.offsets = offsets;
        this.expressions = new ExpressionBuilder(offsets, diagnostics);
        this.lineItems = new LineItemBuilder(offsets, expressions, diagnostics);
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The item of a file's top level; empty if something is wrong with it, which is then reported. */
    Optional<Item> topLevel(ItemContext context) {
        if (isBroken(context)) {
            return Optional.empty();
        }
        if (context instanceof DirectiveLineContext line) {
            return lineItems
                    .directive(
                            line.directive(),
                            offsets.of(line.getStart(), line.directive().getStop()))
                    .map(Directive.class::cast);
        }
        if (context instanceof CommandLineContext line) {
            return Optional.of(lineItems.command(line.command()));
        }
        if (context instanceof ReturnStatementContext) {
            diagnostics.add(Diagnostic.error(
                            SyntaxCode.RETURN_OUTSIDE, "'return' stands outside a function", offsets.of(context))
                    .help("a file gives the s-op that it assigns last: result = …;"));
            return Optional.empty();
        }
        return statement(context).map(Item.class::cast);
    }

    /** A syntax error was found in this item, and reported then. */
    static boolean isBroken(ItemContext context) {
        return context.exception != null;
    }

    private Optional<Statement> statement(ItemContext context) {
        Span span = offsets.of(context);
        if (context instanceof ExpressionStatementContext statement) {
            return Optional.of(new Statement.ExpressionStatement(expressions.build(statement.expr()), span));
        } else if (context instanceof AssignmentContext assignment) {
            return Optional.of(new Statement.Assignment(
                    expressions.bindings(assignment.names()), expressions.build(assignment.exprs()), span));
        } else if (context instanceof FunctionDefinitionContext definition) {
            return function(definition, span);
        } else if (context instanceof ForLoopContext loop) {
            return loop(loop, span);
        } else if (context instanceof LoadStatementContext load) {
            String path = ExpressionBuilder.text(load.STRING());
            return Optional.of(new Statement.Load(path, offsets.of(load.STRING().getSymbol()), span));
        } else if (context instanceof DrawStatementContext draw) {
            return Optional.of(new Statement.Draw(
                    expressions.build(draw.target), Optional.ofNullable(draw.on).map(expressions::build), span));
        }
        throw new IllegalStateException("unknown statement: " + context.getClass());
    }

    private Optional<Statement> function(FunctionDefinitionContext definition, Span span) {
        var body = ImmutableList.<Statement>builder();
        ReturnStatementContext result = null;
        boolean misplaced = false;
        for (ItemContext item : definition.block().item()) {
            if (result != null && !misplaced && !isBroken(result)) {
                misplaced = true;
                diagnostics.add(Diagnostic.error(
                                SyntaxCode.RETURN_MISSING,
                                "'return' must be the last statement of its function",
                                offsets.of(result))
                        .at(offsets.of(item.getStart()), "this comes after it"));
            }
            if (item instanceof ReturnStatementContext here) {
                result = here;
            } else {
                inner(item).ifPresent(body::add);
            }
        }
        var name = definition.NAME();
        if (result == null && !hasBrokenItem(definition.block())) {
            diagnostics.add(Diagnostic.error(
                            SyntaxCode.RETURN_MISSING,
                            "the function '" + name.getText() + "' has no 'return'",
                            offsets.of(definition.block().getStop()))
                    .at(offsets.of(name.getSymbol()), "defined here")
                    .help("end it with a line such as: return result;"));
        }
        if (result == null || isBroken(result)) {
            return Optional.empty();
        }
        var parameters = ImmutableList.<Parameter>builder();
        if (definition.names() != null) {
            definition
                    .names()
                    .NAME()
                    .forEach(each -> parameters.add(new Parameter(each.getText(), offsets.of(each.getSymbol()))));
        }
        return Optional.of(new Statement.FunctionDefinition(
                name.getText(),
                offsets.of(name.getSymbol()),
                parameters.build(),
                body.build(),
                expressions.build(result.exprs()),
                span));
    }

    private Optional<Statement> loop(ForLoopContext loop, Span span) {
        var body = ImmutableList.<Statement>builder();
        if (loop.block().item().isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    SyntaxCode.EMPTY_LOOP, "a 'for' needs at least one statement", offsets.of(loop.block())));
            return Optional.empty();
        }
        for (ItemContext item : loop.block().item()) {
            if (item instanceof ReturnStatementContext && !isBroken(item)) {
                diagnostics.add(Diagnostic.error(
                        SyntaxCode.RETURN_OUTSIDE,
                        "'return' can't stand in a loop: it is the last statement of a function",
                        offsets.of(item)));
            } else {
                inner(item).ifPresent(body::add);
            }
        }
        return Optional.of(new Statement.ForLoop(
                expressions.bindings(loop.names()), expressions.build(loop.expr()), body.build(), span));
    }

    private Optional<Statement> inner(ItemContext item) {
        if (isBroken(item)) {
            return Optional.empty();
        }
        if (item instanceof DirectiveLineContext) {
            diagnostics.add(Diagnostic.error(
                            SyntaxCode.MISPLACED_DIRECTIVE, "a directive can't stand inside a block", offsets.of(item))
                    .help("move it out of the braces"));
            return Optional.empty();
        }
        if (item instanceof CommandLineContext line) {
            diagnostics.add(Diagnostic.error(
                    SyntaxCode.COMMAND_IN_BLOCK,
                    "the command '" + line.getStart().getText() + "' can't stand inside a block",
                    offsets.of(line.command())));
            return Optional.empty();
        }
        return statement(item);
    }

    private static boolean hasBrokenItem(@Nullable BlockContext block) {
        if (block == null) {
            return true;
        }
        // Words that begin no statement are skipped between the items.
        boolean skipped = block.getChildCount() > block.item().size() + BRACES;
        return skipped || block.item().stream().anyMatch(ScriptBuilder::isBroken);
    }
}
