package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ways to write an activation's name: in full, or in short with a layer. {@code pattern}, {@code hook_pattern},
 * {@code attn.hook_pattern} and {@code attn.pattern} are one kind; so are the aliases that TransformerLens knows.
 */
public final class KeyNames {
    private static final ImmutableMap<String, HookKind> ALIASES = ImmutableMap.<String, HookKind>builder()
            .put("attn", HookKind.PATTERN)
            .put("attn_logits", HookKind.ATTN_SCORES)
            .put("query", HookKind.Q)
            .put("key", HookKind.K)
            .put("value", HookKind.V)
            .put("mlp_pre", HookKind.PRE)
            .put("mlp_post", HookKind.POST)
            .put("logits", HookKind.UNEMBED_OUT)
            .buildOrThrow();

    /** What each way to write a name may mean, in whatever layer. */
    private static final ImmutableListMultimap<String, HookKind> KINDS = byForm();

    private KeyNames() {}

    private static ImmutableListMultimap<String, HookKind> byForm() {
        var kinds = ImmutableListMultimap.<String, HookKind>builder();
        for (HookKind kind : HookKind.values()) {
            Stream<String> aliases = ALIASES.entrySet().stream()
                    .filter(alias -> alias.getValue() == kind)
                    .map(Map.Entry::getKey);
            Stream.concat(forms(kind), aliases).distinct().forEach(form -> kinds.put(form, kind));
        }
        return kinds.build();
    }

    /** A full name, or the short name of a point outside the blocks. */
    public static HookName resolve(TransformerConfig config, String name) {
        List<HookName> all = HookName.all(config);
        return all.stream().filter(hook -> hook.text().equals(name)).findFirst().orElseGet(() -> {
            List<HookKind> kinds = kinds(config, name, kind -> !kind.inBlock());
            if (kinds.size() == 1) {
                return HookName.outside(kinds.get(0));
            }
            if (!kinds(config, name, HookKind::inBlock).isEmpty()) {
                throw new EngineException(
                        EngineCode.UNKNOWN_HOOK,
                        "'" + name + "' is in every layer",
                        "say which layer, for example get(\"" + name + "\", 0)");
            }
            throw HookFilter.unknown(name, all);
        });
    }

    /** A short name and a layer; a negative layer counts from the last. */
    public static HookName resolve(TransformerConfig config, String name, int layer) {
        List<HookKind> kinds = kinds(config, name, HookKind::inBlock);
        if (kinds.size() > 1) {
            throw new EngineException(
                    EngineCode.UNKNOWN_HOOK,
                    "'" + name + "' may be "
                            + String.join(
                                    " or ",
                                    kinds.stream().map(HookKind::shortName).toList()),
                    "say which of them");
        }
        if (kinds.isEmpty()) {
            Predicate<HookKind> inLayer = kind -> kind.inBlock() && kind.existsIn(config);
            throw new EngineException(
                    EngineCode.UNKNOWN_HOOK,
                    "no activation of a layer is called '" + name + "'",
                    NearNames.question(name, known(inLayer))
                            .orElseGet(() -> "those of a layer are "
                                    + String.join(", ", shortNames(inLayer).toList())));
        }
        return new HookName(kinds.get(0), layer(config, layer));
    }

    /** A layer that may count from the end. */
    public static int layer(TransformerConfig config, int layer) {
        int counted = layer < 0 ? layer + config.nLayers() : layer;
        if (counted < 0 || counted >= config.nLayers()) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "there is no layer " + layer + ": the model has " + config.nLayers() + ", counted from 0",
                    "layers count from 0, or back from the last, which is -1");
        }
        return counted;
    }

    /** The kinds that a short name may mean, in whatever layer. */
    static ImmutableList<HookKind> kinds(String name) {
        return KINDS.get(name);
    }

    /** The short names of some kinds, as one would suggest them. */
    static List<String> known(Predicate<HookKind> condition) {
        return Stream.concat(
                        shortNames(condition),
                        ALIASES.entrySet().stream()
                                .filter(alias -> condition.test(alias.getValue()))
                                .map(Map.Entry::getKey))
                .toList();
    }

    private static Stream<String> shortNames(Predicate<HookKind> condition) {
        return Arrays.stream(HookKind.values()).filter(condition).map(HookKind::shortName);
    }

    private static List<HookKind> kinds(TransformerConfig config, String name, Predicate<HookKind> condition) {
        return kinds(name).stream()
                .filter(condition)
                .filter(kind -> kind.existsIn(config))
                .toList();
    }

    private static Stream<String> forms(HookKind kind) {
        String path = kind.path();
        String last = path.substring(path.indexOf('.') + 1);
        return Stream.of(path, path.replace("hook_", ""), last, last.replace("hook_", ""));
    }
}
