package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Overrides;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.RunOptions;
import io.rasplens.runtime.transformer.SetSops;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that a picture of the machine on one input shows, in the order of computation: s-ops with their values, heads with the keys that they
 * select, hidden units, the lanes of the residual stream, the answer.
 */
final class MachineJson {
    /** Longer expressions are cut. */
    static final int LONGEST_TEXT = 120;

    private static final Pattern HEAD = Pattern.compile("L([0-9]{1,3})H([0-9]{1,3})");

    private final OpenProgram opened;
    private final ReadyModel ready;
    private final RaspProgram program;
    private final ImmutableList<Value> input;
    private final Trace trace;
    private final TokenBatch tokens;
    private final CachedRun run;
    private final Map<ProgramNode, Integer> stages = new HashMap<>();
    private final Map<SOp, Integer> made = new HashMap<>();
    private final Map<String, SopReadout> readouts = new HashMap<>();
    private final Map<String, Integer> written;

    private MachineJson(
            OpenProgram opened,
            ReadyModel ready,
            ImmutableList<Value> input,
            List<SopEdit> edits,
            List<String> knockOut)
            throws EvaluationException {
        this.opened = opened;
        this.ready = ready;
        this.program = ready.program().orElseThrow();
        this.input = input;
        this.tokens = ready.transformer().encode(input);
        this.trace = Interpreter.trace(ImmutableList.of(program.output()), input, program.causal(), overrides(edits));
        RunOptions options = RunOptions.PLAIN;
        if (!edits.isEmpty()) {
            options = options.hooks(SetSops.hooks(ready.transformer(), tokens, edits));
        }
        for (String head : knockOut) {
            options = without(options, head);
        }
        this.run = ready.transformer().runWithCache(tokens, options);
        ready.model().readouts().forEach(readout -> readouts.putIfAbsent(readout.sop(), readout));
        this.written = new StreamLanes(ready.model()).written();
    }

    static JsonObject of(
            OpenProgram opened,
            ReadyModel ready,
            ImmutableList<Value> input,
            List<SopEdit> edits,
            List<String> knockOut) {
        try {
            return new MachineJson(opened, ready, input, edits, knockOut).json();
        } catch (EvaluationException e) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(e.code(), e.message())));
        }
    }

    private Overrides overrides(List<SopEdit> edits) {
        Map<String, SOp> nodes = new HashMap<>();
        program.origins().keySet().forEach(node -> {
            if (node instanceof SOp sop) {
                program.nameOf(sop).ifPresent(name -> nodes.put(name, sop));
            }
        });
        nodes.put(program.name(), program.output());
        Overrides overrides = Overrides.NONE;
        for (SopEdit edit : edits) {
            String name = SetSops.settable(ready.model(), edit.sop()).sop();
            SOp node = nodes.get(name);
            if (node != null) {
                overrides = overrides.with(node, edit.position(), edit.value());
            }
        }
        return overrides;
    }

    private static RunOptions without(RunOptions options, String head) {
        Matcher form = HEAD.matcher(head);
        if (!form.matches()) {
            throw PageRequest.wrong("there is no head " + head, "give one such as L0H0");
        }
        int index = Integer.parseInt(form.group(2));
        return options.hook(HookName.z(Integer.parseInt(form.group(1))), Hook.replace((activation, point) -> {
            if (index >= activation.size(2)) {
                throw PageRequest.wrong("there is no head " + head, "its layer has " + activation.size(2));
            }
            return activation.withSlice(
                    "head", index, activation.slice("head", index).times(0));
        }));
    }

    private JsonObject json() {
        ProgramSource source = ready.model().program().orElseThrow();
        var json = new JsonObject();
        json.addProperty("sop", program.name());
        json.add("input", Json.values(input));
        json.add("shown", shown(input));
        json.add("vocab", Json.values(source.vocabulary()));
        json.add("vocab_shown", shown(source.vocabulary()));
        json.addProperty("max_length", source.maxLength());
        json.addProperty("causal", program.causal());
        json.addProperty("optimization", source.level().number());
        json.add("model", Json.model(ready.model()));
        ImmutableList<Value> decoded =
                ready.transformer().decode(run.logits(), tokens).get(0);
        Optional<ImmutableList<Value>> expected = trace.values(program.output());
        ImmutableList<Value> output =
                expected.map(e -> Agreement.inTheKindsOf(e, decoded)).orElse(decoded);
        json.add("output", shown(output));
        json.add("expected", expected.<JsonElement>map(MachineJson::shown).orElse(JsonNull.INSTANCE));
        json.add(
                "match",
                expected.<JsonElement>map(e -> new JsonPrimitive(
                                Agreement.firstDifference(e, output).isEmpty()))
                        .orElse(JsonNull.INSTANCE));
        json.add("failure", trace.failure(program.output()).map(this::failure).orElse(JsonNull.INSTANCE));
        var stories = new PartStories(program, ready.model(), trace, run.cache(), this::named);
        made.putAll(stories.made());
        json.add("sops", sops());
        json.add("parts", stories.json());
        Map<String, SOp> called = called();
        json.add(
                "lanes",
                new StreamLanes(ready.model())
                        .json(name -> Optional.ofNullable(called.get(name)).flatMap(trace::values)));
        return json;
    }

    /** The s-ops by name; of several the first. */
    private Map<String, SOp> called() {
        Map<String, SOp> all = new HashMap<>();
        all.put(program.name(), program.output());
        for (ProgramNode node : trace.nodes()) {
            if (node instanceof SOp sop) {
                named(sop).ifPresent(name -> all.putIfAbsent(name, sop));
            }
        }
        return all;
    }

    private JsonElement failure(EvaluationException e) {
        var json = new JsonObject();
        json.addProperty("code", e.code().id());
        json.addProperty("message", e.message());
        json.add(
                "position",
                e.position().isPresent() ? new JsonPrimitive(e.position().getAsInt()) : JsonNull.INSTANCE);
        json.add("sop", Json.text(e.node().flatMap(this::named)));
        json.add(
                "line",
                e.node()
                        .flatMap(node -> program.origin(node).span())
                        .<JsonElement>map(span -> new JsonPrimitive(span.line()))
                        .orElse(JsonNull.INSTANCE));
        json.add("notes", JsonOut.list(e.notes(), JsonPrimitive::new));
        json.add("help", Json.text(e.advice()));
        return json;
    }

    /** What a picture calls a node: its name, or what it is, with the values that functions and loops made it of. */
    private Optional<String> named(ProgramNode node) {
        return title(node).or(() -> Optional.of(NodeText.definition(node, this::title, LONGEST_TEXT)));
    }

    private Optional<String> title(ProgramNode node) {
        if (node instanceof SOp.Tokens) {
            return Optional.of("tokens");
        }
        return program.nameOf(node);
    }

    private JsonArray sops() {
        var all = new JsonArray();
        for (ProgramNode node : trace.nodes()) {
            if (node instanceof SOp sop) {
                int stage = stage(sop);
                stages.put(sop, stage);
                if (isShown(sop)) {
                    all.add(sop(sop, stage));
                }
            }
        }
        return all;
    }

    /** The base s-ops that are read, and what the program names at its top level, or the library for it. */
    private boolean isShown(SOp sop) {
        if (sop instanceof SOp.Constant) {
            return false;
        }
        if (sop == program.output() || sop instanceof SOp.Tokens || sop instanceof SOp.Indices) {
            return true;
        }
        Optional<NameBinding> binding = program.origin(sop).binding();
        if (binding.isEmpty()) {
            return false;
        }
        boolean last = opened.elaboration()
                .find(binding.get().name())
                .filter(meaning -> meaning instanceof Meaning.Sequence sequence && sequence.node() == sop)
                .isPresent();
        boolean own = binding.get().place().source().equals(opened.elaboration().source());
        return last || (own && program.origin(sop).call().isEmpty());
    }

    private JsonObject sop(SOp sop, int stage) {
        String name = named(sop).orElse("");
        Optional<SopReadout> readout = readout(sop);
        boolean inStream = sop instanceof SOp.Tokens
                || sop instanceof SOp.Indices
                || sop == program.output()
                || written.containsKey(name);
        var json = new JsonObject();
        json.addProperty("name", name);
        Optional<NameBinding> binding = program.origin(sop).binding();
        boolean own = binding.filter(
                        b -> b.place().source().equals(opened.elaboration().source()))
                .isPresent();
        json.add("line", own ? new JsonPrimitive(binding.get().line()) : JsonNull.INSTANCE);
        json.add(
                "library",
                own || binding.isEmpty()
                        ? JsonNull.INSTANCE
                        : new JsonPrimitive(binding.get().line()));
        json.addProperty("base", sop instanceof SOp.Tokens || sop instanceof SOp.Indices);
        json.addProperty("answer", sop == program.output());
        json.addProperty("stored", inStream);
        json.addProperty(
                "settable", readout.filter(r -> !r.encodings().isEmpty()).isPresent());
        json.addProperty("stage", stage);
        json.addProperty("text", NodeText.definition(sop, this::title, LONGEST_TEXT));
        json.add(
                "expected",
                trace.values(sop).<JsonElement>map(MachineJson::shown).orElse(JsonNull.INSTANCE));
        json.add("values", values(sop, readout));
        json.add("choices", readout.<JsonElement>map(r -> shown(r.values())).orElseGet(JsonArray::new));
        return json;
    }

    private Optional<SopReadout> readout(SOp sop) {
        return program.nameOf(sop).flatMap(name -> Optional.ofNullable(readouts.get(name)));
    }

    /** What the transformer holds, where it can be read; else what the program says. */
    private JsonElement values(SOp sop, Optional<SopReadout> readout) {
        Optional<ImmutableList<Value>> expected = trace.values(sop);
        if (readout.isEmpty()) {
            return expected.<JsonElement>map(MachineJson::shown).orElse(JsonNull.INSTANCE);
        }
        ImmutableList<Value> read = run.cache().sop(readout.get(), 0);
        return shown(expected.filter(e -> e.size() == read.size())
                .map(e -> Agreement.inTheKindsOf(e, read))
                .orElse(read));
    }

    /**
     * From when on an s-op is known: 0 behind the embedding, {@code 2 layer + 1} behind that layer's attention, {@code 2 layer + 2} behind
     * its hidden units.
     */
    private int stage(SOp sop) {
        Optional<SopReadout> readout = readout(sop);
        if (sop == program.output()) {
            return 2 * ready.model().config().nLayers() + 1;
        }
        int known = sop.operands().stream()
                .mapToInt(operand -> stages.getOrDefault(operand, 0))
                .max()
                .orElse(0);
        if (readout.isPresent()) {
            StreamPoint point = readout.get().point();
            return point.layer() < 0 ? known : 2 * point.layer() + (point.afterAttention() ? 1 : 2);
        }
        return Math.max(made.getOrDefault(sop, 0), named(sop).map(written::get).orElse(known));
    }

    static JsonArray shown(List<Value> values) {
        return JsonOut.list(values, value -> new JsonPrimitive(Values.plain(value)));
    }
}
