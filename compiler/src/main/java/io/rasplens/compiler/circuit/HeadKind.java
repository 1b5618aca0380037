package io.rasplens.compiler.circuit;

/** What a head makes of the keys that it selects, and how far its scores keep them from the others. */
public sealed interface HeadKind {

    /** What the scores of a selected and of any other key differ by, at least, before noise. */
    double gap();

    /**
     * The mean of the selected keys' values; 0, which is what BOS holds, where none is selected.
     *
     * @param gap a selected key stands so far above every other key and above BOS; where none is, BOS above every key
     * @param selected which keys a query can select
     */
    record Mean(double gap, Keys selected) implements HeadKind {}

    /**
     * How many keys are selected, w, squeezed into {@code B w / (B + w)}: BOS, of value 0, weighs B times as much as a selected key. With
     * other values than 1, times B, their sum squeezed alike. What reads it tells the numbers apart by steps.
     *
     * @param gap a selected key stands so far above every other
     * @param bosWeight B
     * @param blur by how much what comes out may differ from what it stands for to its readers, noise aside: in a sum over several
     *     heads, or of other values than 1, that depends on more than the sum
     */
    record Count(double gap, double bosWeight, double blur) implements HeadKind {}

    /**
     * A part of a mean over keys that several heads see: BOS, of value 0, weighs as much as all keys together that the others select, so
     * that what the heads write adds up to the mean; 0 where none of them selects any.
     *
     * @param gap what this head selects stands so far above every other key, and above BOS where the others select none
     * @param part what each part of the scores adds for a selected key
     */
    record Part(double gap, double part) implements HeadKind {}

    /** Which keys one query can select. */
    enum Keys {
        /** One at most: its value is copied, to the last digit. */
        ONE,
        /** Several, but all hold one value, which comes out whatever their shares are. One head has to see them all. */
        EQUAL,
        /** Several of different values, which are averaged or summed. */
        ANY
    }

    /**
     * The sum of the selected keys' values: BOS, of value 0, outweighs a selected key by {@code e^lambda}, and the values are
     * multiplied by that on the way in. The factor is not in the head's value terms; whoever runs the head puts it there, as
     * exactly as its own arithmetic makes it.
     *
     * @param gap a selected key stands so far above every other
     * @param parts how many score terms a selected key meets
     * @param part what each adds to its score
     */
    record Sum(double gap, int parts, double part, double lambda) implements HeadKind {

        /**
         * What the values have to be multiplied by, where scores are divided by {@code scale} and queries multiplied by about as
         * much beforehand: {@code e^lambda} to the last digit of that arithmetic, which the scores' rounding would spoil otherwise.
         */
        public double factor(double scale) {
            double before = ScoreScale.before(scale);
            double selected = 0;
            for (int i = 0; i < parts; i++) {
                selected += part * before;
            }
            double bos = (part * parts + lambda) * before;
            return 1 / StrictMath.exp(selected / scale - bos / scale);
        }
    }
}
