package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rounds of inference with dictionaries and loops, unrolled to hundreds of s-ops: what is known of a person at one place is
 * shared with all other places of that person, told along sentences, and put together by rules. What is elementwise between two steps
 * of attention, however long, is one hidden layer: no block is without a head.
 */
class LogicalRoundsTest {
    private static final int ROUNDS = 4;

    private static final String PROGRAM = """
            #@ vocab ["a", "b", "c", "d", "k", "l", "m", "n", "=", ">", "!", "."]
            #@ max_length 20
            people = ["a", "b", "c", "d"];
            secrets = ["k", "l", "m", "n", "kl", "lm", "all"];
            rules = {"kl": ["k", "l"], "lm": ["l", "m"], "all": ["kl", "lm", "n"]};

            clause = selector_width(select(tokens, ".", ==) and select(indices, indices, <));
            word = selector_width(select(clause, clause, ==) and select(indices, indices, <));
            here = select(clause, clause, ==);
            operator = aggregate(here and select(word, 1, ==), tokens, "");
            object = aggregate(here and select(word, 2, ==), tokens, "");
            is_person = tokens in people;
            left = is_person and word == 0;
            right = is_person and word == 2;
            tells = operator == ">" or operator == "!";
            same = select(tokens, tokens, ==);
            teller = here and select(word, 0, ==);

            def either(a, b) { return a or b; }

            # Of a person whom "!" is said to, only what is put together is kept to itself.
            def receives(s) { return right and (operator == ">" or not (s in ["kl", "lm", "all"])); }

            knows = {s: left and operator == "=" and object == s for s in secrets};
            for round_number in range(ROUNDS) {
                knows = {s: aggregate(same, indicator(knows[s])) > 0 for s in secrets};
                told = {s: aggregate(teller, indicator(knows[s] and left and tells)) > 0 for s in secrets};
                knows = {s: either(knows[s], told[s] and receives(s)) for s in secrets};
                for conclusion in rules {
                    holds = is_person;
                    for premise in rules[conclusion] {
                        holds = holds and knows[premise];
                    }
                    knows = {s: (knows[s] or holds if s == conclusion else knows[s]) for s in secrets};
                }
            }

            answer = "everything" if knows["all"] else "not everything";
            """.replace("ROUNDS", String.valueOf(ROUNDS));

    private static CompileTarget target() {
        return RaspCompiler.elaborate(SourceFile.of("rounds.rasp", PROGRAM), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
    }

    private static List<List<Value>> inputs(CompileTarget target) {
        var inputs = new ArrayList<List<Value>>();
        for (String text : List.of(
                "a=k.a=l.a>b.b",
                "a=k.b=l.a>b.b>c.c.d",
                "a=k.b>a.c>b.c=l.a",
                "a=l.a=m.a!b.b>c.c",
                "a=k.a=l.a=m.a=n.a>b.",
                "d=n.c=m.d>c.c>b.b>a.",
                "d=k.d!c.c!b.b!a.a",
                "a>a.a=k.=.k>.b")) {
            inputs.add(Stream.of(text.split("")).map(Value::of).toList());
        }
        inputs.addAll(Differential.inputs(target, 60, 9));
        return inputs;
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void roundsTakeNoLayerWithoutAHead(Level level) {
        CompileTarget target = target();
        assertThat(NeededNodes.of(List.of(target.program().output()))).hasSizeGreaterThan(300);
        CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();

        assertThat(Differential.firstMismatch(target, model, inputs(target))).isEmpty();
        assertThat(model.weights().layers().stream().map(layer -> layer.heads().size()))
                .doesNotContain(0)
                .hasSize(3 + 2 * ROUNDS);
    }
}
