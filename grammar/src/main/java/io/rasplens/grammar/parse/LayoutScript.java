package io.rasplens.grammar.parse;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.format.Doc;
import io.rasplens.grammar.format.ExpressionText;
import io.rasplens.grammar.parse.antlr.RaspParser;
import io.rasplens.grammar.parse.antlr.RaspParser.AssignmentContext;
import io.rasplens.grammar.parse.antlr.RaspParser.BlockContext;
import io.rasplens.grammar.parse.antlr.RaspParser.CommandLineContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DirectiveLineContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DrawStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExprContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExpressionStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExprsContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ForLoopContext;
import io.rasplens.grammar.parse.antlr.RaspParser.FunctionDefinitionContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ItemContext;
import io.rasplens.grammar.parse.antlr.RaspParser.LoadStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.NamesContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ReturnStatementContext;
import io.rasplens.grammar.parse.antlr.RaspParser.SetExampleContext;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Lays out a text that is known to be right. It works on the parse tree, where every token still has its place. */
final class LayoutScript {
    private static final int WIDTH = 100;
    private static final int STEP = 4;

    private final Offsets offsets;
    private final List<Token> tokens;
    private final ExpressionBuilder expressions;
    private final Comments comments;
    private final boolean forReaders;
    private final StringBuilder out = new StringBuilder();

    /** Where in the source the last thing ended that is written already. */
    private int lastEnd;

    private boolean freshBlock = true;

    LayoutScript(SourceFile source, boolean forReaders) {
        this.offsets = new Offsets(source);
        this.tokens = ContextTokens.scan(offsets).tokens();
        this.expressions = new ExpressionBuilder(offsets, new ArrayList<>());
        this.comments = new Comments(offsets);
        this.forReaders = forReaders;
    }

    String run() {
        var parser = new GuardedParser(offsets, tokens);
        var items = new ArrayList<ItemContext>();
        while (parser.getCurrentToken().getType() != Token.EOF) {
            items.add(parser.item());
        }
        layOut(items, 0, offsets.source().text().length() + 1);
        return out.toString();
    }

    private void layOut(List<ItemContext> items, int indent, int end) {
        for (int i = 0; i < items.size(); i++) {
            ItemContext item = items.get(i);
            int next = i + 1 < items.size() ? start(items.get(i + 1)) : end;
            ownLines(start(item), indent);
            blankLine(start(item));
            out.append(" ".repeat(indent));
            if (item instanceof FunctionDefinitionContext definition) {
                block(item, definition.block(), header(definition), indent);
            } else if (item instanceof ForLoopContext loop) {
                block(item, loop.block(), header(loop), indent);
            } else {
                out.append(comments.hasBefore(end(item)) ? verbatim(start(item), end(item)) : simple(item, indent));
            }
            finishLine(end(item), next);
        }
        ownLines(end, indent);
    }

    /** Writes the comments before an offset on lines of their own. */
    private void ownLines(int offset, int indent) {
        for (Span comment : comments.takeBefore(offset)) {
            blankLine(comment.start());
            out.append(" ".repeat(indent))
                    .append(comment.text().stripTrailing())
                    .append('\n');
            lastEnd = comment.end();
        }
    }

    /** Ends the line of what ended at an offset, with the comment that stands behind it on its line. */
    private void finishLine(int end, int next) {
        lastEnd = end;
        int line = offsets.source().line(end);
        if (comments.hasOnLine(line, next)) {
            Span comment = comments.take();
            out.append("  ").append(comment.text().stripTrailing());
            lastEnd = comment.end();
        }
        out.append('\n');
    }

    /** Keeps one blank line where the source has any, but not at the start of a block. */
    private void blankLine(int start) {
        SourceFile source = offsets.source();
        if (!freshBlock && source.line(start) > source.line(lastEnd) + 1) {
            out.append('\n');
        }
        freshBlock = false;
    }

    private void block(ItemContext item, BlockContext block, String header, int indent) {
        int brace = offsets.of(block.getStart()).end();
        boolean inside = comments.hasBefore(brace);
        out.append(inside ? verbatim(start(item), brace) : header + " {");
        int close = offsets.of(block.getStop()).start();
        List<ItemContext> items = block.item();
        finishLine(brace, items.isEmpty() ? close : start(items.get(0)));
        freshBlock = true;
        layOut(items, indent + STEP, close);
        out.append(" ".repeat(indent)).append('}');
        freshBlock = false;
    }

    private String header(FunctionDefinitionContext definition) {
        String parameters = definition.names() == null ? "" : names(definition.names());
        return "def " + definition.NAME().getText() + "(" + parameters + ")";
    }

    private String header(ForLoopContext loop) {
        Doc iterable = ExpressionText.doc(expressions.build(loop.expr()), forReaders);
        return "for " + names(loop.names()) + " in " + Doc.layOut(iterable, 0, Integer.MAX_VALUE);
    }

    private String simple(ItemContext item, int indent) {
        if (item instanceof DirectiveLineContext line) {
            return directive(line);
        } else if (item instanceof CommandLineContext line) {
            return command(line);
        }
        return Doc.layOut(Doc.concat(statement(item), Doc.text(";")), indent, WIDTH);
    }

    private Doc statement(ItemContext item) {
        if (item instanceof ExpressionStatementContext statement) {
            return doc(statement.expr());
        } else if (item instanceof AssignmentContext assignment) {
            return Doc.concat(Doc.text(names(assignment.names()) + " = "), docs(assignment.exprs()));
        } else if (item instanceof ReturnStatementContext result) {
            return Doc.concat(Doc.text("return "), docs(result.exprs()));
        } else if (item instanceof LoadStatementContext load) {
            return Doc.text("load " + load.STRING().getText());
        }
        var draw = (DrawStatementContext) item;
        var parts = new ArrayList<Doc>(List.of(doc(draw.target)));
        if (draw.on != null) {
            parts.add(doc(draw.on));
        }
        return Doc.enclosed("draw(", parts, ")");
    }

    private Doc doc(ExprContext context) {
        return ExpressionText.doc(expressions.build(context), forReaders);
    }

    private Doc docs(ExprsContext context) {
        ImmutableList<Expr> all = expressions.build(context);
        if (all.size() == 1) {
            return ExpressionText.doc(all.get(0), forReaders);
        }
        var parts = new ArrayList<Doc>();
        for (int i = 0; i < all.size(); i++) {
            parts.add(ExpressionText.doc(all.get(i), forReaders));
            if (i + 1 < all.size()) {
                parts.add(Doc.text(","));
                parts.add(new Doc.Break(true));
            }
        }
        return new Doc.Group(new Doc.Indent(Doc.concat(parts)));
    }

    /** A command stays on one line, as it ends with it. */
    private String command(CommandLineContext line) {
        if (line.command() instanceof SetExampleContext set) {
            String kind = set.exampleKind() == null ? "" : set.exampleKind().getText() + " ";
            return "set " + kind + "example " + Doc.layOut(doc(set.expr()), 0, Integer.MAX_VALUE);
        }
        var words = new ArrayList<String>();
        for (int i = line.command().getStart().getTokenIndex();
                i <= line.command().getStop().getTokenIndex();
                i++) {
            Token token = tokens.get(i);
            if (token.getType() != RaspParser.LEFT_BRACKET && token.getType() != RaspParser.RIGHT_BRACKET) {
                words.add(token.getText().replaceAll("[ \t]+", " "));
            }
        }
        return String.join(" ", words);
    }

    private String directive(DirectiveLineContext line) {
        var text = new StringBuilder("#@");
        Token previous = line.getStart();
        for (int i = previous.getTokenIndex() + 1;
                i <= line.directive().getStop().getTokenIndex();
                i++) {
            Token token = tokens.get(i);
            boolean glued = previous.getType() == RaspParser.LEFT_SQUARE
                    || previous.getType() == RaspParser.MINUS
                    || previous.getType() == RaspParser.PLUS
                    || token.getType() == RaspParser.RIGHT_SQUARE
                    || token.getType() == RaspParser.COMMA;
            text.append(glued ? "" : " ").append(token.getText());
            previous = token;
        }
        return text.toString();
    }

    /** The source as it stands, its comments with it; only white space at the ends of lines goes. */
    private String verbatim(int start, int end) {
        comments.takeBefore(end);
        String text = offsets.source().text().substring(start, end);
        return Splitter.on('\n').splitToStream(text).map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static String names(NamesContext names) {
        return String.join(
                ", ", names.NAME().stream().map(TerminalNode::getText).toList());
    }

    private int start(ItemContext item) {
        return offsets.of(item.getStart()).start();
    }

    /** Where an item ends; the end of the line does not count. */
    private int end(ItemContext item) {
        Token last = item.getStop();
        if (item instanceof CommandLineContext line) {
            last = line.command().getStop();
        } else if (item instanceof DirectiveLineContext line) {
            last = line.directive().getStop();
        }
        return offsets.of(last).end();
    }
}
