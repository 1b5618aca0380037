package io.rasplens.runtime.view.page;

import io.rasplens.runtime.store.json.JsonOut;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The page as one HTML text. */
public final class PageHtml {
    /** What stands in the page where its data go. */
    private static final String PLACE = "{\"examples\":[],\"lessons\":[],\"open\":null}";

    private PageHtml() {}

    /** Whether this build has made the page. */
    public static boolean isBuilt() {
        return PageHtml.class.getResource("page.html") != null;
    }

    /**
     * A page with the examples and lessons, and a program that is open in it if one is given.
     *
     * @return empty if this build has not made the page
     */
    public static Optional<String> of(Optional<PageProgram> program) {
        return read("page.html")
                .flatMap(page -> read("course.json").map(course -> page.replace(PLACE, data(course, program))));
    }

    private static String data(String course, Optional<PageProgram> program) {
        String open = program.map(one -> JsonOut.compact(one.json())).orElse("null");
        return course.substring(0, course.lastIndexOf('}')) + ",\"open\":" + inScript(open) + "}";
    }

    /** JSON that ends no script element, whatever its strings say. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static Optional<String> read(String name) {
        try (InputStream in = PageHtml.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
