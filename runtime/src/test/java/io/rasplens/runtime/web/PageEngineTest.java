package io.rasplens.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageEngineTest {
    private static final String REVERSE = """
        #@ vocab [1, 2, 3]
        #@ max_length 5
        #@ example [1, 2, 3]
        opposite = length - indices - 1;
        reverse = aggregate(select(indices, opposite, ==), tokens_asis);
        #@ test [1, 2, 3] == [3, 2, 1]
        """;

    private static final String SORT = """
        #@ vocab ["a", "b", "c"]
        #@ max_length 4
        #@ example "bab"
        smaller = select(tokens, tokens, <);
        earlier = select(tokens, tokens, ==) and select(indices, indices, <);
        place = selector_width(smaller or earlier);
        """;

    private final PageEngine engine = new PageEngine();

    @Test
    void answersInTheWordsOfTheCommandLine() {
        JsonObject run = ask("run", "source", REVERSE, "input", "t[3, 1]");
        assertThat(run.get("output")).hasToString("[1,3]");
        assertThat(run.get("match").getAsBoolean()).isTrue();
        assertThat(ask("test", "source", REVERSE).get("passed").getAsInt()).isEqualTo(1);
        assertThat(ask("explain", "topic", "E0203").get("text").getAsString()).startsWith("E0203");
        assertThat(ask("format", "source", "x=tokens;")
                        .getAsJsonArray("files")
                        .get(0)
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .isEqualTo("x = tokens;\n");
    }

    @Test
    void aFailedTestTellsWhatWentAstrayWhereAReferenceIsThere() {
        String wrong =
                REVERSE.replace("- 1;", "- 2;").replace("[3, 2, 1]", "[2, 1, 3]\n#@ test [1, 2, 3] == [3, 2, 1]");
        JsonObject alone = failed(ask("test", "source", wrong));
        assertThat(alone.get("astray").isJsonNull()).isTrue();
        JsonObject astray =
                failed(ask("test", "source", wrong, "reference", REVERSE)).getAsJsonObject("astray");
        assertThat(astray.get("name").getAsString()).isEqualTo("opposite");
        assertThat(astray.get("line").getAsInt()).isEqualTo(4);
        assertThat(astray.get("position").getAsInt()).isZero();
        assertThat(ask("test", "source", wrong, "reference", "x = tokns;")
                        .getAsJsonObject("error")
                        .get("code")
                        .getAsString())
                .isEqualTo("E0201");
    }

    private static JsonObject failed(JsonObject tested) {
        return tested.getAsJsonArray("files").get(0).getAsJsonObject().getAsJsonArray("tests").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(test -> !test.get("pass").getAsBoolean())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void inputsComeAsListsAndKeepTheirKinds() {
        String program = "#@ vocab [1, 2.5]\n#@ max_length 3\nx = tokens_asis;\n";
        JsonObject run = ask("run", "source", program, "input", "[", "input", "n1", "input", "n2.5");
        assertThat(run.get("output")).hasToString("[1,2.5]");
    }

    @Test
    void aFailureAnswersWithItsPlaces() {
        JsonObject answer = ask("run", "source", "x = tokns;", "input", "tab");
        assertThat(answer.getAsJsonObject("error").get("code").getAsString()).isEqualTo("E0201");
        JsonObject label = answer.getAsJsonArray("diagnostics")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("labels")
                .get(0)
                .getAsJsonObject();
        assertThat(label.get("start").getAsInt()).isEqualTo(4);
        assertThat(label.get("end").getAsInt()).isEqualTo(9);
    }

    @Test
    void badQuestionsAreToldSo() {
        for (JsonObject answer : List.of(
                ask("nothing", "source", REVERSE),
                ask("run", "input", "tabc"),
                ask("run", "source", REVERSE, "level", "7"),
                ask("run", "source", REVERSE, "maxLength", "many"),
                ask("set", "source", REVERSE, "set", "opposite=3"),
                ask("machine", "source", REVERSE, "knockOut", "head"))) {
            assertThat(answer.getAsJsonObject("error").get("code").getAsString())
                    .isEqualTo("E0950");
        }
    }

    @Test
    void aQuestionEndsWithItsTime() {
        String endless = "def f(n) { return 0 if n == 0 else f(n - 1) + f(n - 1); }\nx = f(60);";
        JsonObject answer = ask("machine", "source", endless, "input", "tab", "millis", "30");
        assertThat(answer.getAsJsonObject("error").get("code").getAsString()).isEqualTo("E0710");
    }

    @Test
    void completionOffersWhatIsBoundAndGoesOnWhileTheTextIsBroken() {
        assertThat(ask("complete", "source", "opposite = 3;\nx = opp", "offset", "21")
                        .get("names"))
                .hasToString("[]");
        ask("check", "source", "opposite = 3;\nx = opposite;");
        assertThat(ask("complete", "source", "opposite = 3;\nx = opp", "offset", "21")
                        .get("names"))
                .hasToString("[\"opposite\"]");
    }

    @Test
    void aHeadTellsWhatItsKeysAreComparedWithAndWhichItSelects() {
        JsonObject head = part(ask("machine", "source", REVERSE), "reverse");
        JsonObject test = head.getAsJsonArray("tests").get(0).getAsJsonObject();
        assertThat(test.getAsJsonObject("key").get("name").getAsString()).isEqualTo("indices");
        assertThat(test.getAsJsonObject("query").get("name").getAsString()).isEqualTo("opposite");
        assertThat(test.getAsJsonObject("query").get("values")).hasToString("[\"2\",\"1\",\"0\"]");
        assertThat(head.get("mask")).hasToString("[[0,0,1],[0,1,0],[1,0,0]]");
        assertThat(head.getAsJsonObject("value").get("name").getAsString()).isEqualTo("tokens");
        assertThat(head.get("line").getAsInt()).isEqualTo(5);
    }

    @Test
    void headsThatShareACountEachSelectTheirOwnKeys() {
        List<String> masks = new ArrayList<>();
        for (JsonElement part : ask("machine", "source", SORT).getAsJsonArray("parts")) {
            if (part.getAsJsonObject().get("kind").getAsString().equals("head")) {
                masks.add(part.getAsJsonObject().get("mask").toString());
            }
        }
        assertThat(masks).containsExactlyInAnyOrder("[[0,1,0],[0,0,0],[0,1,0]]", "[[0,0,0],[0,0,0],[1,0,0]]");
    }

    @Test
    void aHeadThatIsKnockedOutChangesTheAnswer() {
        JsonObject machine = ask("machine", "source", REVERSE);
        String head = part(machine, "reverse").get("id").getAsString();
        JsonObject without = ask("machine", "source", REVERSE, "knockOut", head);
        assertThat(without.get("expected")).isEqualTo(machine.get("expected"));
        assertThat(without.get("output")).isNotEqualTo(machine.get("output"));
    }

    private static JsonObject part(JsonObject machine, String sop) {
        return Stream.of(machine.getAsJsonArray("parts").asList().toArray(new JsonElement[0]))
                .map(JsonElement::getAsJsonObject)
                .filter(part -> part.has("sop") && part.get("sop").getAsString().equals(sop))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject ask(String verb, String... fields) {
        ImmutableListMultimap.Builder<String, String> all = ImmutableListMultimap.builder();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return engine.answer(verb, PageRequest.of(all.build()));
    }
}
