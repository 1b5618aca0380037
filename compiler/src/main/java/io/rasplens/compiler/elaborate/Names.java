package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;

/** Which names may be bound where. */
final class Names {
    /** Can be bound nowhere. {@code tokens} is not among them. */
    static final ImmutableSet<String> RESERVED = ImmutableSet.of(
            "tokens_asis",
            "tokens_str",
            "tokens_int",
            "tokens_float",
            "tokens_bool",
            "indices",
            "True",
            "False",
            "out",
            "get",
            "range",
            "zip",
            "len");

    private Names() {}

    /** Refuses a name that {@code environment} can't bind. */
    static void check(String name, Span span, Environment environment) {
        if (RESERVED.contains(name)) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.RESERVED_NAME, "'" + name + "' is reserved and can't be bound", span)
                    .help("choose another name"));
        }
        if (environment.isTopLevel() && Library.protectedNames().contains(name)) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.LIBRARY_NAME,
                            "'" + name + "' belongs to the library and can't be bound at top level",
                            span)
                    .help("choose another name; parameters and names inside functions may be called so"));
        }
    }
}
