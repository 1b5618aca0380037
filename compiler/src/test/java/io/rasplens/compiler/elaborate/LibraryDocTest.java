package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibraryDocTest {
    @Test
    void everyNameOfTheLibraryIsDocumentedWithItsSignature() {
        Session session = new Session(SourceLoader.none());
        assertThat(LibraryDoc.ALL.stream().map(LibraryDoc::name))
                .containsExactlyInAnyOrderElementsOf(Library.protectedNames());
        for (LibraryDoc doc : LibraryDoc.ALL) {
            Meaning meaning = session.find(doc.name()).orElseThrow();
            assertThat(meaning instanceof Meaning.Function function ? function.signature() : doc.name())
                    .isEqualTo(doc.signature());
        }
    }

    @Test
    void theTextHoldsSignatureMeaningCostAndDefinition() {
        assertThat(LibraryDoc.find("has_focus").orElseThrow().text()).isEqualTo("""
                has_focus(s)

                Whether s selects anything at all, at each position.

                Cost: 1 attention layer, 1 head.

                Definition:

                    def has_focus(s) {
                        return selector_width(s) > 0;
                    }
                """);
        assertThat(LibraryDoc.find("full_s").orElseThrow().text()).endsWith("    full_s = select(1, 1, ==);\n");
        assertThat(LibraryDoc.find("selector_width").orElseThrow().text())
                .as("a primitive has no definition in RASP")
                .endsWith("1 head.\n");
    }

    @Test
    void oneNameCanBeLookedUp() {
        assertThat(LibraryDoc.find("sort").orElseThrow().cost()).startsWith("2 attention layers");
        assertThat(LibraryDoc.find("tokens")).isEmpty();
    }
}
