package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.hook.HookKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a sweep may put in place, by name: a kind of activation and, behind a colon, what to tell apart of it. */
public final class SweptHooks {
    private static final String EVERY = "every";
    private static final String TOKEN = "token";
    private static final String BY_POSITION = ":pos";
    private static final String BY_KEY = ":key";

    private SweptHooks() {}

    public static ImmutableList<String> known() {
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

    /**
     * The tables of some of the {@link #known} names, in their order.
     *
     * @param encoder of a model that knows values; asked only where tokens are to be tried
     */
    public static ImmutableList<LabelledTable> sweep(
            PatchSweep sweep, List<String> names, Optional<TokenEncoder> encoder) {
        ImmutableList.Builder<LabelledTable> tables = ImmutableList.builder();
        for (String given : names) {
            String name = given.strip();
            if (name.equals(EVERY)) {
                tables.addAll(sweep.every());
            } else if (name.equals(TOKEN)) {
                tables.add(sweep.byToken(tokens(encoder)));
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

    private static ImmutableMap<Integer, Value> tokens(Optional<TokenEncoder> encoder) {
        TokenEncoder known = encoder.orElseThrow(() -> new DiagnosticException(
                ImmutableList.of(Diagnostic.error(EngineCode.NO_CODEC, "the model doesn't say which tokens there are")
                        .help("give it a codec.json, which lists them"))));
        ImmutableMap.Builder<Integer, Value> tokens = ImmutableMap.builder();
        for (int id = 0; id < known.vocabulary().size(); id++) {
            if (!known.isSpecial(id)) {
                tokens.put(id, known.vocabulary().get(id));
            }
        }
        return tokens.buildOrThrow();
    }

    private static HookKind kind(String name) {
        return Stream.of(PatchSweep.STREAM, PatchSweep.HEADS, PatchSweep.SQUARE)
                .flatMap(kinds -> kinds.stream())
                .filter(kind -> kind.shortName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
