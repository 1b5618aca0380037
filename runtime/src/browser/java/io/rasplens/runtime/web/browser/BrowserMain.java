package io.rasplens.runtime.web.browser;

import com.google.common.collect.ImmutableListMultimap;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.web.PageEngine;
import io.rasplens.runtime.web.PageRequest;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Hands the engine to JavaScript: {@code rasplensEngine(verb, fields)} gives the answer's JSON text. */
public final class BrowserMain {
    private BrowserMain() {}

    /** A question: the verb, and names and texts of its fields by turns. */
    @JSFunctor
    private interface Engine extends JSObject {
        String answer(String verb, String[] fields);
    }

    public static void main(String[] args) {
        var engine = new PageEngine();
        export((verb, fields) -> {
            ImmutableListMultimap.Builder<String, String> all = ImmutableListMultimap.builder();
            for (int i = 0; i + 1 < fields.length; i += 2) {
                all.put(fields[i], fields[i + 1]);
            }
            return JsonOut.compact(engine.answer(verb, PageRequest.of(all.build())));
        });
    }

    @JSBody(params = "engine", script = "globalThis.rasplensEngine = engine;")
    private static native void export(Engine engine);
}
