package io.rasplens.grammar.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The long texts about diagnostics. Each module keeps those of its own codes under {@code META-INF/rasplens/explain/}: a folder that is no
 * package, so that three modules may have it, and read by the class loader, so that they stay no module's own.
 */
public final class Explanations {
    private Explanations() {}

    /** The text for a code such as {@code E0203} (in either letter case); empty if there is no such code. */
    public static Optional<String> of(String id) {
        String name = id.toUpperCase(Locale.ROOT);
        if (!name.matches("[EW][0-9]{4}")) {
            return Optional.empty();
        }
        ClassLoader loader = Explanations.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream("META-INF/rasplens/explain/" + name + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("explanation of " + name, e);
        }
    }
}
