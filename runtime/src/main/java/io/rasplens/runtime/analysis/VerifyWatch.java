package io.rasplens.runtime.analysis;

/** Whoever waits for a long comparison: hears how far it is, and may end it. */
public interface VerifyWatch {
    /** Nobody waits. */
    VerifyWatch NONE = checked -> true;

    /**
     * Called now and then.
     *
     * @param checked inputs so far
     * @return whether to go on; if not, the result is that of the inputs so far
     */
    boolean goesOn(long checked);
}
