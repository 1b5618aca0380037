package io.rasplens.compiler.lower;

/**
 * One way to a circuit.
 *
 * @param level which writes and shrinks it
 * @param hardness the score of a select that holds
 * @param careful whether more blocks are taken where digits would be lost
 * @param answer how a number is answered that is one of some that are listed
 */
public record LoweringWay(Lowering level, double hardness, boolean careful, ListedAnswer answer) {

    /** Whether it differs from another in how hard scores are, and in nothing else. */
    boolean isButHarder(LoweringWay other) {
        return level.equals(other.level) && careful == other.careful && answer == other.answer;
    }

    /** How a number out of a list becomes an answer. */
    public enum ListedAnswer {
        /** It is computed, and the answer is the nearest of the list. */
        NEAREST,
        /** It is computed, and is the answer: where the list is so dense that the nearest may be farther off than the number. */
        COMPUTED,
        /** Each number has a mark, which needs no digits, where one that is small here and 10^14 there needs more than there are. */
        MARKED
    }
}
