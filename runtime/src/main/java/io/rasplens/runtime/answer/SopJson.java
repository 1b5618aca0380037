package io.rasplens.runtime.answer;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.SopReadout;

/** Pieces of what is told of s-ops. */
final class SopJson {
    private SopJson() {}

    /** The line that binds it; null where there is no program. */
    static JsonElement line(SopReadout readout) {
        return readout.name().line().isPresent()
                ? new JsonPrimitive(readout.name().line().getAsInt())
                : JsonNull.INSTANCE;
    }
}
