package io.rasplens.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Programs and links from strangers: nothing runs that is not ours, nothing stops the page. */
class HostileTest extends OnThePage {
    @Test
    void whatAProgramSaysStaysText() throws IOException, InterruptedException {
        String evil = "</script><img src=x onerror=window.hacked=1>";
        String tokens = "[\"" + evil + "\", \"'\", \"\u202eabc\", \"\u0007\", \"\u05d0\", \"&amp;\"]";
        show("#source="
                + inAddress("#@ vocab " + tokens + "\n#@ max_length 7\n#@ example " + tokens
                        + "\nsame = selector_width(select(tokens, tokens, ==));\nx = tokens if same == 1 else \"" + evil
                        + "\";\n"));
        assertThat(count("img")).isZero();
        assertThat(browser.script("return window.hacked === undefined;").getAsBoolean())
                .isTrue();
        assertThat(text("#stage")).contains("</script>").contains("\\u202eabc").contains("\\u0007");
        assertThat(text("#banner .problem")).isEmpty();
        for (int i = count(".stop") - 1; i >= 0; i--) {
            browser.script("document.querySelectorAll('.stop')[arguments[0]].click();", i);
        }
        click("#compare");
        browser.await("document.querySelectorAll('.pane .grid').length > 0");
        assertThat(count("img")).isZero();
    }

    @Test
    void aLinkFromAStrangerRunsNothing() throws IOException, InterruptedException {
        String evil = "\"><img src=x onerror=window.hacked=1><script>window.hacked=1</script>";
        for (String field : new String[] {
            "program",
            "lesson",
            "exercise",
            "input",
            "vocab",
            "set",
            "out",
            "lens",
            "theme",
            "step",
            "position",
            "level",
            "levels",
            "other",
            "longest",
            "sop",
            "part",
            "causal",
            "lecture"
        }) {
            visit("#program=hist&" + field + "=" + inAddress(evil) + "&__proto__=" + inAddress(evil));
            browser.await("document.querySelector('.grid .answer') || document.querySelector('#banner .problem')");
            settled();
            assertThat(count("img, body script:not([id]):not(:last-of-type)"))
                    .as(field)
                    .isZero();
        }
        visit("#javascript:window.hacked=1");
        visit("#source=" + inAddress("x = tokens; </textarea><script>window.hacked=1</script>"));
        browser.await("document.querySelector('.problem')");
        visit("#%E0%A4%A&program=%&input=%%%");
        browser.await("document.querySelector('.grid .answer')");
        assertThat(browser.script("return window.hacked === undefined;").getAsBoolean())
                .isTrue();
    }

    @Test
    void aProgramWithoutEndIsStopped() throws IOException, InterruptedException {
        show("#program=reverse");
        type(
                "def f(n) { return 0 if n == 0 else f(n - 1) + f(n - 1); }\n#@ vocab [1]\n#@ max_length 2\n#@ example [1]\nx = f(60) + tokens;\n");
        browser.await("document.querySelector('.problem.error') || document.getElementById('stop')");
        browser.script("document.getElementById('stop')?.click();");
        browser.await("document.querySelector('.problem.error')");
        browser.press("l");
        browser.await("document.body.classList.contains('lecture')");
        browser.press("l");
        visit("#program=hist");
        show("#program=hist");
        assertThat(row("hist")).isNotEmpty();
    }

    @Test
    void aMillionTokensAreTooManyAndItIsSaid() throws IOException, InterruptedException {
        show("#program=hist");
        String error = browser.promise(
                        "(await rasplens.run({source: arguments[0], input: new Array(1000000).fill('a')})).error.code",
                        "#@ vocab [\"a\"]\n#@ max_length 5\nx = tokens;\n")
                .getAsString();
        assertThat(error).isEqualTo("E0951");
        visit("#program=hist&input=" + "a".repeat(1_000_000));
        browser.await("document.querySelector('#banner .problem')");
        assertThat(text("#banner")).contains("10000 tokens").contains("1000000");
        assertThat(count("body *")).isLessThan(10_000);
        show("#program=hist");
    }

    @Test
    void sixtyFourLayersAndSixtyFourTokensStayUsable() throws IOException, InterruptedException {
        var program = new StringBuilder(
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 64\n#@ example \"" + "ab".repeat(32) + "\"\nx0 = tokens;\n");
        for (int i = 1; i <= 64; i++) {
            program.append("x")
                    .append(i)
                    .append(" = aggregate(select(indices, indices - 1, ==), x")
                    .append(i - 1)
                    .append(", \"b\");\n");
        }
        program.append("y = selector_width(select(x64, x63, ==));\n");
        visit("#source=" + inAddress(program.toString()));
        browser.await("document.querySelector('.grid .answer') || document.querySelector('#banner .problem')");
        settled();
        browser.press(RIGHT, RIGHT);
        assertThat(count(".stop")).isPositive();
        assertThat(count("body *")).isLessThan(40_000);
    }
}
