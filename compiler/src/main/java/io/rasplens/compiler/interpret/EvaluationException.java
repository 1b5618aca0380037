package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An operation that fails on the values it meets: division by zero, order between a string and a number, a missing key. One that
 * comes out of the {@link Interpreter} also knows the node, and where there is one the position, at which it happened.
 */
public final class EvaluationException extends Exception {
    private static final String TOKENS = "the tokens are strings here; tokens_int reads them as numbers";

    private final transient DiagnosticCode code;
    private final transient Optional<ProgramNode> node;
    private final transient OptionalInt position;
    private final transient ImmutableList<String> notes;
    private final transient boolean isOfStrings;

    public EvaluationException(DiagnosticCode code, String message) {
        this(code, message, Optional.empty(), OptionalInt.empty(), ImmutableList.of(), false);
    }

    /**
     * Operands that an operation doesn't work on.
     *
     * @param operands those that are named in the message
     */
    static EvaluationException wrongOperands(String message, Value... operands) {
        return new EvaluationException(
                EvaluationCode.WRONG_OPERANDS,
                message,
                Optional.empty(),
                OptionalInt.empty(),
                ImmutableList.of(),
                Arrays.stream(operands).anyMatch(StringValue.class::isInstance));
    }

    /**
     * A failure of an operation that takes no strings, or has no use for these.
     *
     * @param met what it got: most often numbers were meant if all of it are strings of digits
     */
    static EvaluationException ofValues(DiagnosticCode code, String message, List<Value> met) {
        boolean digits = !met.isEmpty();
        for (Value value : met) {
            digits = digits && value instanceof StringValue string && isNumber(string.value());
        }
        return new EvaluationException(
                code, message, Optional.empty(), OptionalInt.empty(), ImmutableList.of(), digits);
    }

    private static boolean isNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    private EvaluationException(
            DiagnosticCode code,
            String message,
            Optional<ProgramNode> node,
            OptionalInt position,
            ImmutableList<String> notes,
            boolean isOfStrings) {
        super(message, null, false, false);
        this.code = code;
        this.node = node;
        this.position = position;
        this.notes = notes;
        this.isOfStrings = isOfStrings;
    }

    public DiagnosticCode code() {
        return code;
    }

    /** What is wrong, in one line, without the place. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** The node that failed. */
    public Optional<ProgramNode> node() {
        return node;
    }

    /** The (query) position at which it failed, if the failure is of one position. */
    public OptionalInt position() {
        return position;
    }

    /** The values met, one line each. */
    public ImmutableList<String> notes() {
        return notes;
    }

    /** What to do about it, where that is plain. */
    public Optional<String> advice() {
        if (isOfStrings && isOfTokens() && code != EvaluationCode.WRONG_OPERANDS && wantsNumbers()) {
            return Optional.of(TOKENS);
        }
        if (code == EvaluationCode.MEAN_OF_NON_NUMBERS) {
            return Optional.of("select one position for each query, or take the mean of numbers, such as"
                    + " indicator(x == y): it is the share of the positions where that holds");
        }
        if (code == EvaluationCode.MIXED_SEQUENCE && node.isPresent() && node.get() instanceof SOp.Aggregate) {
            return Optional.of("where nothing is selected the default stands, 0 if none is given;"
                    + " it must be of the values' kind, as in aggregate(s, x, \"-\")");
        }
        if (code == EvaluationCode.MIXED_SEQUENCE) {
            return Optional.of("what stands at the positions of one s-op is all strings, all bools or all numbers");
        }
        if (code == EvaluationCode.DIVISION_BY_ZERO) {
            return Optional.of("all positions are worked out, also those that a conditional does not take:"
                    + " divide by x if x > 0 else 1");
        }
        if (code == EvaluationCode.BAD_CONVERSION) {
            return Optional.of(
                    "it reads numbers, and strings of digits: the vocabulary and the input may hold no others");
        }
        if (code == EvaluationCode.MISSING_KEY && node.isPresent()) {
            return Optional.of("it is looked up at every position: each value that is asked for needs a key");
        }
        if (code == EvaluationCode.INDEX_OUT_OF_RANGE && node.isPresent()) {
            return Optional.of("it is looked up at every position: places count from 0, and x % n stays below n");
        }
        if (!isOfStrings || code != EvaluationCode.WRONG_OPERANDS) {
            return Optional.empty();
        }
        return Optional.of(
                isOfTokens() ? TOKENS : "a string and a number don't go together: \"1\" is a string, 1 a number");
    }

    /** Who computes with tokens most often means the numbers. */
    private boolean isOfTokens() {
        return node.isPresent()
                && node.get().operands().stream()
                        .anyMatch(operand -> operand instanceof SOp.Tokens tokens
                                && (tokens.conversion() == TokenConversion.STR
                                        || tokens.conversion() == TokenConversion.ASIS));
    }

    /** Whether the operation would work on the numbers: a dict has no string among its keys. */
    private boolean wantsNumbers() {
        return !(node.isPresent()
                        && node.get() instanceof SOp.Elementwise elementwise
                        && elementwise.operator() instanceof Operator.DictLookup dict)
                || dict.entries().keySet().stream().noneMatch(StringValue.class::isInstance);
    }

    /** The same failure, placed. A failure that has a node already keeps it. */
    EvaluationException in(ProgramNode where) {
        return node.isPresent()
                ? this
                : new EvaluationException(code, message(), Optional.of(where), position, notes, isOfStrings);
    }

    EvaluationException at(int where) {
        return position.isPresent()
                ? this
                : new EvaluationException(code, message(), node, OptionalInt.of(where), notes, isOfStrings);
    }

    EvaluationException note(String note) {
        var more = ImmutableList.<String>builder().addAll(notes).add(note).build();
        return new EvaluationException(code, message(), node, position, more, isOfStrings);
    }
}
