package io.rasplens.runtime.cli.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkInOrderTest {
    private static final int MANY = 20_000;

    @Test
    void resultsComeInTheOrderOfTheThings() {
        List<Integer> taken = new ArrayList<>();
        new WorkInOrder<Integer, Integer>(
                        i -> {
                            // Some take much longer than those behind them.
                            int steps = i % 97 == 0 ? 200_000 : 1;
                            return 2 * i
                                    + (int) IntStream.range(0, steps)
                                            .filter(step -> step < 0)
                                            .count();
                        },
                        taken::add,
                        () -> {})
                .run(take -> IntStream.range(0, MANY).boxed().forEach(take));
        assertThat(taken)
                .isEqualTo(IntStream.range(0, MANY).map(i -> 2 * i).boxed().toList());
    }

    /** An endless stream is read no further ahead than some hundred things. */
    @Test
    void fewAreUnderWay() {
        var read = new AtomicInteger();
        var taken = new AtomicInteger();
        var farthest = new AtomicInteger();
        new WorkInOrder<Integer, Integer>(
                        i -> i,
                        i -> farthest.accumulateAndGet(read.get() - taken.incrementAndGet(), Math::max),
                        () -> {})
                .run(take -> {
                    for (int i = 0; i < MANY; i++) {
                        take.accept(read.incrementAndGet());
                    }
                });
        assertThat(taken).hasValue(MANY);
        assertThat(farthest.get()).isLessThan(600);
    }

    @Test
    void aResultIsHandedOverBeforeTheNextThingIsThere() {
        var handedOver = new CountDownLatch(1);
        var paused = new AtomicInteger();
        List<String> taken = new ArrayList<>();
        new WorkInOrder<String, String>(
                        text -> text,
                        text -> {
                            taken.add(text);
                            handedOver.countDown();
                        },
                        paused::incrementAndGet)
                .run(take -> {
                    take.accept("first");
                    await(handedOver);
                    take.accept("second");
                });
        assertThat(taken).containsExactly("first", "second");
        assertThat(paused).hasPositiveValue();
    }

    @Test
    void whatIsThrownEndsItInTheCallersThread() {
        var failure = new IllegalArgumentException("7");
        assertThatThrownBy(() -> new WorkInOrder<Integer, Integer>(
                                i -> {
                                    if (i == 7) {
                                        throw failure;
                                    }
                                    return i;
                                },
                                i -> assertThat(i).isLessThan(7),
                                () -> {})
                        .run(WorkInOrderTest::endless))
                .isSameAs(failure);
        assertThatThrownBy(() -> new WorkInOrder<Integer, Integer>(
                                i -> i,
                                i -> {
                                    throw failure;
                                },
                                () -> {})
                        .run(WorkInOrderTest::endless))
                .isSameAs(failure);
        assertThatThrownBy(() -> new WorkInOrder<Integer, Integer>(i -> i, i -> {}, () -> {}).run(take -> {
                    take.accept(1);
                    throw failure;
                }))
                .isSameAs(failure);
    }

    private static void endless(java.util.function.Consumer<Integer> take) {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            take.accept(i);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
