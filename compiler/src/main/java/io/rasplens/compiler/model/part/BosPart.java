package io.rasplens.compiler.model.part;

import java.util.OptionalDouble;

/**
 * What the key BOS is for in a head; its value is always 0.
 *
 * @param weight how much it weighs beside one selected key where some are selected: its share with w selected keys is
 *     {@code weight / (weight + w)}; empty where that depends on the query
 */
public record BosPart(Role role, OptionalDouble weight) {

    public enum Role {
        /** Takes the query where no key is selected, and leaves what is written 0: the default. */
        DEFAULT,
        /** Stands beside the selected keys, so that its share tells how many they are. */
        COUNTER,
        /** Outweighs all keys, so that what is written is their sum. */
        SUM,
        /** Stands for the keys that other heads of the same mean see. */
        OTHER_HEADS,
        /** A key is always selected, and BOS has no share. */
        NEVER_SEEN
    }
}
