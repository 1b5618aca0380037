package io.rasplens.runtime.web.browser;

import com.google.gson.JsonElement;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/** Gson's own printing of trees, which a page has no use for: {@code runtime.store.JsonOut} prints them. */
public final class BrowserStreams {
    private BrowserStreams() {}

    public static void write(JsonElement element, JsonWriter writer) throws IOException {
        writer.jsonValue("\"…\"");
    }

    public static Writer writerForAppendable(Appendable appendable) {
        return new StringWriter();
    }
}
