package io.rasplens.runtime.answer;

import com.google.gson.JsonObject;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.grammar.guide.GuideSection;
import io.rasplens.grammar.guide.LanguageGuide;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is explained of a name: a form of the language, a function of the library, a topic of the reference, or several of these. */
public final class ExplainJson {
    private ExplainJson() {}

    /** {@code {"name", "signature", "cost", "text"}}, with what there is of these; empty if there is nothing of the name. */
    public static Optional<JsonObject> of(String name) {
        Optional<GuideSection> section = LanguageGuide.find(name);
        Optional<BuiltInDoc> builtIn = BuiltInDoc.find(name);
        Optional<LibraryDoc> library = LibraryDoc.find(name);
        if (section.isEmpty() && builtIn.isEmpty() && library.isEmpty()) {
            return Optional.empty();
        }
        var json = new JsonObject();
        json.addProperty("name", name);
        builtIn.ifPresent(doc -> json.addProperty("signature", doc.signature()));
        library.ifPresent(doc -> json.addProperty("signature", doc.signature()));
        library.ifPresent(doc -> json.addProperty("cost", doc.cost()));
        json.addProperty(
                "text",
                Stream.of(builtIn.map(BuiltInDoc::text), library.map(LibraryDoc::text), section.map(GuideSection::text))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("\n")));
        return Optional.of(json);
    }
}
