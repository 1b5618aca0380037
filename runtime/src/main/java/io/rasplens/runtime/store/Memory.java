package io.rasplens.runtime.store;

/** Refuses, with a diagnostic, what would not fit into the heap. */
final class Memory {
    /** Half the heap for one thing: the rest is for what is made of it. */
    private static final int SHARE = 2;

    private Memory() {}

    /**
     * @param what subject of the message
     * @param elements how many of them
     * @param bytesEach memory for one
     */
    static void checkRoom(String what, long elements, int bytesEach) throws StoreException {
        long heap = Runtime.getRuntime().maxMemory();
        if (elements > Integer.MAX_VALUE - 8 || elements > heap / SHARE / bytesEach) {
            throw new StoreException(
                    StoreCode.TOO_LARGE,
                    what + " needs " + elements + " numbers in memory, more than fit into the heap of " + (heap >> 20)
                            + " MiB",
                    "give Java more memory: java -Xmx8g -jar …");
        }
    }
}
