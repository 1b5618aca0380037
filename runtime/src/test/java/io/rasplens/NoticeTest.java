package io.rasplens;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the single jar bundles is named in it, with its version and its licence. */
class NoticeTest {
    /** Folders of the local repository in which only libraries for tests lie. */
    private static final Pattern FOR_TESTS = Pattern.compile(
            "/(junit|org/junit|org/opentest4j|org/apiguardian|org/assertj|net/bytebuddy|com/tngtech|org/slf4j|org/apache|org/teavm|org/ow2|com/carrotsearch|org/mozilla|commons-io|com/jcraft|joda-time|com/github)/");

    private static final Pattern VERSIONED = Pattern.compile("(.+)-(\\d[^/]*)\\.jar");

    @Test
    void namesEveryLibraryWithItsVersion() throws IOException {
        String notice = text("META-INF/licenses/README.txt");
        List<String> jars = Splitter.on(File.pathSeparator).splitToList(System.getProperty("java.class.path")).stream()
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("rasp"))
                .filter(entry -> !FOR_TESTS.matcher(entry.replace('\\', '/')).find())
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
        assertThat(jars).anyMatch(jar -> jar.startsWith("guava-")).hasSizeGreaterThan(8);
        for (String jar : jars) {
            Matcher name = VERSIONED.matcher(jar);
            assertThat(name.matches()).as(jar).isTrue();
            assertThat(notice).containsPattern(Pattern.quote(" " + name.group(1) + " " + name.group(2)) + "\\s");
        }
    }

    @Test
    void theLicencesItRefersToAreThere() throws IOException {
        Matcher files = Pattern.compile("META-INF/licenses/[\\w.-]+").matcher(text("META-INF/licenses/README.txt"));
        int found = 0;
        while (files.find()) {
            assertThat(text(files.group())).contains("Redistribution and use", "WARRANTIES");
            found++;
        }
        assertThat(found).isEqualTo(2);
    }

    private static String text(String resource) throws IOException {
        return Resources.toString(Resources.getResource(resource), StandardCharsets.UTF_8);
    }
}
