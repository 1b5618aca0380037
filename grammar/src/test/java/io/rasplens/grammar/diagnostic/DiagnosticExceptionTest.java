package io.rasplens.grammar.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import org.junit.jupiter.api.Test;

class DiagnosticExceptionTest {
    private enum SampleCode implements DiagnosticCode {
        ONE;

        @Override
        public CodeEntry entry() {
            return CodeEntry.error(999, "a test");
        }
    }

    private static final SourceFile SOURCE = SourceFile.of("a.rasp", "x = 1;\ny = tokns;\n");
    private static final Diagnostic UNKNOWN = Diagnostic.error(
                    SampleCode.ONE, "unknown name 'tokns'", new Span(SOURCE, 11, 16))
            .note("a note")
            .help("did you mean 'tokens'?");

    @Test
    void theMessageShowsCausePlaceLineAndHelp() {
        assertThatThrownBy(() -> Result.failure(UNKNOWN).orThrow()).hasMessage("""
                error[E0999]: unknown name 'tokns'
                 --> a.rasp:2:5
                  |
                2 | y = tokns;
                  |     ^^^^^
                note: a note
                help: did you mean 'tokens'?""");
    }

    @Test
    void theMessageShowsEachDiagnostic() {
        var placeless = Diagnostic.error(SampleCode.ONE, "no such file").help("look for it");
        assertThat(new DiagnosticException(ImmutableList.of(placeless, UNKNOWN)))
                .hasMessageStartingWith("error[E0999]: no such file\nhelp: look for it\n\nerror[E0999]: unknown name")
                .hasMessageEndingWith("help: did you mean 'tokens'?");
    }
}
