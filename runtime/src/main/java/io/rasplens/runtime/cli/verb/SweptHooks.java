package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.hook.HookKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code --hooks} may name: a kind of activation and, behind a colon, what to tell apart of it. */
final class SweptHooks {
    private static final String EVERY = "every";
    private static final String TOKEN = "token";
    private static final String BY_POSITION = ":pos";
    private static final String BY_KEY = ":key";

    private SweptHooks() {}

    static ImmutableList<String> known() {
        List<String> names = new ArrayList<>();
        PatchSweep.STREAM.forEach(kind -> names.add(kind.shortName()));
        Stream.concat(PatchSweep.HEADS.stream(), PatchSweep.SQUARE.stream()).forEach(kind -> {
            names.add(kind.shortName());
            names.add(kind.shortName() + BY_POSITION);
        });
        PatchSweep.SQUARE.forEach(kind -> names.add(kind.shortName() + BY_KEY));
        names.add(TOKEN);
        names.add(EVERY);
        return ImmutableList.copyOf(names);
    }

    static void check(List<String> names) {
        names.forEach(name -> {
            if (!known().contains(name.strip())) {
                throw new DiagnosticException(ImmutableList.of(
                        Diagnostic.error(CliCode.BAD_VALUE, "--hooks can't patch '" + name.strip() + "'")
                                .help(NearNames.question(name.strip(), known())
                                        .orElse("there are " + String.join(", ", known())))));
            }
        });
    }

    /** The tables of checked names, in their order. */
    static ImmutableList<LabelledTable> sweep(PatchSweep sweep, List<String> names, TokensToTry tokens) {
        ImmutableList.Builder<LabelledTable> tables = ImmutableList.builder();
        for (String given : names) {
            String name = given.strip();
            if (name.equals(EVERY)) {
                tables.addAll(sweep.every());
            } else if (name.equals(TOKEN)) {
                tables.add(sweep.byToken(tokens.all()));
            } else if (name.endsWith(BY_KEY)) {
                tables.addAll(sweep.byQueryAndKey(kind(name.substring(0, name.length() - BY_KEY.length()))));
            } else if (name.endsWith(BY_POSITION)) {
                tables.add(sweep.byHeadAndPosition(kind(name.substring(0, name.length() - BY_POSITION.length()))));
            } else {
                HookKind kind = kind(name);
                tables.add(PatchSweep.STREAM.contains(kind) ? sweep.byPosition(kind) : sweep.byHead(kind));
            }
        }
        return tables.build();
    }

    /** The tokens of a model that knows values. */
    record TokensToTry(java.util.Optional<TokenEncoder> encoder) {
        ImmutableMap<Integer, Value> all() {
            TokenEncoder known = encoder.orElseThrow(() -> new DiagnosticException(ImmutableList.of(
                    Diagnostic.error(EngineCode.NO_CODEC, "the model doesn't say which tokens there are"))));
            ImmutableMap.Builder<Integer, Value> tokens = ImmutableMap.builder();
            for (int id = 0; id < known.vocabulary().size(); id++) {
                if (!known.isSpecial(id)) {
                    tokens.put(id, known.vocabulary().get(id));
                }
            }
            return tokens.buildOrThrow();
        }
    }

    private static HookKind kind(String name) {
        return Stream.of(PatchSweep.STREAM, PatchSweep.HEADS, PatchSweep.SQUARE)
                .flatMap(kinds -> kinds.stream())
                .filter(kind -> kind.shortName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
