package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser;
import io.rasplens.grammar.parse.antlr.RaspParser.BinaryContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ConditionalContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExprContext;
import io.rasplens.grammar.parse.antlr.RaspParser.FloatLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.IntLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.StringLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.UnaryContext;
import io.rasplens.grammar.source.Span;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Warns where RASP groups an expression otherwise than Python, and most readers, would. It looks at the parse tree, where a
 * bracketed part is a node of its own and so never looks surprising.
 */
final class PrecedenceWarnings {
    private final Offsets offsets;
    private final List<Diagnostic> diagnostics;

    PrecedenceWarnings(Offsets offsets, List<Diagnostic> diagnostics) {
        this.offsets = offsets;
        this.diagnostics = diagnostics;
    }

    void check(BinaryContext binary) {
        int operator = binary.op.getType();
        if (isNot(binary.left) && operator != RaspParser.AND && operator != RaspParser.OR) {
            warn(
                    SyntaxCode.NOT_BEFORE_COMPARISON,
                    binary,
                    "'not' takes only what stands right behind it: this is (" + text(binary.left) + ") "
                            + binary.op.getText() + " " + text(binary.right),
                    "write not (" + text(((UnaryContext) binary.left).expr()) + " " + binary.op.getText() + " "
                            + text(binary.right) + ") if that is meant, or bracket the 'not'");
        }
        if (operator == RaspParser.IN) {
            checkIn(binary);
        }
        if (operator == RaspParser.POWER) {
            checkPower(binary);
        }
        if (operator == RaspParser.MODULO && isProduct(binary.right)) {
            checkModulo(binary, (BinaryContext) binary.right);
        }
        if (isComparison(operator)
                && binary.left instanceof BinaryContext first
                && isComparison(first.op.getType())
                && !(first.left instanceof BinaryContext chain && isComparison(chain.op.getType()))) {
            warn(
                    SyntaxCode.CHAINED_COMPARISON,
                    binary,
                    "comparisons go from left to right: this is (" + text(first) + ") " + binary.op.getText() + " "
                            + text(binary.right),
                    "write " + text(first) + " and " + text(first.right) + " " + binary.op.getText() + " "
                            + text(binary.right) + " if that is meant, or bracket the first comparison");
        }
        if (operator == RaspParser.OR || operator == RaspParser.AND) {
            checkConstant(binary);
        }
        if (operator == RaspParser.AND
                && binary.left instanceof BinaryContext left
                && left.op.getType() == RaspParser.OR) {
            warn(
                    SyntaxCode.MIXED_LOGIC,
                    binary,
                    "'and' and 'or' bind alike and go from left to right: this is (" + text(left) + ") and "
                            + text(binary.right),
                    "bracket the part that belongs together");
        }
    }

    void check(ConditionalContext conditional) {
        if (conditional.whenTrue instanceof ConditionalContext first) {
            warn(
                    SyntaxCode.CHAINED_CONDITIONAL,
                    conditional,
                    "chained 'if … else' goes from left to right: this is (" + text(first) + ") if "
                            + text(conditional.condition) + " else " + text(conditional.whenFalse),
                    "bracket the last part, as in a if c else (b if d else e), or the first");
        }
    }

    /** {@code 2^3^2}, where others begin on the right, and {@code -x^2}, where they take the sign last. */
    private void checkPower(BinaryContext power) {
        String exponent = text(power.right);
        if (power.left instanceof UnaryContext base && base.op.getType() == RaspParser.MINUS) {
            String operand = text(base.expr());
            warn(
                    SyntaxCode.MINUS_BEFORE_POWER,
                    power,
                    "'-' takes only what stands right behind it: this is (" + text(base) + ")^" + exponent,
                    "write -(" + operand + "^" + exponent + ") if that is meant, or bracket the '-'");
        } else if (power.left instanceof BinaryContext first
                && first.op.getType() == RaspParser.POWER
                && !(first.left instanceof BinaryContext chain && chain.op.getType() == RaspParser.POWER)) {
            String base = text(first.left);
            warn(
                    SyntaxCode.CHAINED_POWER,
                    power,
                    "'^' goes from left to right: this is (" + text(first) + ")^" + exponent,
                    "write " + base + "^(" + text(first.right) + "^" + exponent
                            + ") if that is meant, or bracket the first part");
        }
    }

    /** {@code a % b * c}: the remainder is looser than the product. */
    private void checkModulo(BinaryContext modulo, BinaryContext product) {
        ExprContext divisor = product;
        while (isProduct(divisor)) {
            divisor = ((BinaryContext) divisor).left;
        }
        Span whole = offsets.of(product);
        int rest = offsets.of(divisor).end();
        warn(
                SyntaxCode.MODULO_BEFORE_PRODUCT,
                modulo,
                "'%' binds looser than '*' and '/': this is " + text(modulo.left) + " % (" + text(product) + ")",
                "write (" + text(modulo.left) + " % " + text(divisor) + ")"
                        + text(new Span(whole.source(), rest, whole.end()))
                        + " if that is meant, or bracket what stands behind '%'");
    }

    private static boolean isProduct(ExprContext context) {
        return context instanceof BinaryContext binary
                && (binary.op.getType() == RaspParser.TIMES || binary.op.getType() == RaspParser.DIVIDE);
    }

    private static boolean isComparison(int operator) {
        return switch (operator) {
            case RaspParser.EQUAL,
                    RaspParser.LESS,
                    RaspParser.LESS_EQUAL,
                    RaspParser.GREATER,
                    RaspParser.GREATER_EQUAL -> true;
            default -> false;
        };
    }

    /** {@code x == 1 or 2}, which reads as if 2 were compared too. */
    private void checkConstant(BinaryContext binary) {
        if (isLiteral(binary.right)
                && binary.left instanceof BinaryContext compared
                && compared.op.getType() == RaspParser.EQUAL
                && !isLiteral(compared.left)) {
            String other = text(binary.right);
            String asked = text(compared.left);
            warn(
                    SyntaxCode.LONE_CONSTANT,
                    binary,
                    "'" + binary.op.getText() + "' takes two conditions: this is (" + text(compared) + ") "
                            + binary.op.getText() + " " + other,
                    "write " + text(compared) + " " + binary.op.getText() + " " + asked + " == " + other
                            + (binary.op.getType() == RaspParser.OR
                                    ? ", or ask in a list: " + asked + " in [" + text(compared.right) + ", " + other
                                            + "]"
                                    : ""));
        }
    }

    private static boolean isLiteral(ExprContext context) {
        return context instanceof IntLiteralContext
                || context instanceof FloatLiteralContext
                || context instanceof StringLiteralContext;
    }

    private void checkIn(BinaryContext binary) {
        if (isLooserThanComparison(binary.right)) {
            warn(
                    SyntaxCode.IN_WITH_LOGIC,
                    binary,
                    "'in' binds loosest: this is " + text(binary.left) + " in (" + text(binary.right) + ")",
                    "write (x in xs) and y if that is meant, or bracket what 'in' looks into");
        } else if (isLooserThanComparison(binary.left)) {
            warn(
                    SyntaxCode.IN_WITH_LOGIC,
                    binary,
                    "'in' binds loosest: this is (" + text(binary.left) + ") in " + text(binary.right),
                    "write y and (x in xs) if that is meant, or bracket what is looked for");
        }
    }

    private static boolean isLooserThanComparison(ExprContext context) {
        return context instanceof ConditionalContext
                || (context instanceof BinaryContext binary
                        && (binary.op.getType() == RaspParser.AND || binary.op.getType() == RaspParser.OR));
    }

    private static boolean isNot(ExprContext context) {
        return context instanceof UnaryContext unary && unary.op.getType() == RaspParser.NOT;
    }

    private void warn(SyntaxCode code, ParserRuleContext context, String message, String help) {
        diagnostics.add(Diagnostic.warning(code, message, offsets.of(context)).help(help));
    }

    /** The source of a part on one line; a long one only by its ends. */
    private String text(ParserRuleContext context) {
        return text(offsets.of(context));
    }

    private static String text(Span part) {
        String text = part.text();
        String line = text.length() > 2000 ? text.substring(0, 20) + " … " + text.substring(text.length() - 12) : text;
        line = line.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 20) + " … " + line.substring(line.length() - 12);
    }
}
