package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.guide.LanguageGuide;
import java.util.stream.Stream;

/** All that can be explained: codes, names and parts of the language. */
final class EveryTopic {
    static final ImmutableList<String> ALL = Stream.of(
                    EveryCode.ALL.stream().map(DiagnosticCode::id),
                    BuiltInDoc.ALL.stream().map(BuiltInDoc::name),
                    LibraryDoc.ALL.stream().map(LibraryDoc::name),
                    LanguageGuide.sections().stream().flatMap(section -> section.topics().stream()))
            .flatMap(names -> names)
            .distinct()
            .collect(ImmutableList.toImmutableList());

    private EveryTopic() {}
}
