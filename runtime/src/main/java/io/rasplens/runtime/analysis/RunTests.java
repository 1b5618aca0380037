package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.Optional;
import java.util.function.Function;

/** Runs a program's {@code #@ test} lines on the interpreter and on the transformer. */
public final class RunTests {
    private final Function<ImmutableList<Value>, Result<ImmutableList<Value>>> interpreter;
    private final Function<ImmutableList<Value>, HookedTransformer> models;
    private final Function<ImmutableList<Value>, Optional<Astray>> astray;

    /**
     * Both sides of the comparison.
     *
     * @param interpreter an input's answer by the program's meaning
     * @param models the model that takes an input; what it throws ends the run, as no test can pass without a model
     */
    public RunTests(
            Function<ImmutableList<Value>, Result<ImmutableList<Value>>> interpreter,
            Function<ImmutableList<Value>, HookedTransformer> models) {
        this(interpreter, models, input -> Optional.empty());
    }

    /**
     * With a reference beside them.
     *
     * @param astray where the program goes astray on an input that it answers wrong
     */
    public RunTests(
            Function<ImmutableList<Value>, Result<ImmutableList<Value>>> interpreter,
            Function<ImmutableList<Value>, HookedTransformer> models,
            Function<ImmutableList<Value>, Optional<Astray>> astray) {
        this.interpreter = interpreter;
        this.models = models;
        this.astray = astray;
    }

    /** One outcome for each test among the directives, in their order. */
    public ImmutableList<TestOutcome> run(Iterable<? extends Directive> directives) {
        var outcomes = ImmutableList.<TestOutcome>builder();
        for (Directive.TestDirective test : Iterables.filter(directives, Directive.TestDirective.class)) {
            outcomes.add(outcome(test));
        }
        return outcomes.build();
    }

    private TestOutcome outcome(Directive.TestDirective test) {
        var outcome =
                new TestOutcome(test, interpreter.apply(test.input()), transformed(test.input()), Optional.empty());
        return outcome.isExpected(outcome.interpreter())
                ? outcome
                : new TestOutcome(test, outcome.interpreter(), outcome.transformer(), astray.apply(test.input()));
    }

    private Result<ImmutableList<Value>> transformed(ImmutableList<Value> input) {
        HookedTransformer model = models.apply(input);
        try {
            return Result.success(ImmutableList.copyOf(model.run(input)));
        } catch (EngineException e) {
            return Result.failure(e.diagnostic());
        }
    }
}
