package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.RaspProgram;

/** Carries out the commands that need a compiled model. */
public interface CommandRunner {

    /**
     * Compiles and does the rest.
     *
     * @param verb {@code :compile}, {@code :run}, {@code :inspect} or {@code :cost}
     * @param input the input that was typed, or the current example: its tokens are the model's vocabulary
     */
    ImmutableList<Response> run(Command.CommandVerb verb, RaspProgram program, ExampleInput input);
}
