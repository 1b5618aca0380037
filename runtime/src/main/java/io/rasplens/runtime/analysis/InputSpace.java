package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Random;
import java.util.function.Consumer;

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
        for (int length = 1; length <= exhaustiveLength; length++) {
            forEachOfLength(length, consumer);
        }
        if (!exhaustive()) {
            sample(consumer);
        }
    }

    private void forEachOfLength(int length, Consumer<ImmutableList<Value>> consumer) {
        var odometer = new int[length];
        int turned = 0;
        while (turned >= 0) {
            var input = ImmutableList.<Value>builderWithExpectedSize(length);
            for (int digit : odometer) {
                input.add(options.vocabulary().get(digit));
            }
            consumer.accept(input.build());
            turned = length - 1;
            while (turned >= 0 && ++odometer[turned] == options.vocabulary().size()) {
                odometer[turned] = 0;
                turned--;
            }
        }
    }

    private void sample(Consumer<ImmutableList<Value>> consumer) {
        var random = new Random(options.seed());
        int shortest = exhaustiveLength + 1;
        for (long i = exhaustiveCount; i < options.budget(); i++) {
            int length = random.nextBoolean()
                    ? options.maxLength()
                    : shortest + random.nextInt(options.maxLength() - shortest + 1);
            ImmutableList<Value> tokens = random.nextBoolean() ? options.vocabulary() : few(random);
            var input = ImmutableList.<Value>builderWithExpectedSize(length);
            for (int p = 0; p < length; p++) {
                input.add(tokens.get(random.nextInt(tokens.size())));
            }
            consumer.accept(input.build());
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
