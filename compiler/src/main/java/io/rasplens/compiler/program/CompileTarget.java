package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/**
 * What a lowering gets: a program and the inputs it must be right on.
 *
 * @param vocabulary the tokens an input may hold, distinct by kind and value
 * @param maxLength the longest input, BOS not counted; at least 1
 */
public record CompileTarget(RaspProgram program, ImmutableList<Value> vocabulary, int maxLength) {}
