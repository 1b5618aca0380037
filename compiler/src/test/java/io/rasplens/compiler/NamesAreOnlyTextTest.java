package io.rasplens.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.Forward;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program calls its s-ops decides nothing: a name of theirs may be one of ours, and two may have the same. */
class NamesAreOnlyTextTest {
    private static final String ABC = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n";

    /** Inputs that each renamed program is run on. */
    private static final int INPUTS = 6;

    @ParameterizedTest
    @EnumSource(Level.class)
    void anSOpMayBeCalledOne(Level level) {
        CompiledModel model = compile(
                ABC + "one = indices + 1;\nanswer = aggregate(select(indices, one, ==), tokens, \"x\");", level);

        assertThat(new Forward(model).run(letters("a", "b", "c", "a")).toString())
                .isEqualTo("['b', 'c', 'a', 'x']");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one = selector_width(select(tokens, tokens, ==));\nresult = one + 1;",
                "bos = indices + 1;\nresult = aggregate(select(indices, bos, ==), tokens, \"x\");",
                "bos = selector_width(select(tokens, tokens, ==));\nresult = aggregate(select(bos, bos, <), indices);",
                "def f(x) { one = x + 1; bos = selector_width(select(one, x, ==)); return bos * 2; }\n"
                        + "result = f(indices);",
                "def f(x) { one = x + 1; return one; }\ndef g(x) { one = x + 2; return one; }\n"
                        + "result = aggregate(select(f(indices), g(indices), <), f(indices) * g(indices));",
                "output = selector_width(select(tokens, \"a\", ==));\nln1 = output > 1;\nresult = ln1;",
                "pad = tokens == \"a\";\nindices_2 = indices;\nresult = selector_width(select(pad, True, ==));",
            })
    void namesOfOursAreTheUsers(String program) {
        for (Level level : Level.values()) {
            agrees(target(ABC + program), level, 200, program);
        }
    }

    @Test
    void labelsAreUnique() {
        for (Level level : Level.values()) {
            CompiledModel model = compile(
                    ABC + "one = selector_width(select(tokens, tokens, ==));\nbos = one + indices;\n"
                            + "result = aggregate(select(bos, one, <=), bos);",
                    level);
            assertThat(model.labels().stream().map(ResidualLabel::text)).doesNotHaveDuplicates();
        }
    }

    /** Names that parts of every model have. */
    private static final List<String> OURS = List.of(
            "one", "bos", "pad", "output", "ln1", "ln2", "ln_final", "BOS", "PAD", "tokens", "indices", "length");

    /** A name moves dimensions, and nothing else. */
    @Test
    void everyNameOfAModelCanBeAnSOps() {
        List<Path> corpus = Targets.corpusFiles();
        turnNames(
                Stream.iterate(0, i -> i < corpus.size(), i -> i + 40)
                        .map(corpus::get)
                        .toList(),
                List.of("one"));
    }

    @Test
    @Tag("long")
    void everyNameOfAModelCanBeAnySOps() {
        turnNames(Targets.corpusFiles(), List.of("one", "bos", "output", "tokens", "indices", "length"));
    }

    /**
     * What a program calls its s-ops can only meet what its own models call their parts. So the named s-ops of each program take turns with
     * all that its models show at any level and with what every model has, many names at a time; a share of what the other programs' models
     * show comes along, so that each such name is some s-op's somewhere. Then all s-ops have the same name.
     */
    private static void turnNames(List<Path> files, List<String> common) {
        List<CompileTarget> programs = files.stream()
                .map(file -> Targets.ofFile(file, CompileOptions.DEFAULT.maxLength(4)))
                .filter(Result.Success.class::isInstance)
                .map(Result::orThrow)
                .toList();
        // Exercises that are not done are no programs.
        assertThat(programs).hasSizeGreaterThan(files.size() / 2);
        List<Set<String>> own =
                programs.stream().map(NamesAreOnlyTextTest::shown).toList();
        var others =
                new ArrayDeque<>(new TreeSet<>(own.stream().flatMap(Set::stream).toList()));
        int share = others.size() / programs.size() + 1;
        for (int p = 0; p < programs.size(); p++) {
            CompileTarget target = programs.get(p);
            List<String> names = new ArrayList<>(own.get(p));
            for (int i = 0; i < share && !others.isEmpty(); i++) {
                names.add(others.pop());
            }
            int sops = named(target.program()).size() + 1;
            for (int first = 0; first < names.size(); first += sops) {
                CompileTarget turned = rename(target, names, first, 1);
                for (Level level : Level.values()) {
                    agrees(turned, level, INPUTS, "names from " + names.get(first));
                }
            }
            for (String all : common) {
                for (Level level : Level.values()) {
                    agrees(rename(target, List.of(all), 0, 0), level, INPUTS, "all called " + all);
                }
            }
        }
        assertThat(others).isEmpty();
    }

    /** What a program's models show as names, at any level, and what every model does. */
    private static Set<String> shown(CompileTarget target) {
        var shown = new TreeSet<>(OURS);
        for (Level level : Level.values()) {
            if (RaspCompiler.stages(target, CompileOptions.DEFAULT.level(level)).then(Stages::model)
                    instanceof Result.Success<CompiledModel> model) {
                model.value().labels().forEach(label -> shown.add(label.sop()));
                Provenance parts = model.value().provenance();
                Stream.of(parts.heads(), parts.neurons(), ImmutableList.of(parts.dimensions()))
                        .flatMap(layers -> layers.stream())
                        .flatMap(layer -> layer.stream())
                        .forEach(part -> shown.addAll(part.sops()));
            }
        }
        return shown;
    }

    private static List<ProgramNode> named(RaspProgram program) {
        return NeededNodes.of(ImmutableList.of(program.output())).stream()
                .filter(node ->
                        node instanceof SOp && program.origin(node).name().isPresent())
                .toList();
    }

    /** The target with its named s-ops renamed, the k-th to {@code names[first + k * step]}. */
    private static CompileTarget rename(CompileTarget target, List<String> names, int first, int step) {
        RaspProgram program = target.program();
        var origins = new HashMap<>(program.origins());
        int next = first;
        for (ProgramNode node : named(program)) {
            io.rasplens.compiler.program.NodeOrigin before = program.origin(node);
            origins.put(
                    node,
                    new io.rasplens.compiler.program.NodeOrigin(
                            Optional.of(names.get(next % names.size())),
                            before.span(),
                            before.call(),
                            Optional.empty()));
            next += step;
        }
        String output = names.get(next % names.size());
        return new CompileTarget(
                new RaspProgram(
                        program.graph(), program.output(), output, ImmutableMap.copyOf(origins), program.causal()),
                target.vocabulary(),
                target.maxLength());
    }

    private static void agrees(CompileTarget target, Level level, int inputs, String what) {
        if (RaspCompiler.stages(target, CompileOptions.DEFAULT.level(level)).then(Stages::model)
                instanceof Result.Success<CompiledModel> model) {
            assertThat(Differential.firstMismatch(target, model.value(), Differential.inputs(target, inputs, 5)))
                    .as("%s at %s", what, level)
                    .isEmpty();
        } else {
            assertThat(level).as(what).isEqualTo(Level.DIRECT);
        }
    }

    private static CompileTarget target(String text) {
        return Targets.source(text);
    }

    private static CompiledModel compile(String text, Level level) {
        return RaspCompiler.compile(
                        SourceFile.of("names.rasp", text),
                        CompileOptions.DEFAULT.level(level),
                        new MemoryLoader(ImmutableMap.of()))
                .orThrow();
    }

    private static List<Value> letters(String... letters) {
        return Stream.of(letters).map(Value::of).toList();
    }
}
