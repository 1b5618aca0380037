package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import java.util.Optional;

/**
 * Where a node came from.
 *
 * @param name the RASP name it was last assigned to, if any
 * @param span the expression that made it first; empty for nodes that passes of the compiler make
 * @param call the call in which that expression was evaluated; empty at top level
 * @param binding the assignment that gave it the name, where that is known
 * @param title what tells a node without a name from others that the same expression made
 * @param words the text outside functions and loops that stands for the node and says what it is; empty where every text of it
 *     speaks of parameters or loop variables
 */
public record NodeOrigin(
        Optional<String> name,
        Optional<Span> span,
        Optional<CallSite> call,
        Optional<NameBinding> binding,
        Optional<String> title,
        Optional<Span> words) {
    public static final NodeOrigin UNKNOWN = new NodeOrigin(Optional.empty(), Optional.empty());

    /** A node that its expression tells from others. */
    public NodeOrigin(
            Optional<String> name, Optional<Span> span, Optional<CallSite> call, Optional<NameBinding> binding) {
        this(name, span, call, binding, Optional.empty(), Optional.empty());
    }

    /** The same node under a title. */
    public NodeOrigin titled(String text) {
        return new NodeOrigin(name, span, call, binding, Optional.of(text), words);
    }

    /** The same node without its name. */
    public NodeOrigin unnamed() {
        return new NodeOrigin(Optional.empty(), span, call, Optional.empty(), title, words);
    }

    /** The same node as the one that its binding names. */
    public NodeOrigin bound(NameBinding by) {
        return new NodeOrigin(name, span, call, Optional.of(by), title, words);
    }

    /** A node that no function made. */
    public NodeOrigin(Optional<String> name, Optional<Span> span) {
        this(name, span, Optional.empty(), Optional.empty());
    }

    /** The chain of calls that led to the node, in lines for a diagnostic. */
    public ImmutableList<String> calls() {
        return CallSite.notes(call.orElse(null));
    }
}
