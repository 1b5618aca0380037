package io.rasplens.compiler.infer;

import io.rasplens.compiler.program.Origin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.source.Span;
import java.util.Optional;

/** Names nodes in messages and points at where they came from. */
public final class Describe {
    private static final int LONGEST_TEXT = 40;

    private Describe() {}

    /** The node's RASP name in quotes, else its source text, else its kind and number. */
    public static String name(RaspProgram program, ProgramNode node) {
        Origin origin = program.origin(node);
        if (node == program.output()) {
            return "'" + program.name() + "'";
        }
        if (origin.name().isPresent()) {
            return "'" + origin.name().get() + "'";
        }
        return shortText(program, node).map(t -> "'" + t + "'").orElseGet(() -> kind(node) + " " + node.id());
    }

    /** The expression that made the node first, if it is short and on one line. */
    public static Optional<String> shortText(RaspProgram program, ProgramNode node) {
        return program.origin(node)
                .span()
                .map(Span::text)
                .filter(text -> text.length() <= LONGEST_TEXT && text.indexOf('\n') < 0);
    }

    /** A diagnostic at the node, if it came from source text. */
    public static Diagnostic at(
            RaspProgram program, ProgramNode node, DiagnosticCode code, String message, String help) {
        Diagnostic plain = Diagnostic.error(code, message).help(help);
        return program.origin(node).span().map(span -> plain.at(span, "")).orElse(plain);
    }

    private static String kind(ProgramNode node) {
        if (node instanceof SOp.Aggregate) {
            return "aggregate";
        }
        if (node instanceof SOp.SelectorWidth) {
            return "selector width";
        }
        if (node instanceof SOp.Elementwise elementwise) {
            return "'" + elementwise.operator().symbol() + "'";
        }
        return node instanceof Selector ? "selector" : "s-op";
    }
}
