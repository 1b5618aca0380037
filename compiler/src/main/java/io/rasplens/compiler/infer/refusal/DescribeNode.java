package io.rasplens.compiler.infer.refusal;

import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Figures;
import java.util.Locale;
import java.util.Optional;

/** Names nodes in messages and points at where they came from. */
public final class DescribeNode {
    private static final int LONGEST_TEXT = 40;
    private static final int LONGEST_LABEL = 72;

    private DescribeNode() {}

    /**
     * The node's RASP name in quotes, else its text, shortened, else its kind. Of a name that was bound again later the line tells
     * which is meant; what a function or a loop made is written out, as its text speaks of parameters.
     */
    public static String name(RaspProgram program, ProgramNode node) {
        NodeOrigin origin = program.origin(node);
        if (node == program.output()) {
            return "'" + program.name() + "'";
        }
        if (origin.name().isPresent()) {
            String which = origin.binding()
                    .filter(b -> !b.last())
                    .map(DescribeNode::which)
                    .orElse("");
            return "'" + origin.name().get() + "'" + which;
        }
        if (tokens(node).isPresent()) {
            return "'" + tokens(node).get() + "'";
        }
        if (origin.words().isPresent()) {
            return "'" + shortened(origin.words().get().text()) + "'";
        }
        return origin.span().isPresent() ? "'" + expression(program, node, LONGEST_TEXT) + "'" : kind(node);
    }

    /** {@code  of line 2}, and where a loop bound it several times, {@code  of line 2 (3 of 5)}. */
    private static String which(NameBinding binding) {
        String time =
                binding.occurrences() > 1 ? " (" + binding.occurrence() + " of " + binding.occurrences() + ")" : "";
        return " of line " + binding.line() + time;
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_TEXT) {
            return line;
        }
        int end = LONGEST_TEXT - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /**
     * The node in a label: its RASP name, else its text where that is short and says what it is, else the node written out; in
     * brackets where it has several words.
     */
    public static String label(RaspProgram program, ProgramNode node) {
        return program.origin(node).name().orElseGet(() -> words(program, node));
    }

    private static String words(RaspProgram program, ProgramNode node) {
        if (node instanceof SOp.Indices) {
            return "indices";
        }
        Optional<String> tokens = tokens(node);
        if (tokens.isPresent()) {
            return tokens.get();
        }
        if (node instanceof SOp.Constant constant) {
            return constant.value().repr();
        }
        String text = program.origin(node)
                .title()
                .or(() -> shortText(program, node))
                .orElseGet(() -> expression(program, node, LONGEST_LABEL));
        return text.indexOf(' ') < 0 ? text : "(" + text + ")";
    }

    /**
     * What tells the node from every other of the program, as far as text can: its name with its binding, else its text.
     */
    public static String reference(RaspProgram program, ProgramNode node) {
        return program.nameOf(node).orElseGet(() -> words(program, node));
    }

    /** The node's definition, at most a line long: operands that have a name appear by it. */
    public static String definition(RaspProgram program, ProgramNode node) {
        return expression(program, node, NodeText.LINE);
    }

    /** The node written out as RASP, for one whose text is long or says something else elsewhere, or that no text made. */
    private static String expression(RaspProgram program, ProgramNode node, int longest) {
        return NodeText.definition(node, part -> part == node ? Optional.empty() : called(program, part), longest);
    }

    /** What a part of a written-out node is called there. */
    private static Optional<String> called(RaspProgram program, ProgramNode part) {
        return program.origin(part).name().or(() -> tokens(part));
    }

    /** The word that a program has for its tokens, of which {@code tokens_str} is the long form. */
    static Optional<String> tokens(ProgramNode node) {
        return node instanceof SOp.Tokens tokens
                ? Optional.of(
                        tokens.conversion() == TokenConversion.STR
                                ? "tokens"
                                : tokens.conversion().sopName())
                : Optional.empty();
    }

    /** The text that stands for the node outside functions and loops, if it is short and on one line. */
    private static Optional<String> shortText(RaspProgram program, ProgramNode node) {
        return program.origin(node)
                .words()
                .map(Span::text)
                .filter(text -> text.length() <= LONGEST_TEXT && text.indexOf('\n') < 0);
    }

    /** How far two numbers are apart that a transformer has to tell apart, and how far they would have to be. */
    public static String distance(double distance, double least) {
        return String.format(
                Locale.ROOT,
                "they are %s apart, and a transformer needs %s",
                Figures.scientific(distance),
                Figures.scientific(least));
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
