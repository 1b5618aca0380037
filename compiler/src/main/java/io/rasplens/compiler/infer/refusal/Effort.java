package io.rasplens.compiler.infer.refusal;

/** How much is tried to compile a program. */
public enum Effort {
    /** What does for nearly all programs. */
    USUAL,
    /** More, for a program that is refused otherwise. */
    THOROUGH
}
