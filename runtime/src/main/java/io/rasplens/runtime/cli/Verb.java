package io.rasplens.runtime.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;

/** The verbs. Naming one here loads nothing; its class is loaded when it is asked for. */
enum Verb {
    RUN("compile a program and run it in the transformer"),
    EVAL("run a program in the interpreter alone"),
    INSPECT("show a model's size and what each head and neuron computes"),
    CACHE("show, save or draw the activations of a run"),
    DRAW("draw how an s-op computes its answer"),
    REPL("type statements and see what they mean"),
    EXPLAIN("explain a diagnostic or a library function"),
    COMPILE("write a program's transformer to a file"),
    VERIFY("compare the transformer with the interpreter on many inputs");

    private final String summary;

    Verb(String summary) {
        this.summary = summary;
    }

    String word() {
        return Ascii.toLowerCase(name());
    }

    String summary() {
        return summary;
    }

    VerbCommand command() {
        return switch (this) {
            case RUN -> new RunVerb();
            case EVAL -> new EvalVerb();
            case INSPECT -> new InspectVerb();
            case CACHE -> new CacheVerb();
            case DRAW -> new DrawVerb();
            case REPL -> new ReplVerb();
            case EXPLAIN -> new ExplainVerb();
            case COMPILE -> new CompileVerb();
            case VERIFY -> new VerifyVerb();
        };
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(v -> v.word().equals(word)).findFirst();
    }

    static ImmutableList<String> words() {
        return Arrays.stream(values()).map(Verb::word).collect(ImmutableList.toImmutableList());
    }
}
