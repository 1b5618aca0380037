package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The inputs of a vocabulary up to a length: all, in order of length, or within a budget the shortest ones and a seeded sample of
 * the longer.
 *
 * <p>A uniform draw of a long input over many tokens hardly ever repeats a token or leaves one out, so half of the sample is
 * drawn from a few tokens only; and half of it has the greatest length, where attention is at its most diffuse.
 */
final class InputSpace {
    private static final int FEW_TOKENS = 3;

    private final VerifyOptions options;
    private final int exhaustiveLength;
    private final long exhaustiveCount;

    InputSpace(VerifyOptions options) {
        this.options = options;
        long all = 0;
        long ofLength = 1;
        int length = 0;
        int wholeUpTo = 0;
        long wholeCount = 0;
        while (length < options.maxLength()) {
            length++;
            ofLength = times(ofLength, options.vocabulary().size());
            all = plus(all, ofLength);
            if (all <= options.budget() / 2) {
                wholeUpTo = length;
                wholeCount = all;
            }
        }
        boolean everything = all <= options.budget();
        exhaustiveLength = everything ? options.maxLength() : wholeUpTo;
        exhaustiveCount = everything ? all : wholeCount;
    }

    /** Whether every input is among them. */
    boolean exhaustive() {
        return exhaustiveLength == options.maxLength();
    }

    /** Hands over the inputs; those of one length come together as far as they are exhaustive. */
    void forEach(Consumer<ImmutableList<Value>> consumer) {
        forEachWhile(input -> {
            consumer.accept(input);
            return true;
        });
    }

    /**
     * The same as long as somebody takes them: there may be more inputs than anybody waits for.
     *
     * @param taker whether it takes another one; the first false ends it
     */
    void forEachWhile(Predicate<ImmutableList<Value>> taker) {
        boolean more = true;
        for (int length = 1; more && length <= exhaustiveLength; length++) {
            more = allOfLength(length, taker);
        }
        if (more && !exhaustive()) {
            sample(taker);
        }
    }

    private boolean allOfLength(int length, Predicate<ImmutableList<Value>> taker) {
        var odometer = new int[length];
        int turned = 0;
        boolean more = true;
        while (more && turned >= 0) {
            var input = ImmutableList.<Value>builderWithExpectedSize(length);
            for (int digit : odometer) {
                input.add(options.vocabulary().get(digit));
            }
            more = taker.test(input.build());
            turned = length - 1;
            while (turned >= 0 && ++odometer[turned] == options.vocabulary().size()) {
                odometer[turned] = 0;
                turned--;
            }
        }
        return more;
    }

    private void sample(Predicate<ImmutableList<Value>> taker) {
        var random = new Random(options.seed());
        int shortest = exhaustiveLength + 1;
        boolean more = true;
        for (long i = exhaustiveCount; more && i < options.budget(); i++) {
            int length = random.nextBoolean()
                    ? options.maxLength()
                    : shortest + random.nextInt(options.maxLength() - shortest + 1);
            ImmutableList<Value> tokens = random.nextBoolean() ? options.vocabulary() : few(random);
            var input = ImmutableList.<Value>builderWithExpectedSize(length);
            for (int p = 0; p < length; p++) {
                input.add(tokens.get(random.nextInt(tokens.size())));
            }
            more = taker.test(input.build());
        }
    }

    private ImmutableList<Value> few(Random random) {
        int count = 1 + random.nextInt(FEW_TOKENS);
        return random.ints(count, 0, options.vocabulary().size())
                .mapToObj(options.vocabulary()::get)
                .collect(ImmutableList.toImmutableList());
    }

    private static long times(long a, long b) {
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
