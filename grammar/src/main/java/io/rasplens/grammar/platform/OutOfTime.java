package io.rasplens.grammar.platform;

/** Work that took longer than its {@link WorkLimits} allow. Thrown where nothing is half done; whoever set the limit catches it. */
public final class OutOfTime extends RuntimeException {
    private final WorkLimits limits;

    OutOfTime(WorkLimits limits) {
        super("took longer than " + limits.millis() + " ms", null, false, false);
        this.limits = limits;
    }

    public WorkLimits limits() {
        return limits;
    }
}
