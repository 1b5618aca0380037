package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;

/** Runs small programs for tests. */
final class SmallPrograms {
    private SmallPrograms() {}

    static Result<Elaboration> elaborate(String text) {
        return elaborate(text, ImmutableMap.of());
    }

    static Result<Elaboration> elaborate(String text, ImmutableMap<String, String> loads) {
        return RaspParser.parse(SourceFile.of("test.rasp", text))
                .then(script -> Elaborator.elaborate(script, new MemoryLoader(loads)));
    }

    static Diagnostic failure(String text) {
        Result<Elaboration> result = elaborate(text);
        if (result instanceof Result.Success<Elaboration>) {
            throw new AssertionError("accepted: " + text);
        }
        return result.diagnostics().get(0);
    }

    static Meaning meaning(String text, String name) {
        return elaborate(text).orThrow().find(name).orElseThrow();
    }

    /** What {@code x} is after {@code text}: an atom or a list as Python prints it, an s-op on {@code "hello"}. */
    static String show(String text) {
        return show(meaning(text, "x"));
    }

    static String show(Meaning meaning) {
        if (meaning instanceof Meaning.Atom atom) {
            return atom.value().repr();
        }
        if (meaning instanceof Meaning.ListOf list) {
            return list.elements().stream().map(SmallPrograms::show).toList().toString();
        }
        if (meaning instanceof Meaning.DictOf dict) {
            return dict.entries().values().stream()
                    .map(e -> e.key().repr() + ": " + show(e.value()))
                    .toList()
                    .toString();
        }
        if (meaning instanceof Meaning.AppliedSequence applied) {
            return applied.values().toString();
        }
        if (meaning instanceof Meaning.Sequence sequence) {
            return run(sequence, chars("hello"));
        }
        return meaning.kind();
    }

    static String run(Meaning.Sequence sequence, ImmutableList<Value> input) {
        try {
            return Interpreter.evaluate(sequence.node(), input, false).toString();
        } catch (EvaluationException e) {
            return e.code().id();
        }
    }

    static ImmutableList<Value> chars(String text) {
        return text.codePoints()
                .mapToObj(point -> Value.of(Character.toString(point)))
                .collect(ImmutableList.toImmutableList());
    }
}
