package io.rasplens.runtime.answer;

import com.google.gson.JsonObject;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each stage took, in milliseconds; stages that did not run took none. Several threads may measure. */
public final class Timings {
    public static final String PARSE = "parse";
    public static final String ELABORATE = "elaborate";
    public static final String COMPILE = "compile";
    public static final String FORWARD = "forward";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private final Map<String, Long> nanos = new LinkedHashMap<>();

    public Timings() {
        for (String stage : new String[] {PARSE, ELABORATE, COMPILE, FORWARD}) {
            nanos.put(stage, 0L);
        }
    }

    public <T> T measure(String stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            synchronized (nanos) {
                nanos.put(stage, System.nanoTime() - start);
            }
        }
    }

    /** A copy in which a stage took a time, in nanoseconds. */
    public Timings with(String stage, long time) {
        var copy = new Timings();
        synchronized (nanos) {
            copy.nanos.putAll(nanos);
        }
        copy.nanos.put(stage, time);
        return copy;
    }

    public JsonObject json() {
        var object = new JsonObject();
        nanos.forEach((stage, time) -> object.add(
                stage, JsonOut.number(Math.round(time / NANOS_PER_MILLI * MICROS_PER_MILLI) / MICROS_PER_MILLI)));
        return object;
    }
}
