package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** The generated parser with its limits on nesting and on the length of chains. */
final class GuardedParser extends RaspParser {
    private final Offsets offsets;
    private final int[] chain = new int[ParseLimits.NESTING + 2];
    private int depth;

    GuardedParser(Offsets offsets, List<Token> tokens) {
        super(new CommonTokenStream(new ListTokenSource(tokens)));
        this.offsets = offsets;
        removeErrorListeners();
    }

    /** A text that goes over a limit: no sense in going on with it. */
    static final class LimitException extends RuntimeException {
        private final transient Diagnostic diagnostic;

        LimitException(Diagnostic diagnostic) {
            super(diagnostic.message(), null, false, false);
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }

    @Override
    public void reset() {
        super.reset();
        depth = 0;
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        if (rule == RULE_block) {
            enter();
        }
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        if (getContext().getRuleIndex() == RULE_block) {
            depth--;
        }
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        enter();
        chain[depth] = 0;
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void pushNewRecursionContext(ParserRuleContext context, int state, int rule) {
        if (++chain[depth] > ParseLimits.CHAIN) {
            throw new LimitException(Diagnostic.error(
                            SyntaxCode.CHAIN_TOO_LONG,
                            "this expression chains more than " + ParseLimits.CHAIN + " operators",
                            offsets.of(getCurrentToken()))
                    .help("give parts of it names, or build it in a loop"));
        }
        super.pushNewRecursionContext(context, state, rule);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        depth--;
        super.unrollRecursionContexts(parent);
    }

    private void enter() {
        if (++depth > ParseLimits.NESTING) {
            throw new LimitException(Diagnostic.error(
                            SyntaxCode.NESTED_TOO_DEEP,
                            "expressions or blocks are nested more than " + ParseLimits.NESTING + " deep here",
                            offsets.of(getCurrentToken()))
                    .help("give the inner parts names of their own"));
        }
    }
}
