package io.rasplens.runtime.store.error;

/** Refuses, with a diagnostic, what would not fit into the heap. */
public final class Memory {
    /** Half the heap for one thing: the rest is for what is made of it. */
    private static final int SHARE = 2;

    private Memory() {}

    /**
     * Refuses what the heap has no room for.
     *
     * @param what subject of the message
     * @param elements how many of them
     * @param bytesEach memory for one
     */
    public static void checkRoom(String what, long elements, int bytesEach) throws StoreException {
        if (elements > Integer.MAX_VALUE - 8 || elements > most(bytesEach)) {
            throw new StoreException(
                    StoreCode.TOO_LARGE,
                    what + " needs about " + (elements >> 20) * bytesEach + " MiB of memory, and Java has a heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB in all",
                    "give Java more memory: java -Xmx8g -jar …");
        }
    }

    /** How many things of a size there is room for. */
    public static long most(int bytesEach) {
        return Runtime.getRuntime().maxMemory() / SHARE / bytesEach;
    }
}
