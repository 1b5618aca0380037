package io.rasplens.compiler.program;

import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.Collection;

/**
 * The kind of value that an s-op has at every position of every input, where its form alone tells: {@code tokens_str} holds
 * strings, {@code length} holds numbers. Where it does not tell, the answer is {@link #UNSURE}.
 */
public enum SureKind {
    STRINGS("strings"),
    NUMBERS("numbers"),
    BOOLS("bools"),
    UNSURE("values");

    /** Nodes that are looked at for one answer: the forms that people write by mistake are small. */
    private static final int MOST_NODES = 30;

    private final String word;

    SureKind(String word) {
        this.word = word;
    }

    /** {@code strings}. */
    public String word() {
        return word;
    }

    /** Whether no value of the one kind equals any of the other; bools count as numbers. */
    public boolean neverEquals(SureKind other) {
        return (this == STRINGS && other.isNumeric()) || (isNumeric() && other == STRINGS);
    }

    private boolean isNumeric() {
        return this == NUMBERS || this == BOOLS;
    }

    /** The kind of an atom. */
    public static SureKind of(Value atom) {
        return atom instanceof StringValue ? STRINGS : atom.isNumeric() ? NUMBERS : UNSURE;
    }

    /** The kind that all of these have; not sure if there are none. */
    public static SureKind ofAll(Collection<Value> atoms) {
        SureKind kind = UNSURE;
        for (Value atom : atoms) {
            SureKind next = of(atom);
            if (next == UNSURE || (kind != UNSURE && kind != next)) {
                return UNSURE;
            }
            kind = next;
        }
        return kind;
    }

    /** The kind of what an s-op holds, if it does not fail. */
    public static SureKind of(SOp sop) {
        return new Search().of(sop);
    }

    private static final class Search {
        private int left = MOST_NODES;

        SureKind of(SOp sop) {
            if (--left < 0) {
                return UNSURE;
            }
            if (sop instanceof SOp.Tokens tokens) {
                return converted(tokens.conversion());
            }
            if (sop instanceof SOp.Indices || sop instanceof SOp.SelectorWidth) {
                return NUMBERS;
            }
            if (sop instanceof SOp.Constant constant) {
                return SureKind.of(constant.value());
            }
            if (sop instanceof SOp.Aggregate aggregate) {
                return common(of(aggregate.sequence()), SureKind.of(aggregate.fallback()));
            }
            return sop instanceof SOp.Elementwise elementwise ? elementwise(elementwise) : UNSURE;
        }

        private SureKind elementwise(SOp.Elementwise sop) {
            Operator operator = sop.operator();
            if (operator instanceof Operator.Binary binary) {
                return binary(
                        binary.kind(), sop.arguments().get(0), sop.arguments().get(1));
            }
            if (operator instanceof Operator.Unary unary) {
                return unary.kind() == Operator.UnaryKind.NOT ? BOOLS : NUMBERS;
            }
            if (operator instanceof Operator.Conditional) {
                return common(of(sop.arguments().get(1)), of(sop.arguments().get(2)));
            }
            if (operator instanceof Operator.ListLookup list) {
                return ofAll(list.elements());
            }
            if (operator instanceof Operator.DictLookup dict) {
                return ofAll(dict.entries().values());
            }
            if (operator instanceof Operator.Kept) {
                return of(sop.arguments().get(0));
            }
            return operator instanceof Operator.StringLookup
                    ? STRINGS
                    : operator instanceof Operator.MemberOf ? BOOLS : UNSURE;
        }

        private SureKind binary(Operator.BinaryKind kind, SOp first, SOp second) {
            return switch (kind) {
                case POWER, DIVIDE, MINUS -> NUMBERS;
                case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, AND, OR -> BOOLS;
                case PLUS -> sum(of(first), of(second));
                case MODULO -> sum(of(first), UNSURE);
                // A string times a number is a longer string.
                case TIMES -> product(of(first), of(second));
            };
        }

        /** What a sum is of, if it does not fail: strings go with strings alone. */
        private static SureKind sum(SureKind first, SureKind second) {
            SureKind known = first == UNSURE ? second : first;
            return known == BOOLS ? NUMBERS : known;
        }

        private static SureKind product(SureKind first, SureKind second) {
            if (first == STRINGS || second == STRINGS) {
                return STRINGS;
            }
            return first == UNSURE || second == UNSURE ? UNSURE : NUMBERS;
        }

        private static SureKind common(SureKind first, SureKind second) {
            return first == second ? first : first.isNumeric() && second.isNumeric() ? NUMBERS : UNSURE;
        }

        private static SureKind converted(TokenConversion conversion) {
            return switch (conversion) {
                case STR -> STRINGS;
                case INT, FLOAT -> NUMBERS;
                case BOOL -> BOOLS;
                case ASIS -> UNSURE;
            };
        }
    }
}
