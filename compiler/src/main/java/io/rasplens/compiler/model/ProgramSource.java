package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * The program a model was compiled from, complete enough to run the interpreter beside the model without the original files.
 *
 * @param fileName name of the main file
 * @param text its text
 * @param loads texts of the files it loads, by the path as written in the statement
 * @param keep names of s-ops that were kept, where that was asked for beside the file's own words; an empty list for all
 */
public record ProgramSource(
        String fileName,
        String text,
        ImmutableMap<String, String> loads,
        String sop,
        ImmutableList<Value> vocabulary,
        int maxLength,
        boolean causal,
        Level level,
        Optional<ImmutableList<String>> keep) {}
