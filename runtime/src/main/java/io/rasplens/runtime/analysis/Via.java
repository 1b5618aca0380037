package io.rasplens.runtime.analysis;

import com.google.common.base.Ascii;
import io.rasplens.runtime.hook.HookName;

/** Through what a part reads the residual stream: a head has three ways. */
public enum Via {
    Q,
    K,
    V,
    MLP,
    LOGITS;

    public String word() {
        return Ascii.toLowerCase(name());
    }

    public boolean fits(Component receiver) {
        return switch (this) {
            case Q, K, V -> receiver.kind() == Component.ComponentKind.HEAD;
            case MLP -> receiver.kind() == Component.ComponentKind.MLP;
            case LOGITS -> receiver.kind() == Component.ComponentKind.UNEMBED;
        };
    }

    /** The point at which what the part reads can be edited for it alone, among other heads of its layer. */
    public HookName input(Component receiver) {
        return switch (this) {
            case Q -> HookName.qInput(receiver.layer());
            case K -> HookName.kInput(receiver.layer());
            case V -> HookName.vInput(receiver.layer());
            case MLP -> HookName.mlpIn(receiver.layer());
            case LOGITS -> HookName.unembedIn();
        };
    }
}
