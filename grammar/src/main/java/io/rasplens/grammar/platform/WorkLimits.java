package io.rasplens.grammar.platform;

/**
 * What a piece of work may take.
 *
 * @param memoryBytes memory that what it builds has to fit into; nothing is built that is known not to
 * @param millis time until it is given up; {@link #NO_END} for never
 */
public record WorkLimits(long memoryBytes, long millis) {
    public static final long NO_END = Long.MAX_VALUE;

    public WorkLimits {
        if (memoryBytes <= 0 || millis <= 0) {
            throw new IllegalArgumentException("limits are positive, not " + memoryBytes + " bytes, " + millis + " ms");
        }
    }

    /** All the memory that there is, for as long as it takes. */
    public static WorkLimits ofHost() {
        return new WorkLimits(Host.memory(), NO_END);
    }

    public WorkLimits memory(long bytes) {
        return new WorkLimits(bytes, millis);
    }

    public WorkLimits millis(long time) {
        return new WorkLimits(memoryBytes, time);
    }
}
