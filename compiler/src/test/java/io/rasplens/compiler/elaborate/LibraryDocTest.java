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
    void oneNameCanBeLookedUp() {
        assertThat(LibraryDoc.find("sort").orElseThrow().cost()).startsWith("2 attention layers");
        assertThat(LibraryDoc.find("tokens")).isEmpty();
    }
}
