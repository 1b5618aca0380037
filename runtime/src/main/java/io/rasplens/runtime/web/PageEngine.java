package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.Explanations;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.Formatter;
import io.rasplens.grammar.platform.WorkLimits;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.FindAstray;
import io.rasplens.runtime.analysis.RunTests;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.analysis.patch.Recovery;
import io.rasplens.runtime.answer.ActivationsJson;
import io.rasplens.runtime.answer.CompileJson;
import io.rasplens.runtime.answer.Expected;
import io.rasplens.runtime.answer.ExplainJson;
import io.rasplens.runtime.answer.PatchAnswer;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.RunAnswer;
import io.rasplens.runtime.answer.SetAnswer;
import io.rasplens.runtime.answer.SweptHooks;
import io.rasplens.runtime.answer.TestedFile;
import io.rasplens.runtime.answer.UndefinedAnswer;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.RunOptions;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers a script's questions, one after the other. It remembers the last program and its models, and nothing else. */
public final class PageEngine {
    private static final Pattern EDIT = Pattern.compile("([^\\[\\]=]+)\\[([0-9]{1,9})\\]=(.*)", Pattern.DOTALL);

    private static final long MEMORY = 1L << 30;

    private Optional<OpenProgram> last = Optional.empty();
    private String lastText = "";
    private ImmutableMap<String, String> lastLoads = ImmutableMap.of();

    /** The verbs, in the order in which a page needs them. */
    public static final ImmutableList<String> VERBS = ImmutableList.of(
            "check", "compile", "run", "cache", "set", "patch", "test", "explain", "format", "complete", "machine");

    /**
     * What the command line's {@code --json} prints for the verb. What fails answers {@code {"error": {…}}}, with the diagnostics beside
     * it; nothing is thrown for what a user can write.
     */
    public JsonObject answer(String verb, PageRequest request) {
        try {
            WorkLimits limits = new WorkLimits(
                    MEMORY,
                    request.integer("millis")
                            .map(Integer::longValue)
                            .filter(time -> time > 0)
                            .orElse(WorkLimits.NO_END));
            Result<JsonObject> result = DeepStack.run(
                    limits,
                    () -> guarded(verb, request),
                    error -> Diagnostic.error(
                                    PageCode.OUT_OF_ROOM, "this needs more memory or nests deeper than the page can")
                            .help("use a shorter max_length, a smaller vocab or fewer steps"),
                    () -> Diagnostic.error(
                                    CompileCode.OUT_OF_TIME,
                                    "this takes longer than the " + limits.millis() + " ms that it was given")
                            .help("a shorter max_length or a smaller vocab makes less work"));
            return result instanceof Result.Success<JsonObject> success
                    ? success.value()
                    : DiagnosticsJson.of(result.diagnostics());
        } catch (DiagnosticException e) {
            return DiagnosticsJson.of(e.diagnostics());
        }
    }

    private Result<JsonObject> guarded(String verb, PageRequest request) {
        try {
            return Result.success(dispatch(verb, request));
        } catch (DiagnosticException e) {
            return Result.failure(e.diagnostics());
        } catch (EngineException e) {
            return Result.failure(e.diagnostic());
        }
    }

    private JsonObject dispatch(String verb, PageRequest request) {
        return switch (verb) {
            case "check" -> check(request);
            case "compile" -> compile(request);
            case "run" -> RunAnswer.of(model(request), input(request)).json();
            case "cache" -> cache(request);
            case "set" ->
                SetAnswer.of(model(request), input(request), edits(request)).json();
            case "patch" -> patch(request);
            case "test" -> test(request);
            case "explain" -> explain(request.required("topic"));
            case "format" -> format(request);
            case "complete" -> complete(request);
            case "machine" ->
                MachineJson.of(
                        program(request), model(request), input(request), edits(request), request.texts("knockOut"));
            default ->
                throw PageRequest.wrong("there is no verb '" + verb + "'", "there are " + String.join(", ", VERBS));
        };
    }

    private JsonObject check(PageRequest request) {
        Result<OpenProgram> program = open(request);
        Result<RaspProgram> chosen =
                program.then(opened -> RaspCompiler.chooseProgram(opened.elaboration(), request.options()));
        JsonObject json = DiagnosticsJson.of(chosen.diagnostics());
        json.addProperty("ok", chosen instanceof Result.Success<RaspProgram>);
        return json;
    }

    private JsonObject compile(PageRequest request) {
        ReadyModel model = program(request).model(request.options(), inputs(request));
        JsonObject json = CompileJson.of(model, ImmutableList.of());
        json.add("program_fails_on", UndefinedAnswer.json(UndefinedAnswer.find(model)));
        return json;
    }

    private JsonObject cache(PageRequest request) {
        ReadyModel model = model(request);
        ImmutableList<Value> input = input(request);
        ImmutableList<String> names = request.texts("names");
        RunOptions options = names.isEmpty() ? RunOptions.PLAIN : RunOptions.PLAIN.names(names.toArray(String[]::new));
        TokenBatch tokens = model.transformer().encode(input);
        ActivationCache cache =
                model.transformer().runWithCache(tokens, options).cache();
        return request.bool("digest").orElse(false) ? ActivationDigests.of(cache) : ActivationsJson.of(input, cache);
    }

    private JsonObject patch(PageRequest request) {
        ImmutableList<Value> clean = input(request);
        ImmutableList<Value> corrupted = request.values("corrupted")
                .orElseThrow(() -> PageRequest.wrong("corrupted is missing", "give another input of the same length"));
        if (clean.size() != corrupted.size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the clean input has " + clean.size() + " tokens, the corrupted one " + corrupted.size(),
                    "patching needs two inputs of the same length");
        }
        ReadyModel model = program(request).model(request.options(), ImmutableList.of(clean, corrupted));
        TokenBatch cleanTokens = model.transformer().encode(clean);
        TokenBatch otherTokens = model.transformer().encode(corrupted);
        OptionalInt position =
                request.integer("position").map(p -> OptionalInt.of(p + 1)).orElse(OptionalInt.empty());
        Recovery recovery = Recovery.between(model.transformer(), cleanTokens, otherTokens, position);
        var sweep = new PatchSweep(model.transformer(), cleanTokens, otherTokens, recovery);
        List<String> hooks = request.texts("hooks").isEmpty()
                ? ImmutableList.of("resid_pre", "attn_out", "mlp_out")
                : request.texts("hooks");
        for (String name : hooks) {
            if (!SweptHooks.known().contains(name)) {
                throw PageRequest.wrong(
                        "hooks can't patch '" + name + "'", "there are " + String.join(", ", SweptHooks.known()));
            }
        }
        return new PatchAnswer(
                        model,
                        clean,
                        corrupted,
                        recovery.position() - 1,
                        SweptHooks.sweep(sweep, hooks, model.model().encoder()))
                .json();
    }

    private JsonObject test(PageRequest request) {
        CompileOptions options = request.options();
        Result<TestedFile> tested = open(request)
                .then(program -> RaspCompiler.chooseProgram(program.elaboration(), options)
                        .then(chosen -> Result.success(tested(program, chosen, request))));
        TestedFile file = tested instanceof Result.Success<TestedFile> success
                ? success.value()
                : TestedFile.failed("program.rasp", options.level(), tested.diagnostics());
        var json = new JsonObject();
        json.addProperty("passed", file.passed());
        json.addProperty("failed", file.failures());
        json.add("files", JsonOut.list(ImmutableList.of(file), TestedFile::json));
        return json;
    }

    /** The field {@code reference} is the text of a program that answers right: of a wrong answer it is told what is the first to differ. */
    private static TestedFile tested(OpenProgram program, RaspProgram chosen, PageRequest request) {
        CompileOptions options = request.options();
        Optional<FindAstray> compare = request.text("reference")
                .map(text -> OpenProgram.open(text, request.loads()).orThrow().elaboration())
                .map(right -> new FindAstray(program.elaboration(), right, chosen.causal()));
        var tests = new RunTests(
                input -> Expected.of(chosen, input),
                input -> program.model(options, ImmutableList.of(input)).transformer(),
                input -> compare.flatMap(by -> by.on(input)));
        return TestedFile.of(
                "program.rasp",
                chosen.name(),
                options.level(),
                tests.run(program.elaboration().directives()));
    }

    private static JsonObject explain(String topic) {
        var json = new JsonObject();
        Optional<String> code = Explanations.of(topic);
        if (code.isPresent()) {
            String text = code.get().substring(2).stripTrailing() + "\n";
            int end = text.indexOf('\n');
            json.addProperty("code", topic.toUpperCase(Locale.ROOT));
            json.addProperty("title", text.substring(Math.min(end, text.indexOf(':') + 2), end));
            json.addProperty("text", text);
            return json;
        }
        return ExplainJson.of(topic)
                .orElseThrow(() -> PageRequest.wrong(
                        "there is nothing to explain under '" + topic + "'", "give a code such as E0203, or a name"));
    }

    private static JsonObject format(PageRequest request) {
        String source = request.required("source");
        String text = Formatter.format(SourceFile.of("program.rasp", source)).orThrow();
        var file = new JsonObject();
        file.addProperty("file", "program.rasp");
        file.addProperty("changed", !text.equals(source));
        file.addProperty("text", text);
        var json = new JsonObject();
        json.add("files", JsonOut.list(ImmutableList.of(file), one -> one));
        return json;
    }

    /** The names that fit what stands before the cursor; those of the last text that could be read, while one is typed that can't. */
    private JsonObject complete(PageRequest request) {
        String source = request.required("source");
        int offset = Math.max(0, Math.min(request.integer("offset").orElse(source.length()), source.length()));
        int start = offset;
        while (start > 0 && (Character.isLetterOrDigit(source.charAt(start - 1)) || source.charAt(start - 1) == '_')) {
            start--;
        }
        String prefix = source.substring(start, offset);
        Result<OpenProgram> opened = open(request);
        Optional<OpenProgram> program =
                opened instanceof Result.Success<OpenProgram> success ? Optional.of(success.value()) : last;
        ImmutableList<String> names = program.map(p ->
                        p.elaboration().session().environment().knownNames().asList())
                .orElseGet(() -> Stream.concat(
                                BuiltInDoc.ALL.stream().map(BuiltInDoc::name),
                                LibraryDoc.ALL.stream().map(LibraryDoc::name))
                        .collect(ImmutableList.toImmutableList()));
        var json = new JsonObject();
        json.addProperty("start", start);
        json.addProperty("end", offset);
        json.add(
                "names",
                JsonOut.list(
                        names.stream()
                                .filter(name -> name.startsWith(prefix))
                                .distinct()
                                .sorted()
                                .toList(),
                        JsonPrimitive::new));
        return json;
    }

    private OpenProgram program(PageRequest request) {
        return open(request).orThrow();
    }

    private Result<OpenProgram> open(PageRequest request) {
        String text = request.required("source");
        ImmutableMap<String, String> loads = request.loads();
        if (last.isPresent() && lastText.equals(text) && lastLoads.equals(loads)) {
            return Result.success(last.get(), last.get().warnings());
        }
        Result<OpenProgram> opened = OpenProgram.open(text, loads);
        if (opened instanceof Result.Success<OpenProgram> success) {
            last = Optional.of(success.value());
            lastText = text;
            lastLoads = loads;
        }
        return opened;
    }

    private ReadyModel model(PageRequest request) {
        return program(request).model(request.options(), ImmutableList.of(input(request)));
    }

    private ImmutableList<ImmutableList<Value>> inputs(PageRequest request) {
        return request.values("input")
                .or(() -> program(request).example())
                .map(ImmutableList::of)
                .orElse(ImmutableList.of());
    }

    private ImmutableList<Value> input(PageRequest request) {
        ImmutableList<Value> input = request.values("input")
                .or(() -> program(request).example())
                .orElseThrow(() -> PageRequest.wrong(
                        "there is no input to run on", "give one, or put '#@ example \"abc\"' into the program"));
        if (input.isEmpty()) {
            throw new EngineException(EngineCode.EMPTY_INPUT, "the input is empty", "give at least one token");
        }
        return input;
    }

    /** {@code set} is a text for each edit, {@code name[position]=value}, the value behind its letter. */
    private static ImmutableList<SopEdit> edits(PageRequest request) {
        return request.texts("set").stream().map(PageEngine::edit).collect(ImmutableList.toImmutableList());
    }

    private static SopEdit edit(String text) {
        Matcher form = EDIT.matcher(text);
        if (!form.matches() || form.group(3).isEmpty()) {
            throw PageRequest.wrong("set has '" + text + "'", "give {sop: \"opposite\", position: 2, value: 0}");
        }
        return SopEdit.of(form.group(1), Integer.parseInt(form.group(2)), PageRequest.value("set", form.group(3)));
    }
}
