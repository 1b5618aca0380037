package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookName;

/**
 * A part of a transformer that reads the residual stream, writes to it, or both.
 *
 * @param layer the block, from 0; -1 outside the blocks
 * @param head within the block, from 0; -1 for what is no head
 */
public record Component(ComponentKind kind, int layer, int head) {
    /** In the order of computation within a block. */
    public enum ComponentKind {
        EMBED,
        POS_EMBED,
        HEAD,
        MLP,
        UNEMBED
    }

    public static final Component EMBED = new Component(ComponentKind.EMBED, -1, -1);
    public static final Component POS_EMBED = new Component(ComponentKind.POS_EMBED, -1, -1);
    public static final Component UNEMBED = new Component(ComponentKind.UNEMBED, -1, -1);

    public static Component head(int layer, int head) {
        return new Component(ComponentKind.HEAD, layer, head);
    }

    public static Component mlp(int layer) {
        return new Component(ComponentKind.MLP, layer, -1);
    }

    /** All that a model has, in the order of computation; heads that only pad a layer, and MLPs without units, are no parts. */
    public static ImmutableList<Component> all(CompiledModel model) {
        var all = ImmutableList.<Component>builder().add(EMBED, POS_EMBED);
        for (int l = 0; l < model.weights().layers().size(); l++) {
            LayerWeights layer = model.weights().layers().get(l);
            for (int h = 0; h < layer.heads().size(); h++) {
                all.add(head(l, h));
            }
            if (layer.mlp().hiddenWidth() > 0) {
                all.add(mlp(l));
            }
        }
        return all.add(UNEMBED).build();
    }

    /** The part of that {@link #id}. */
    public static Component parse(CompiledModel model, String id) {
        ImmutableList<Component> all = all(model);
        return all.stream()
                .filter(component -> component.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        EngineCode.UNKNOWN_HOOK,
                        "the model has no part '" + id + "'",
                        NearNames.question(id, all.stream().map(Component::id).toList())
                                .orElse("its parts are named as blocks.0.attn.head.1, blocks.0.mlp, embed, pos_embed,"
                                        + " unembed")));
    }

    /** As hooks are named: {@code blocks.0.attn.head.1}. */
    public String id() {
        return switch (kind) {
            case EMBED -> "embed";
            case POS_EMBED -> "pos_embed";
            case HEAD -> "blocks." + layer + ".attn.head." + head;
            case MLP -> "blocks." + layer + ".mlp";
            case UNEMBED -> "unembed";
        };
    }

    /** Whether it reads the stream. */
    public boolean reads() {
        return kind != ComponentKind.EMBED && kind != ComponentKind.POS_EMBED;
    }

    public boolean writes() {
        return kind != ComponentKind.UNEMBED;
    }

    /** Whether what this one writes is there when the other one reads. */
    public boolean before(Component other) {
        return writes() && other.reads() && stage() < other.stage();
    }

    /** The point at which its output is seen, among that of others of its layer where it is a head. */
    public HookName output() {
        return switch (kind) {
            case EMBED -> HookName.embed();
            case POS_EMBED -> HookName.posEmbed();
            case HEAD -> HookName.result(layer);
            case MLP -> HookName.mlpOut(layer);
            case UNEMBED -> HookName.unembedOut();
        };
    }

    private int stage() {
        return switch (kind) {
            case EMBED, POS_EMBED -> 0;
            case HEAD -> 2 * layer + 1;
            case MLP -> 2 * layer + 2;
            case UNEMBED -> Integer.MAX_VALUE;
        };
    }

    @Override
    public String toString() {
        return id();
    }
}
