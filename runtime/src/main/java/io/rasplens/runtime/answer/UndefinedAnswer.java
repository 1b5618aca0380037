package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.FindUndefinedInputs;
import io.rasplens.runtime.analysis.UndefinedInputs;
import java.util.Locale;
import java.util.Optional;

/** What is told of inputs on which a program itself has no answer. */
public final class UndefinedAnswer {
    private UndefinedAnswer() {}

    /** Tries the program of a model on inputs that the model takes; nothing is tried without a program. */
    public static Optional<UndefinedInputs> find(ReadyModel subject) {
        return subject.program().flatMap(program -> of(program, subject.model()));
    }

    private static Optional<UndefinedInputs> of(RaspProgram program, CompiledModel model) {
        return model.program()
                .flatMap(source -> FindUndefinedInputs.find(program, source.vocabulary(), source.maxLength()));
    }

    /** {@code {"example", "tried", "failing"}}, or null where no input fails. */
    public static JsonElement json(Optional<UndefinedInputs> undefined) {
        return undefined.<JsonElement>map(UndefinedAnswer::counts).orElse(JsonNull.INSTANCE);
    }

    private static JsonObject counts(UndefinedInputs undefined) {
        var json = new JsonObject();
        json.add("example", Json.values(undefined.example()));
        json.addProperty("tried", undefined.tried());
        json.addProperty("failing", undefined.failing());
        return json;
    }

    /** The warning, where the example fails; what fails there is a note. */
    public static Diagnostic warning(RaspProgram program, ProgramSource source, UndefinedInputs undefined) {
        String message = String.format(
                Locale.ROOT,
                "'%s' has no answer on %,d of the %,d inputs %s, as on %s",
                program.name(),
                undefined.failing(),
                undefined.tried(),
                undefined.exhaustive() ? "of up to " + tokens(source.maxLength()) : "tried",
                ValuesText.of(undefined.example()));
        Diagnostic warning = Diagnostic.error(CompileCode.FAILS_ON_SOME, message);
        if (Expected.of(program, undefined.example()) instanceof Result.Failure<ImmutableList<Value>> failure) {
            Diagnostic cause = failure.diagnostics().get(0);
            Optional<Span> place = cause.span();
            warning = (place.isPresent() ? warning.at(place.get(), "") : warning).note(cause.message());
        }
        return warning.asWarning()
                .help(
                        "there the model's answer means nothing; leave such tokens out of the vocab, or write the program so"
                                + " that it has an answer there too");
    }

    private static String tokens(int count) {
        return count + (count == 1 ? " token" : " tokens");
    }
}
