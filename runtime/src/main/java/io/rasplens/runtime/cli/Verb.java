package io.rasplens.runtime.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.cli.verb.AblateVerb;
import io.rasplens.runtime.cli.verb.CacheVerb;
import io.rasplens.runtime.cli.verb.CircuitVerb;
import io.rasplens.runtime.cli.verb.CompileVerb;
import io.rasplens.runtime.cli.verb.CompletionVerb;
import io.rasplens.runtime.cli.verb.DrawVerb;
import io.rasplens.runtime.cli.verb.EvalVerb;
import io.rasplens.runtime.cli.verb.ExplainVerb;
import io.rasplens.runtime.cli.verb.FmtVerb;
import io.rasplens.runtime.cli.verb.InspectVerb;
import io.rasplens.runtime.cli.verb.InterchangeVerb;
import io.rasplens.runtime.cli.verb.PatchVerb;
import io.rasplens.runtime.cli.verb.ReplVerb;
import io.rasplens.runtime.cli.verb.RunVerb;
import io.rasplens.runtime.cli.verb.TestVerb;
import io.rasplens.runtime.cli.verb.VerbCommand;
import io.rasplens.runtime.cli.verb.VerifyVerb;
import io.rasplens.runtime.cli.verb.ViewVerb;
import java.util.Arrays;
import java.util.Optional;

/** The verbs. Naming one here loads nothing; its class is loaded when it is asked for. */
enum Verb {
    RUN("compile a program and run it in the transformer"),
    EVAL("run a program in the interpreter alone"),
    COMPILE("write a program's transformer to a file"),
    INSPECT("show a model's size and what each head and neuron computes"),
    CACHE("show, save or draw the activations of a run"),
    PATCH("put activations of one run into another and see what changes"),
    VERIFY("compare the transformer with the interpreter on many inputs"),
    TEST("run the #@ test lines of programs on interpreter and transformer"),
    ABLATE("take each part of a model away and count the answers that stay"),
    INTERCHANGE("set s-ops in the transformer, override them in the interpreter, compare"),
    CIRCUIT("show which part of a model reads which"),
    DRAW("draw how an s-op computes its answer"),
    VIEW("write a page to see, step through and touch a program's transformer"),
    REPL("type statements and see what they mean"),
    FMT("lay a program out in the one canonical style"),
    EXPLAIN("explain a diagnostic, a library function or a part of the language"),
    COMPLETION("print a script that lets a shell complete all this");

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
            case COMPILE -> new CompileVerb();
            case INSPECT -> new InspectVerb();
            case CACHE -> new CacheVerb();
            case PATCH -> new PatchVerb();
            case VERIFY -> new VerifyVerb();
            case TEST -> new TestVerb();
            case ABLATE -> new AblateVerb();
            case INTERCHANGE -> new InterchangeVerb();
            case CIRCUIT -> new CircuitVerb();
            case DRAW -> new DrawVerb();
            case VIEW -> new ViewVerb();
            case REPL -> new ReplVerb();
            case FMT -> new FmtVerb();
            case EXPLAIN -> new ExplainVerb();
            case COMPLETION -> new CompletionVerb(Rasp::commandLines);
        };
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(v -> v.word().equals(word)).findFirst();
    }

    static ImmutableList<String> words() {
        return Arrays.stream(values()).map(Verb::word).collect(ImmutableList.toImmutableList());
    }
}
