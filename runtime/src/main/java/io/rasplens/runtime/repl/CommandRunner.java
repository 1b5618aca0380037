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

    /**
     * {@code :patch}: a sweep of activation patching. The tokens of both inputs are the model's vocabulary.
     *
     * @param clean where activations are taken from
     * @param corrupted where they are put in; as long as the other
     */
    default ImmutableList<Response> patch(RaspProgram program, ExampleInput clean, ExampleInput corrupted) {
        return run(Command.CommandVerb.PATCH, program, corrupted);
    }
}
