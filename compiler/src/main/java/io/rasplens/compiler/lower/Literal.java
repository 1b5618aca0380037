package io.rasplens.compiler.lower;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.SOp;

/** {@code key[j] comparison query[i]}: a select, or the complement of one where {@code holds} is false. */
record Literal(SOp key, SOp query, Comparison comparison, boolean holds) {}
