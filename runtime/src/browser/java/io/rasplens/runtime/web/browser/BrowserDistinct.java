package io.rasplens.runtime.web.browser;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** {@code Stream.distinct}, which TeaVM forgets what it has seen of behind a {@code flatMap}: {@link CorrectLibrary} puts this there. */
public final class BrowserDistinct {
    private BrowserDistinct() {}

    public static Stream<Object> distinct(Stream<Object> stream) {
        Set<Object> seen = new LinkedHashSet<>();
        stream.forEach(seen::add);
        return seen.stream();
    }
}
