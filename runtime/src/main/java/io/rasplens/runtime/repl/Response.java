package io.rasplens.runtime.repl;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.view.flow.Flow;
import io.rasplens.runtime.view.page.PageProgram;

/** One thing that the engine has to say; the adapter decides how. */
public sealed interface Response {

    /** Text for standard output, line breaks included. */
    record Output(String text) implements Response {}

    /** A remark that is no result, for standard error: one line without its line break. */
    record Note(String text) implements Response {}

    /** An error or a warning, for standard error. */
    record Problem(Diagnostic diagnostic) implements Response {}

    /**
     * A picture to put somewhere.
     *
     * @param name what it shows, fit for a file name
     */
    record Picture(String name, Flow flow) implements Response {}

    /**
     * A page to put somewhere.
     *
     * @param name what it shows, fit for a file name
     */
    record Page(String name, PageProgram program) implements Response {}

    /** The session is over. */
    record Leave() implements Response {}
}
