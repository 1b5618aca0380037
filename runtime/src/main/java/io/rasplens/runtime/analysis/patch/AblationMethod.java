package io.rasplens.runtime.analysis.patch;

/** What takes the place of what a part writes. */
public enum AblationMethod {
    /** Nothing. */
    ZERO,
    /** Its mean over the inputs of one length, position by position. */
    MEAN,
    /** What it writes at the same place on another input of the same length. */
    RESAMPLE
}
