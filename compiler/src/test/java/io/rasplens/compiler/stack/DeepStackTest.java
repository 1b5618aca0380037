package io.rasplens.compiler.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeepStackTest {
    @Test
    void interruptingTheCallerStopsTheWork() {
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> run(() -> {
                    caller.interrupt();
                    while (true) {
                        Interrupted.check();
                    }
                }))
                .isInstanceOf(Interrupted.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void workThatDoesNotLookKeepsItsResultAndTheCallerLearnsOfTheInterrupt() {
        Thread caller = Thread.currentThread();
        var seen = new CountDownLatch(1);
        Result<Integer> result = run(() -> {
            caller.interrupt();
            try {
                assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                return Result.success(7);
            }
            return Result.success(8);
        });
        assertThat(result.orThrow()).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellsThatTheStackIsUsedUp() {
        Result<Integer> result = run(() -> Result.success(sumTo(Integer.MAX_VALUE)));
        assertThat(result.diagnostics()).extracting(Diagnostic::message).containsExactly("StackOverflowError");
    }

    private static Result<Integer> run(Supplier<Result<Integer>> work) {
        return DeepStack.run(
                work,
                error -> Diagnostic.error(
                        EvaluationCode.TOO_LARGE, error.getClass().getSimpleName()));
    }

    private static int sumTo(int number) {
        return number == 0 ? 0 : sumTo(number - 1) + number;
    }
}
