package io.rasplens.runtime;

import io.rasplens.grammar.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * A mistake in what the engine was asked for: an unknown token, a hook name that does not exist, a replacement of the wrong
 * shape. The message is written for the person who made it, and ends with the way out where there is one.
 */
public final class EngineException extends RuntimeException {
    private final EngineCode code;
    private final String bare;
    private final String help;

    public EngineException(EngineCode code, String message) {
        this(code, message, "");
    }

    /**
     * @param help the way out in a sentence; empty for none
     */
    public EngineException(EngineCode code, String message, String help) {
        super(help.isEmpty() ? message : message + " (help: " + help + ")");
        this.code = code;
        this.bare = message;
        this.help = help;
    }

    public EngineCode code() {
        return code;
    }

    public Optional<String> help() {
        return help.isEmpty() ? Optional.empty() : Optional.of(help);
    }

    /** The same as a value, for those who print diagnostics. */
    public Diagnostic diagnostic() {
        Diagnostic bare = Diagnostic.error(code, message());
        return help().map(bare::help).orElse(bare);
    }

    /** What is wrong, without the way out: {@link #getMessage} has both. */
    public String message() {
        return bare;
    }
}
