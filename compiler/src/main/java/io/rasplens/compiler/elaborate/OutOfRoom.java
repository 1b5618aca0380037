package io.rasplens.compiler.elaborate;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.function.Function;

/** What the user is told where a program takes more stack or memory than there is, in spite of {@link Budget}. */
final class OutOfRoom {
    private OutOfRoom() {}

    static Function<VirtualMachineError, Diagnostic> at(Span span) {
        return error -> error instanceof StackOverflowError
                ? Diagnostic.error(ElaborationCode.RECURSION_TOO_DEEP, "the program nests too deep", span)
                : Diagnostic.error(ElaborationCode.TOO_MUCH_DATA, "the program needs more memory than Java has", span);
    }
}
